"""The spellings, kept in step with the book."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.db import connection, transaction
from django.utils import timezone

from accounts.models import AgencyRecord
from accounts.names import neighbourhood, place_spelling, spellings
from accounts.official_contacts import hosts_of
from accounts.public_pages import page_identifiers, public_pages
from registry.lookup.models import Spelling, SpellingState, Spelt

CODE_VERSION: Final = 2  # raise it when keys or neighbourhoods are made otherwise
_COMMITTEE: Final = "Ủy ban nhân dân "
_LEVELS: Final = ("tỉnh ", "thành phố ", "xã ", "phường ", "đặc khu ")
_SPELT_HANDLES: Final = ("handle", "vanity", "slug", "host", "c_name", "user_name")
_AT_ONCE: Final = 5_000  # pages
# What the spellings are made from, told by few numbers: a record that began raises the highest id, one that
# ended lowers the count. Pages are the accounts agencies own.
_STATE: Final = """
WITH held AS (
    SELECT id, account_id FROM accounts_ownership WHERE agency_id IS NOT NULL AND recorded_until IS NULL)
SELECT concat_ws('|',
    (SELECT concat(count(*), ':', max(id)) FROM accounts_agencyrecord WHERE recorded_until IS NULL),
    (SELECT concat(count(*), ':', max(id)) FROM held),
    (SELECT concat(count(*), ':', max(e.id)) FROM held h
     JOIN accounts_entry e ON e.account_id = h.account_id AND e.recorded_until IS NULL),
    (SELECT concat(count(*), ':', max(i.id)) FROM held h
     JOIN accounts_accountidentifier i ON i.account_id = h.account_id AND i.recorded_until IS NULL))
"""

_Row = tuple[int, int | None, int, str]


@transaction.atomic
def refresh() -> int:
    """Bring the spellings in line with the book; return how many texts came or went.

    Cheap when nothing changed, so it may be rung as often as one likes; two at once wait for each other.
    """
    state = _state()
    SpellingState.objects.get_or_create(pk=1, defaults={"made_from": "", "made_at": timezone.now()})
    made = SpellingState.objects.select_for_update().get(pk=1)
    if made.made_from == state:
        return 0
    if not made.made_from.startswith(f"{CODE_VERSION}|"):
        Spelling.objects.all().delete()
    wanted = set(_wanted())
    known: dict[_Row, None] = dict.fromkeys(
        Spelling.objects.values_list("agency", "account", "kind", "text").distinct().iterator()
    )
    gone = [row for row in known if row not in wanted]
    for agency, account, kind, text in gone:
        Spelling.objects.filter(agency=agency, account=account, kind=kind, text=text).delete()
    came = [row for row in wanted if row not in known]
    Spelling.objects.bulk_create(
        (
            Spelling(
                agency_id=agency, account_id=account, kind=kind, text=text, key=key, near=neighbourhood(key)
            )
            for agency, account, kind, text in came
            for key in _keys(kind, text)
        ),
        batch_size=2000,
    )
    made.made_from, made.made_at = state, timezone.now()
    made.save()
    if len(came) > 1000:  # noqa: PLR2004 - the planner takes a table that was empty for empty still
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE lookup_spelling")
    return len(gone) + len(came)


def _state() -> str:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        return f"{CODE_VERSION}|{cursor.fetchone()[0]}"


def _keys(kind: int, text: str) -> list[str]:
    if kind == Spelt.PLACE:
        key = place_spelling(text)
        return [key] if key else []
    return spellings(text)


def _wanted() -> Iterator[_Row]:
    """Every text by which a living agency or a page is known."""
    living: set[int] = set()
    today = timezone.localdate()
    records = AgencyRecord.objects.current().values_list(
        "agency", "name", "short_name", "name_en", "aliases", "dissolved_on", "portal_url"
    )
    for agency, name, short, english, aliases, dissolved, portal in records.iterator():
        if dissolved is not None and dissolved <= today:
            continue
        living.add(agency)
        for text in dict.fromkeys((name, short, english, *aliases)):
            if text:
                yield agency, None, Spelt.AGENCY, text
        place = _place(name)
        if place:
            yield agency, None, Spelt.PLACE, place
        for host in hosts_of([portal] if portal else []):
            yield agency, None, Spelt.PORTAL, host
    owners: dict[int, int] = {}
    # At once and not by a cursor, which the planner takes to be wanted for its first rows: that took minutes.
    for account, agency, shown in public_pages().values_list("account", "agency", "name_shown"):
        owners[account] = agency
        yield agency, account, Spelt.PAGE, shown
    of_pages = page_identifiers().filter(recorded_until__isnull=True, kind__in=_SPELT_HANDLES)
    pages = iter(owners)
    # named, some at a time: else every identifier of the register would be asked whether it is a page's
    while some := list(islice(pages, _AT_ONCE)):
        for row in of_pages.filter(account__in=some):
            yield owners[row["account"]], row["account"], Spelt.HANDLE, row["shown"]


def _place(name: str) -> str:
    """What a committee governs, without its level; "" for any other body."""
    if not name.startswith(_COMMITTEE):
        return ""
    place = name.removeprefix(_COMMITTEE)
    for level in _LEVELS:
        place = place.removeprefix(level)
    return place
