"""Look at one page of an agency and at its portal, for the link to each other."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from accounts.models import AgencyRecord
from accounts.official_contacts import hosts_of, is_official, is_own
from accounts.paths import ancestors
from accounts.platforms import base, website
from accounts.platforms.catalogue import owner
from accounts.public_pages import page_identifiers, public_pages
from registry.evidence.causes import Cause
from registry.evidence.door import Door, DoorError, Fetched
from registry.evidence.links import Key, Read, UnreadablePageError, find, read
from registry.evidence.models import Direction, Result, Sighting
from registry.evidence.sites import Manners

_PAGES: Final = frozenset({"text/html", "application/xhtml+xml", ""})
_BLOCKED: Final = frozenset({403, 406, 429, 451, 999})  # 999: LinkedIn's
_GONE: Final = frozenset({404, 410})
_UNAUTHORISED: Final = 401
_LOWEST_FAULT: Final = 400
_LOGIN_STEPS: Final = frozenset(
    {"login", "login.php", "signin", "sign-in", "authwall", "checkpoint", "dang-nhap", "dangnhap", "sso"}
)
# The public address of an account where it has several: people's before programs'.
_PREFERRED: Final = (base.VANITY, base.HANDLE, base.HOST, base.SLUG, base.PERMANENT_ID)


@dataclass(frozen=True, slots=True)
class Pair:
    """An agency's page and the portal it should be found on.

    Attributes:
        account: the page's account (id).
        platform: its platform.
        page_url: the page's public address, "" for none.
        page_keys: by what the register knows the page.
        portal_url: where the portal lists it, or the portal itself; "" for none on record.
        portal_host: its host.
        hosts: of the portals the register holds of the agency, and of those above it.
    """

    account: int
    platform: str
    page_url: str
    page_keys: frozenset[Key]
    portal_url: str
    portal_host: str
    hosts: tuple[str, ...]


def pair_of(account_id: int) -> Pair | None:
    """What is to be opened for one account; None where it is not an agency's page, and so never opened."""
    row = public_pages().filter(account=account_id).first()
    if row is None:
        return None
    known = list(page_identifiers().filter(account=account_id, recorded_until=None))
    known.sort(key=lambda each: _PREFERRED.index(each["kind"]) if each["kind"] in _PREFERRED else 99)
    portals = _portals_on_record(row["agency"])
    on_record = _whole(portals.get(row["agency"]))
    portal_url = _whole(row["portal_url"]) or on_record
    return Pair(
        account=account_id,
        platform=row["platform"],
        page_url=next((each["url"] for each in known if each["url"]), ""),
        page_keys=frozenset((each["platform"], each["kind"], each["key"]) for each in known),
        portal_url=portal_url,
        portal_host=_host(portal_url),
        hosts=tuple(sorted(hosts_of([_whole(each) for each in portals.values()]))),
    )


def _portals_on_record(agency: int) -> dict[int, str]:
    """The portals the register holds of an agency and of those above it."""
    records = AgencyRecord.objects.current()
    above = ancestors(records.values_list("path", flat=True).get(agency=agency))
    return dict(records.filter(agency__in=above).values_list("agency", "portal_url"))


def _whole(address: str | None) -> str:
    """The address with its scheme: people write "hatinh.gov.vn"."""
    text = (address or "").strip()
    return text if not text or "://" in text else f"https://{text}"


def _host(address: str) -> str:
    try:
        return website.without_www((urlsplit(address).hostname or "").lower())
    except ValueError:
        return ""


def look_both_ways(pair: Pair) -> list[Sighting]:
    """Open the portal and the page, and say what was seen; nothing is saved.

    Raises:
        BusyError: one of the sites has no turn free soon.
    """
    door, manners = Door(), Manners()
    portal = (website.CODE, base.HOST, pair.portal_host)
    return [
        _look(door, manners, pair, Direction.FROM_PORTAL, pair.portal_url, pair.page_keys),
        _look(door, manners, pair, Direction.FROM_PAGE, pair.page_url, frozenset({portal})),
    ]


