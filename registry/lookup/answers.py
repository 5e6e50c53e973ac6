"""What the register answers, never more than it knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyRecord
from accounts.names import Piece, written_openly
from accounts.paths import ancestors
from accounts.platforms.website import is_agency_host
from accounts.public_pages import (
    fake_pages,
    former_pages,
    page_identifiers,
    public_pages,
    public_portals,
)
from registry.evidence.models import Direction, Result, Sighting
from registry.evidence.selectors import last_seen
from registry.lookup import likeness
from registry.lookup.likeness import Known, Resembled, known_like
from registry.lookup.models import Spelt
from registry.lookup.prepared import (
    identifiers_of,
    known_before,
    known_now,
    last_looks,
    pages_known_by,
    pages_of_agency,
)
from registry.lookup.questions import Question

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

Row = dict[str, Any]
_PAGES_SHOWN: Final = 20  # of one answer
_NAMED: Final = 40  # agencies of one name whose pages are asked for
_LOOKED_AT: Final = 12  # agencies whose pages are asked for: some of those that look like it have none


class Seen(NamedTuple):
    """What the register saw one way, portal to page or page to portal.

    Attributes:
        last: the last look (`pk`, `result`, `seen_at`); None where nobody looked yet.
        known: the last that came to a result; it stands while later looks could not check.
    """

    last: Row | None
    known: Row | None


class Verdict(StrEnum):
    """The answers. Codes are public: never change one."""

    OFFICIAL = "official"
    FAKE = "fake"
    FORMER = "former"
    NOT_ENROLLED = "not_enrolled"
    NOT_REGISTERED = "not_registered"

    @property
    def label(self) -> "StrPromise":
        """The answer in the reader's language."""
        return _LABELS[self]


_LABELS: "dict[Verdict, StrPromise]" = {
    Verdict.OFFICIAL: _("Official page"),
    Verdict.FAKE: _("Reported as fake, confirmed by the agency"),
    Verdict.FORMER: _("Formerly official"),
    Verdict.NOT_ENROLLED: _("This agency has not enrolled its pages yet"),
    Verdict.NOT_REGISTERED: _("Not registered"),
}


