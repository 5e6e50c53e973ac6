"""The book's public face for agencies' pages: what a citizen may see, and nothing else.

Every read gives dictionaries of the columns named here. A staff member's account is in none of them: a page
is an account an agency owns by a statement of that agency. Who administers a page is not public; who answers
for it is, by name, position and role, as long as they are in post.
"""

from datetime import datetime
from typing import Any, Final, TypeVar

from django.db.models import (
    Case,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Length, Now
from django.utils import timezone

from accounts.models import (
    GONE,
    AccountIdentifier,
    AgencyRecord,
    Entry,
    OfficialRecord,
    Ownership,
    ReportedFake,
    Standing,
    Succession,
    SuccessionKind,
)
from accounts.models.agency import PORTAL_HOST
from common.records import Record, RecordQuerySet

Shown = QuerySet[Any, dict[str, Any]]  # rows of the columns a read names

_R = TypeVar("_R", bound=Record)
_SHOWN: Final = {
    "platform": F("account__platform"),
    "public_id": F("account__public_id"),
    "agency": F("facts__agency"),
    "agency_code": F("facts__agency__code"),
    "name_shown": F("facts__name_shown"),
}
_OF_PAGE: Final = (
    "decision_number", "decision_on", "contact_phone", "contact_email", "badge", "badge_from",
    "badge_seen_on", "portal_url", "data_notice", "feedback",
)  # fmt: skip


def public_pages(*, as_of: datetime | None = None) -> Shown:
    """The pages that are agencies' own: entered, confirmed, and still owned by who said so.

    Args:
        as_of: the instant (aware) whose state of the register is asked for; None: now.

    Columns: account (id), platform, public_id, agency (id), agency_code, agency_name, name_shown; owned_since
    and confirmed_at (instants); responsible_name, responsible_position, responsible_role, None or "" where
    nobody in post is named; and of the page decision_number, decision_on, contact_phone, contact_email, badge
    (a code of `Badge`), badge_from, badge_seen_on, portal_url, data_notice, feedback (None where not stated).
    """
    owned = _at(Ownership.objects.all(), as_of).filter(account=OuterRef("account"), agency__isnull=False)
    in_post = _at(OfficialRecord.objects.all(), as_of).exclude(status__in=GONE)
    path = ExpressionWrapper(OuterRef("own_path"), output_field=TextField())
    # in the agency, or above or below it
    answering = in_post.alias(works_at=_path_of("agency", as_of), own_path=path).filter(
        Q(works_at__startswith=F("own_path")) | Q(own_path__startswith=F("works_at")),
        official=OuterRef("facts__page__responsible"),
    )
    rows: Any = _at(Entry.objects.all(), as_of).filter(
        Exists(owned.filter(agency=OuterRef("facts__agency"))),
        standing=Standing.CONFIRMED,
        facts__agency__isnull=False,
    )
    rows = rows.alias(own_path=_path_of("facts__agency", as_of))
    shown: Shown = rows.order_by().values(
        "account",
        "confirmed_at",
        **_SHOWN,
        **{name: F(f"facts__page__{name}") for name in _OF_PAGE},
        agency_name=_name_of("facts__agency", as_of),
        owned_since=Subquery(owned.values("recorded_from")[:1]),
        responsible_name=Subquery(answering.values("full_name")[:1]),
        responsible_position=Subquery(answering.values("position")[:1]),
        responsible_role=Case(
            When(Exists(answering), then=F("facts__page__responsible_role")), default=Value("")
        ),
    )
    return shown


def former_pages(*, as_of: datetime | None = None) -> Shown:
    """The pages that were an agency's and are its no more: closed, or given to another agency.

    Args:
        as_of: as for `public_pages`.

    Columns: account (id), platform, public_id, agency (id), agency_code, agency_name, name_shown (the last
    confirmed), owned_since, until (instants); moved_to and moved_to_name (the agency whose page it is now),
    became and became_name (what the agency was renamed to or merged into), each None where there is none.
    """
    known = _known(Ownership.objects.all(), as_of).filter(agency__isnull=False)
    over = known.filter(recorded_until__isnull=False)
    over = over if as_of is None else over.filter(recorded_until__lte=as_of)
    confirmed = Entry.objects.filter(
        account=OuterRef("account"), facts__agency=OuterRef("agency"), standing=Standing.CONFIRMED
    ).order_by("-recorded_from")
    again = _at(Ownership.objects.all(), as_of).filter(account=OuterRef("account"), agency__isnull=False)
    later = known.filter(
        account=OuterRef("account"), agency=OuterRef("agency"), recorded_from__gt=OuterRef("recorded_from")
    )
    heirs = _stood(Succession.objects.all(), as_of).filter(
        predecessor=OuterRef("agency"), kind__in=[SuccessionKind.RENAMED, SuccessionKind.MERGED]
    )
    rows: Any = over.filter(~Exists(later), Exists(confirmed))
    rows = rows.annotate(
        moved_to=Subquery(again.values("agency")[:1]),
        became=Subquery(heirs.order_by("-happened_on", "-id").values("successor")[:1]),
    )
    shown: Shown = rows.order_by().values(
        "account",
        "agency",
        "moved_to",
        "became",
        platform=F("account__platform"),
        public_id=F("account__public_id"),
        agency_code=F("agency__code"),
        agency_name=_name_of("agency", as_of),
        name_shown=Subquery(confirmed.values("facts__name_shown")[:1]),
        owned_since=F("recorded_from"),
        until=F("recorded_until"),
        moved_to_name=_name_of("moved_to", as_of),
        became_name=_name_of("became", as_of),
    )
    return shown


def fake_pages(*, as_of: datetime | None = None) -> Shown:
    """The pages an agency confirmed as posing as it.

    Args:
        as_of: as for `public_pages`.

    Columns: account (id), platform, public_id, agency (id, as which it poses), agency_code, agency_name,
    name_shown, confirmed_on.
    """
    persons = _at(Ownership.objects.all(), as_of).filter(account=OuterRef("account"), official__isnull=False)
    rows: Any = _at(ReportedFake.objects.all(), as_of).filter(~Exists(persons))
    shown: Shown = rows.order_by().values(
        "account",
        "agency",
        "name_shown",
        "confirmed_on",
        platform=F("account__platform"),
        public_id=F("account__public_id"),
        agency_code=F("agency__code"),
        agency_name=_name_of("agency", as_of),
    )
    return shown


def public_portals(host: str, *, as_of: datetime | None = None) -> Shown:
    """The agencies whose portal on record is at a host, those above first; no agency that has ended.

    Args:
        host: without www, in small letters.
        as_of: as for `public_pages`.

    Columns: agency (id), agency_code, agency_name, portal_url.
    """
    day = timezone.localdate(as_of)
    rows: Any = _at(AgencyRecord.objects.all(), as_of).annotate(host=PORTAL_HOST)
    rows = rows.filter(Q(dissolved_on=None) | Q(dissolved_on__gt=day), host=host).exclude(portal_url="")
    shown: Shown = rows.order_by(Length("path"), "agency").values(
        "agency", "portal_url", agency_code=F("agency__code"), agency_name=F("name")
    )
    return shown


def page_identifiers(*, as_of: datetime | None = None) -> Shown:
    """By what these pages are known, and by what they were: of no account that is not one of them.

    Args:
        as_of: as for `public_pages`.

    Columns: account (id), platform, kind, key, shown, url, recorded_from, recorded_until (None: still).
    Telephone numbers are never among them.
    """
    known = _known(AccountIdentifier.objects.all(), as_of)
    entered = Entry.objects.filter(
        account=OuterRef("account"), facts__agency=OuterRef("agency"), standing=Standing.CONFIRMED
    )
    # what an account was known by while it was somebody's own, before or after, is not the page's
    owned = _known(Ownership.objects.all(), as_of).filter(
        Exists(entered),
        Q(recorded_until__isnull=True) | Q(recorded_until__gt=OuterRef("recorded_from")),
        recorded_from__lt=Coalesce(OuterRef("recorded_until"), Now()),
        account=OuterRef("account"),
        agency__isnull=False,
    )
    fakes = fake_pages(as_of=as_of).filter(account=OuterRef("account"))
    rows: Any = known.filter(Exists(owned) | Exists(fakes)).exclude(kind="phone")
    shown: Shown = rows.order_by().values(
        "account", "platform", "kind", "key", "shown", "url", "recorded_from", "recorded_until"
    )
    return shown


def _at(rows: RecordQuerySet[_R], as_of: datetime | None) -> RecordQuerySet[_R]:
    return rows.current() if as_of is None else rows.as_of(as_of)


def _known(rows: RecordQuerySet[_R], as_of: datetime | None) -> RecordQuerySet[_R]:
    return rows if as_of is None else rows.filter(recorded_from__lte=as_of)


def _stood(rows: QuerySet[Succession], as_of: datetime | None) -> QuerySet[Succession]:
    if as_of is None:
        return rows.filter(recorded_until__isnull=True)
    still = Q(recorded_until__isnull=True) | Q(recorded_until__gt=as_of)
    return rows.filter(still, recorded_at__lte=as_of)


def _path_of(agency: str, as_of: datetime | None) -> Subquery:
    hung = _at(AgencyRecord.objects.all(), as_of).filter(agency=OuterRef(agency))
    return Subquery(hung.values("path")[:1])


def _name_of(agency: str, as_of: datetime | None) -> Subquery:
    named = _at(AgencyRecord.objects.all(), as_of).filter(agency=OuterRef(agency))
    return Subquery(named.values("name")[:1])
