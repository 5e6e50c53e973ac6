"""The reads of the look-up beside its answers: directories, changes, reports by ticket, whom to call."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyRecord, Ownership
from accounts.paths import ancestors
from accounts.public_pages import fake_pages, former_pages, public_pages
from common.errors import NotFoundError
from registry.lookup.answers import Row, with_addresses
from registry.lookup.likeness import known_like
from registry.lookup.models import ImpostorReport
from registry.lookup.prepared import pages_of_agency

_CHUNK: Final = 1000
_CHANGES: Final = 50


def page_by_id(public_id: Any, *, as_of: datetime | None = None) -> tuple[list[Row], list[Row]]:
    """A registered page by its public id: what stands of it, and what of it is over.

    Raises:
        NotFoundError: it was never an agency's page.
    """
    standing = with_addresses(public_pages(as_of=as_of).filter(account__public_id=public_id), as_of)
    former = list(former_pages(as_of=as_of).filter(account__public_id=public_id))
    if not standing and not former:
        raise NotFoundError("no_such_page", _("No page of an agency has this address."))
    return standing, former


def agencies_with_pages() -> QuerySet[AgencyRecord]:
    """The agencies that have enrolled a page. Page it by (name, id)."""
    held = Ownership.objects.current().filter(agency=OuterRef("agency"))
    return AgencyRecord.objects.current().filter(Exists(held)).select_related("agency")


def enrolled_of(agencies: Collection[int]) -> set[int]:
    """Those of some agencies that have enrolled a page."""
    held = Ownership.objects.current().filter(agency__in=agencies)
    return set(held.values_list("agency", flat=True))


def agencies_called(text: str) -> list[int]:
    """The agencies a text names, exactly or by the place they govern, or nearly; the likest first."""
    found = known_like(text)
    named, like = ([each.agency for each in some] for some in (found.named, found.like))
    return list(dict.fromkeys((*named, *found.places, *like)))


def agency_by_code(code: str) -> AgencyRecord:
    """An agency as it is recorded now.

    Raises:
        NotFoundError: none has this code.
    """
    known = AgencyRecord.objects.current().select_related("agency")
    found = known.filter(agency__code=code).first() if code.isprintable() else None
    if found is None:
        raise NotFoundError("no_such_agency", _("No agency has this code."))
    return found


def pages_by_platform() -> dict[str, int]:
    """How many official pages there are on each platform."""
    rows = public_pages().values_list("account__platform").annotate(Count("account"))
    return dict(rows.order_by("account__platform"))


def pages_on(platform: str) -> Any:
    """The official pages on a platform. Page it by (account)."""
    return public_pages().filter(account__platform=platform)


def all_pages() -> Iterator[Row]:
    """Every official page with its address, in the order of their accounts; read in steps, never at once."""
    last = 0
    while True:
        rows = with_addresses(public_pages().filter(account__gt=last).order_by("account")[:_CHUNK], None)
        yield from rows
        if len(rows) < _CHUNK:
            return
        last = rows[-1]["account"]


def changes() -> list[tuple[datetime, str, Row]]:
    """What changed last, newest first: when, "official", "former" or "fake", and the page."""
    came = [
        (row["owned_since"], "official", row)
        for row in with_addresses(public_pages().order_by("-owned_since")[:_CHANGES], None)
    ]
    went = [(row["until"], "former", row) for row in former_pages().order_by("-recorded_until")[:_CHANGES]]
    fakes = [(_morning(row["confirmed_on"]), "fake", row) for row in fake_pages().order_by("-pk")[:_CHANGES]]
    return sorted([*came, *went, *fakes], key=lambda each: each[0], reverse=True)[:_CHANGES]


def report_by_ticket(ticket: str) -> ImpostorReport:
    """A report by its number, however it was typed.

    Raises:
        NotFoundError: no report has this number.
    """
    signs = "".join(sign for sign in ticket.upper() if sign.isalnum())[:20]
    number = "-".join(signs[at : at + 5] for at in range(0, len(signs), 5))
    found = ImpostorReport.objects.filter(ticket=number).select_related("agency").first()
    if found is None:
        raise NotFoundError("no_such_ticket", _("No report has this number. Check it sign by sign."))
    return found


class Reach(NamedTuple):
    """How citizens reach an agency; "" for what is not recorded."""

    phone: str
    email: str


def reach_of(record: AgencyRecord) -> Reach:
    """The contact for citizens of an agency's oldest page that gives one; without, the agency's own."""
    for page in pages_of_agency.rows(record.agency_id):
        if page["contact_phone"] or page["contact_email"]:
            return Reach(page["contact_phone"] or "", page["contact_email"] or "")
    return Reach(record.contact_phone, record.contact_email)


def inspectorate_of(record: AgencyRecord) -> AgencyRecord | None:
    """The inspectorate nearest above an agency that the register knows by a way to reach it; None: none."""
    today = timezone.localdate()
    above = ancestors(record.path)
    found = [
        row
        for row in AgencyRecord.objects.current().filter(parent__in=above, name__startswith="Thanh tra ")
        if (row.contact_phone or row.contact_email) and (row.dissolved_on is None or row.dissolved_on > today)
    ]
    return max(found, key=lambda row: len(row.path), default=None)


def _morning(day: date) -> datetime:
    return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001 - made aware at once