@dataclass(frozen=True, slots=True)
class LooksLike:
    """An official page, or an agency with its pages, that what was asked could be taken for.

    Attributes:
        agency: id; `agency_code` and `agency_name` name it.
        text: the name or handle it resembles.
        why: what makes it so, as a code and in words.
        pieces: where the two differ, letter by letter.
        pages: the official pages of the agency.
        portal: the address of the agency's portal, where it is that which is resembled; else "".
    """

    agency: int
    agency_code: str
    agency_name: str
    text: str
    why: str
    why_words: "StrPromise"
    pieces: list[Piece]
    pages: list[Row]
    portal: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question, as of an instant.

    Attributes:
        as_of: the past instant asked for; None: now.
        answered_at: when the register was read.
        pages: official pages. For a name: those of the agency called so; the page asked about may be another.
        by_name: nothing but a name was asked, so the addresses have to be compared.
        agencies: those that have not enrolled their pages.
        alike: how many further agencies the name could mean, beyond those listed.
        portals: the agencies whose portal on record is at the host asked about.
    """

    question: Question
    verdict: Verdict
    as_of: datetime | None
    answered_at: datetime
    pages: list[Row]
    former: list[Row]
    fakes: list[Row]
    agencies: list[Row]
    looks_like: list[LooksLike]
    by_name: bool = False
    alike: int = 0
    portals: tuple[Row, ...] = ()


def answer(question: Question, *, as_of: datetime | None = None) -> Answer:
    """Answer a question from the book.

    Args:
        question: what was asked.
        as_of: the state of the register at a past instant; what looks like what is told of today only.
    """
    now = timezone.now()
    pages = _standing(question) if as_of is None else []
    accounts = [] if pages else _accounts_of(question, as_of)
    if accounts:
        pages = with_addresses(public_pages(as_of=as_of).filter(account__in=accounts), as_of)
    if pages:
        return Answer(question, Verdict.OFFICIAL, as_of, now, pages, [], [], [], [])
    if question.host:
        portals = tuple(public_portals(question.host, as_of=as_of)[:_PAGES_SHOWN])
        if portals:
            return Answer(question, Verdict.OFFICIAL, as_of, now, [], [], [], [], [], portals=portals)
    fakes = list(fake_pages(as_of=as_of).filter(account__in=accounts)) if accounts else []
    former = list(former_pages(as_of=as_of).filter(account__in=accounts)) if accounts else []
    resembled = _resembled(question) if as_of is None else Resembled((), ())
    named = {each.agency for each in resembled.named if each.kind == Spelt.AGENCY}
    own = pages_of_agencies([*sorted(named)[:_NAMED], *(each.agency for each in resembled.like[:_LOOKED_AT])])
    if question.link is None and not (fakes or former):
        # A name, or a bare word: the agency called so answers for itself, unless a sign is not its.
        called = {
            each.agency
            for each in resembled.named
            if each.kind == Spelt.AGENCY and written_openly(question.spelt, each.text)
        }
        theirs = [page for agency in sorted(called) for page in own.get(agency, [])]
        if theirs:
            return Answer(
                question, Verdict.OFFICIAL, as_of, now, theirs[:_PAGES_SHOWN], [], [], [], [],
                by_name=True, alike=max(0, len(theirs) - _PAGES_SHOWN),
            )  # fmt: skip
    like = _looks_like(question, resembled, own)
    without = sorted(agency for agency in named if not own.get(agency))
    if fakes:
        verdict = Verdict.FAKE
    elif former:
        verdict = Verdict.FORMER
    elif without and not any(own.get(agency) for agency in named):
        verdict = Verdict.NOT_ENROLLED
    else:
        verdict = Verdict.NOT_REGISTERED
    agencies = agencies_named(without[:_PAGES_SHOWN]) if verdict is Verdict.NOT_ENROLLED else []
    alike = max(0, len(without) - _PAGES_SHOWN) if agencies else 0
    return Answer(question, verdict, as_of, now, [], former, fakes, agencies, like, alike=alike)


def pages_of_agencies(agencies: Iterable[int]) -> dict[int, list[Row]]:
    """The official pages of some agencies, by agency, each with its address; by prepared statements."""
    found = {agency: pages_of_agency.rows(agency) for agency in sorted(set(agencies))}
    for pages in found.values():
        for page in pages:
            _complete(page)
    return {agency: pages for agency, pages in found.items() if pages}


def agencies_named(ids: Iterable[int]) -> list[Row]:
    """Agencies with the name of the one above, for many are called alike; in the order of the ids."""
    rows = {
        row["agency"]: row
        for row in AgencyRecord.objects.current()
        .filter(agency__in=list(ids))
        .values("agency", "agency__code", "name", "path", "portal_url", "contact_email", "contact_phone")
    }
    above = {agency: (ancestors(row["path"])[-2:-1] or [0])[0] for agency, row in rows.items()}
    names = dict(
        AgencyRecord.objects.current().filter(agency__in=set(above.values())).values_list("agency", "name")
    )
    return [
        {**rows[agency], "code": rows[agency]["agency__code"], "above": names.get(above[agency], "")}
        for agency in ids
        if agency in rows
    ]


def _standing(question: Question) -> list[Row]:
    """The official pages known now by what was asked; most questions go this way: prepared."""
    found = {
        page["account"]: page
        for platform, one in question.identifiers
        for page in pages_known_by.rows(platform, one.kind, one.key)
    }
    for page in found.values():
        _complete(page)
    return list(found.values())


def _complete(page: Row) -> None:
    """Put to an official page of now by what it is known, and what was seen of it outside."""
    _add_address(page, identifiers_of.rows(page["account"]))
    _add_seen(page, last_looks.rows(page["account"]))


def _accounts_of(question: Question, as_of: datetime | None) -> list[int]:
    """The pages, past and fake among them, known by what was asked; if none is now, those that were."""
    if as_of is not None:
        return _accounts_then(question, as_of)
    found: list[int] = []
    for statement in (known_now, known_before):
        for platform, one in question.identifiers:
            found += [row["account"] for row in statement.rows(platform, one.kind, one.key)]
        if found:
            break
    return found


def _accounts_then(question: Question, as_of: datetime) -> list[int]:
    asked = Q()
    for platform, one in question.identifiers:
        asked |= Q(platform=platform, kind=one.kind, key=one.key)
    if not asked:
        return []
    known = page_identifiers(as_of=as_of).filter(asked)
    # two statements, for there is an index for what stands and another for what is over
    rows = [*known.filter(recorded_until__isnull=True), *known.filter(recorded_until__isnull=False)]
    still = [row for row in rows if row["recorded_until"] is None or row["recorded_until"] > as_of]
    return [row["account"] for row in still or rows]


def with_addresses(pages: Any, as_of: datetime | None) -> list[Row]:
    """Pages with `handle`, `url` and `ids`, by what each is known now, and what was `seen` of it outside."""
    rows: list[Row] = list(pages)
    if not rows:
        return []
    accounts = [row["account"] for row in rows]
    known: dict[int, list[Row]] = {}
    for row in page_identifiers(as_of=as_of).filter(account__in=accounts).order_by("pk"):
        if row["recorded_until"] is None or (as_of is not None and row["recorded_until"] > as_of):
            known.setdefault(row["account"], []).append(row)
    seen = last_seen(accounts) if as_of is None else {}
    for row in rows:
        _add_address(row, known.get(row["account"], []))
        row["seen"] = {
            direction: Seen(_look(each.last), _look(each.known))
            for direction, each in seen.get(row["account"], {}).items()
        }
    return rows


def _add_address(page: Row, identifiers: list[Row]) -> None:
    page["handle"] = identifiers[0]["shown"] if identifiers else ""
    page["url"] = next((each["url"] for each in identifiers if each["url"].startswith("https://")), "")
    page["ids"] = {each["kind"]: each["key"] for each in identifiers}


def _add_seen(page: Row, looks: list[Row]) -> None:
    page["seen"] = {}
    for way in Direction:
        this = [row for row in looks if row["direction"] == way]
        known = [row for row in this if row["result"] != Result.COULD_NOT_CHECK]
        page["seen"][way] = Seen(_newest(this), _newest(known))


def _newest(looks: list[Row]) -> Row | None:
    return max(looks, key=itemgetter("pk"), default=None)


def _look(sighting: Sighting | None) -> Row | None:
    if sighting is None:
        return None
    return {"pk": sighting.pk, "result": sighting.result, "seen_at": sighting.seen_at}


def _resembled(question: Question) -> Resembled:
    """What a question is like; a host of the State's own is like no portal but itself."""
    if not question.spelt:
        return Resembled((), ())
    return known_like(question.spelt, site=bool(question.host) and not is_agency_host(question.host))


def _looks_like(question: Question, resembled: Resembled, own: dict[int, list[Row]]) -> list[LooksLike]:
    """Of what was resembled, what can be posed as: an official page, and by a site a portal."""
    posed: list[Known] = [
        each
        for each in resembled.like
        if (each.kind == Spelt.PORTAL and not question.host.endswith(f".{each.text}")) or own.get(each.agency)
    ]
    shown = posed[: likeness.SHOWN]
    codes = {row["agency"]: row for row in agencies_named([each.agency for each in shown])}
    return [
        LooksLike(
            each.agency,
            codes[each.agency]["code"],
            codes[each.agency]["name"],
            each.text,
            each.why.name.lower(),
            each.why.label,
            likeness.compared(question.spelt, each),
            own.get(each.agency, []),
            codes[each.agency]["portal_url"] if each.kind == Spelt.PORTAL else "",
        )
        for each in shown
        if each.agency in codes
    ]