def could_not(pair: Pair, cause: Cause) -> list[Sighting]:
    """What is written down where nothing could be opened in either direction."""
    urls = {Direction.FROM_PORTAL: pair.portal_url, Direction.FROM_PAGE: pair.page_url}
    return [_sighting(pair, direction, url, cause) for direction, url in urls.items()]


def _look(
    door: Door, manners: Manners, pair: Pair, direction: Direction, url: str, wanted: frozenset[Key]
) -> Sighting:
    unfit = _unfit(pair, direction)
    if unfit is not None:
        return _sighting(pair, direction, url, unfit)
    try:
        got = door.get(url, before=manners)
    except DoorError as error:
        sighting = _sighting(pair, direction, url, error.cause)
        sighting.final_url, sighting.final_address = error.final, error.peer or None
        sighting.status = error.status
        return sighting
    cause, seen = _read(got, asked=url)
    if cause is None and not _still_there(pair, direction, got.final):
        cause = Cause.ELSEWHERE
    found = None
    if cause is None and seen is not None:
        found = find(seen.links, wanted, agency_hosts=pair.hosts)
        cause = _why_not(got, seen) if found is None else None
    sighting = _sighting(pair, direction, url, cause)
    sighting.final_url, sighting.final_address, sighting.status = got.final, got.peer, got.status
    if found is not None:
        sighting.result, sighting.how, sighting.found = Result.LINKED, found.how, found.href
    return sighting


def _unfit(pair: Pair, direction: Direction) -> Cause | None:
    """Why there is nothing to open, or nothing to look for."""
    if not pair.portal_url:
        return Cause.NO_PORTAL
    if not is_own(pair.portal_host, pair.hosts):
        # Anybody's site could say that a page is the agency's, another agency's too; only its own tells.
        return Cause.FOREIGN_PORTAL
    if direction is Direction.FROM_PAGE and not pair.page_url:
        return Cause.NO_ADDRESS
    if (website.CODE, base.HOST, pair.portal_host) in pair.page_keys:
        return Cause.SAME_SITE
    return None


def _still_there(pair: Pair, direction: Direction, final: str) -> bool:
    """Whether what answered after all redirects is still the portal, or still on the page's platform."""
    host = _host(final)
    if direction is Direction.FROM_PORTAL:
        return is_official(host, pair.hosts)
    platform = owner(host)
    return host == _host(pair.page_url) or (platform is not None and platform.code == pair.platform)


def _read(got: Fetched, *, asked: str) -> tuple[Cause | None, Read | None]:
    """What is on the page, or why it is not the page."""
    if got.status == _UNAUTHORISED or (got.final != asked and _asks_to_sign_in(got.final)):
        return Cause.LOGIN_WALL, None
    if got.status >= _LOWEST_FAULT:
        named = Cause.BLOCKED if got.status in _BLOCKED else Cause.SITE_FAULT
        return Cause.NOT_FOUND if got.status in _GONE else named, None
    if got.kind not in _PAGES:
        return Cause.NOT_A_PAGE, None
    try:
        return None, read(got.body, url=got.final, charset=got.charset)
    except UnreadablePageError:
        return Cause.UNREADABLE, None


def _asks_to_sign_in(url: str) -> bool:
    return not _LOGIN_STEPS.isdisjoint(urlsplit(url).path.lower().split("/"))


def _why_not(got: Fetched, seen: Read) -> Cause | None:
    """Why a page without the link may not have been seen as it is."""
    site = owner(_host(got.final))
    if seen.asks_password and site is not None and site.code != website.CODE:
        return Cause.LOGIN_WALL
    return Cause.NEEDS_SCRIPT if seen.scripted else None


def _sighting(pair: Pair, direction: Direction, url: str, cause: Cause | None) -> Sighting:
    return Sighting(
        account_id=pair.account,
        direction=direction,
        asked_url=url,
        result=Result.NOT_LINKED if cause is None else Result.COULD_NOT_CHECK,
        cause=cause or "",
    )
