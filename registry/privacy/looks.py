"""Who looked at somebody's data, and which lists that were taken out may have named them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import AgencyRecord, Official, OfficialRecord, Succession, SuccessionKind
from accounts.paths import ancestors
from common.audit.models import AuditEvent
from registry.exports.models import Export
from registry.privacy.who import Colleagues
from registry.users.policies import path_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

VIEWED = ("official.viewed", "declaration.viewed")

_INHERITED = (SuccessionKind.RENAMED, SuccessionKind.MERGED)
# Which page it was: `page` in the payload of the event.
PAGES: "dict[str, StrPromise]" = {
    "": gettext_lazy("Your page"),
    "official": gettext_lazy("Your page, as of a day"),
    "verdicts": gettext_lazy("What every rule says of you, as of a day"),
    "finding": gettext_lazy("A finding about you"),
    "incident": gettext_lazy("A report of a lost or impersonated account"),
    "edit": gettext_lazy("The HR facts, to change them"),
    "account": gettext_lazy("An account of yours, to take it out"),
    "request": gettext_lazy("A request of yours about your data"),
    "paper_form": gettext_lazy("Your paper form, to print it"),
    "data_file": gettext_lazy("Everything held about you, as a file"),
}
_DECLARATION = gettext_lazy("A declaration of yours")
_OTHER = gettext_lazy("Another page about you")


@dataclass(frozen=True, slots=True)
class Look:
    """One look: when, by whom (role and agency), at what."""

    at: datetime
    who: str
    what: str

    def plain(self) -> dict[str, Any]:
        """It, for a file."""
        return {"at": timezone.localtime(self.at).isoformat(), "who": self.who, "what": self.what}


def looks_at(official: Official) -> QuerySet[AuditEvent, AuditEvent]:
    """The looks at a person's data. Page them by -id."""
    return AuditEvent.objects.filter(subject_kind="official", subject_id=official.pk, act__in=VIEWED)


def told(official: Official, events: Sequence[AuditEvent]) -> list[Look]:
    """Looks in words for the person: a fixed number of queries, however many."""
    who = Colleagues(official, [event.actor_id for event in events])
    path = path_of(official)
    return [
        Look(event.at, who.words(event.actor_id, event.at, event.agency_path or path), _page(event))
        for event in events
    ]


def _page(event: AuditEvent) -> str:
    if event.act == "declaration.viewed":
        return str(_DECLARATION)
    return str(PAGES.get(event.payload.get("page", ""), _OTHER))


def lists_naming(official: Official, *, limit: int | None = None) -> list[Look]:
    """Lists taken out of a branch the person stood in on the day they are of, the newest first.

    What a list was narrowed to by rule or state is not judged again: it may name the person.
    """
    rows = Export.objects.filter(_covering(official)).order_by("-created_at", "-pk")
    other = ~Q(filter__staff_code="") & ~Q(filter__staff_code=official.staff_code)
    found = list(rows.exclude(other)[:limit] if limit is not None else rows.exclude(other))
    names = _names({each.agency_id for each in found})
    who = Colleagues(official, [each.by_id for each in found])
    return [
        Look(
            each.created_at,
            who.words(each.by_id, each.created_at, each.agency_path),
            _("List of %(agency)s, as of %(day)s")
            % {"agency": names.get(each.agency_id, "—"), "day": f"{timezone.localtime(each.as_of):%d/%m/%Y}"},
        )
        for each in found
    ]


def _names(agencies: Iterable[int]) -> dict[int, str]:
    current = AgencyRecord.objects.current().filter(agency__in=list(agencies))
    return dict(current.values_list("agency", "name"))


def _covering(official: Official) -> Q:
    """The lists that reach a branch the person was in at the instant they are of."""
    covering = Q(pk__in=())
    for record in OfficialRecord.objects.filter(official=official):
        period = Q(as_of__gte=record.recorded_from)
        if record.recorded_until is not None:
            period &= Q(as_of__lt=record.recorded_until)
        covering |= period & Q(agency__in=_reaching(record.agency_id))
    return covering


def _reaching(agency: int) -> set[int]:
    """The agencies whose lists take in this one: it, those above it, and what they were merged into."""
    found: set[int] = set()
    new = {agency}
    while new:
        paths = AgencyRecord.objects.filter(agency__in=new).values_list("path", flat=True)
        above = {step for path in paths for step in ancestors(path)} | new
        heirs = Succession.objects.filter(kind__in=_INHERITED, predecessor__in=above)
        found |= above
        new = set(heirs.values_list("successor", flat=True)) - found
    return found
