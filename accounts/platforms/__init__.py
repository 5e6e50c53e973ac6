"""Any link people paste → platform, identifiers and canonical address, or precisely why not.

Nothing here opens a connection: what a link does not say by itself is refused, never guessed.
"""

from collections.abc import Collection

from accounts.platforms import leaving, reading, refusals, website
from accounts.platforms.base import PERMANENT_ID, PHONE, Identifier, Link, Platform
from accounts.platforms.catalogue import PLATFORMS, owner
from accounts.platforms.refusals import LinkError
from accounts.platforms.shorteners import is_shortener
from accounts.platforms.wordings import is_label, platform_code

__all__ = [
    "PERMANENT_ID",
    "PHONE",
    "PLATFORMS",
    "Identifier",
    "Link",
    "LinkError",
    "Platform",
    "platform_code",
    "recognise",
]


def recognise(text: str, *, platform: str = "", agency_hosts: Collection[str] = ()) -> Link:
    """Read what a person pasted into the account it names.

    Args:
        text: the cell or field as it came, at most 2,000 characters. A phone number in it is never repeated.
        platform: the platform declared beside it, in any wording; then a bare name (`@vtv24`) is enough.
        agency_hosts: hosts of agencies' websites outside *.gov.vn (portals on record), lower case.

    Raises:
        LinkError: opaque_link, post_link, group_link, invite_link, wrong_platform, bad_scheme, not_a_link,
            many_links, unknown_host, unsupported_platform, bad_handle, reserved_page, missing_link, too_long,
            which_platform, unknown_platform.
    """
    declared = _declared(platform)
    tidy = reading.clean(text)
    sites = {website.without_www(host.lower()) for host in agency_hosts}

    def known(host: str) -> bool:
        return owner(host) is not None or website.without_www(host) in sites

    link = reading.find(tidy, known=known, label=is_label)
    if not link:
        return _bare(tidy, declared)
    address = reading.take_apart(link)
    path = "/" + "/".join(address.path)
    beyond = ""
    if leaving.is_door(address.host, path):
        beyond = leaving.leads_to(address.host, path, address.query)
    if beyond:
        address = reading.take_apart(beyond)
    found = owner(address.host)
    given = found is None and website.without_www(address.host) in sites
    if given:
        found = website.PLATFORM
    if declared and found and declared is not found:
        raise refusals.refusal("wrong_platform", declared=declared.name, found=found.name)
    if found:
        return website.site(address.host) if given else found.read(address)
    refused = _unsupported(declared)
    if refused is None and is_shortener(address.host):
        refused = refusals.refusal("opaque_link")
    raise refused or reading.unknown(address.host)


def _declared(wording: str) -> Platform | None:
    """Return the declared platform, None when none was declared."""
    if not wording.strip():
        return None
    code = platform_code(wording)
    if not code:
        raise refusals.refusal("unknown_platform")
    return PLATFORMS[code]


def _unsupported(platform: Platform | None) -> LinkError | None:
    """Return the refusal for a declared platform whose links cannot be read."""
    if platform is None or platform.supported:
        return None
    return refusals.refusal("unsupported_platform", platform=platform.name)


def _bare(tidy: str, platform: Platform | None) -> Link:
    """Read a bare name: only on a declared platform, put where that platform has its names."""
    refused = _unsupported(platform)
    if refused:
        raise refused
    name = reading.bare_name(tidy, label=is_label)
    if not name and platform and platform.numbers:
        name = reading.bare_number(tidy, label=is_label)
    if not name:
        raise refusals.refusal("not_a_link")
    if platform is None:
        raise refusals.refusal("which_platform")
    if not platform.home:
        raise refusals.refusal("unknown_site")
    return platform.read(reading.take_apart(f"https://{platform.home}/{_path(name, platform)}"))


def _path(name: str, platform: Platform) -> str:
    """Return the path in which a platform has a bare name; a piece of a path stays as it is."""
    plain = name.removeprefix("@")
    if "/" in plain or "?" in plain:
        return name.lstrip("/")
    if platform.bare:
        return platform.bare(name)
    return f"@{plain}" if platform.at else plain
