"""One unit merges into another: its people go, it ends, its history stays; now, or on the day decided."""

from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import (
    GONE,
    Agency,
    AgencyRecord,
    OfficialRecord,
    Regulation,
    Reorganisation,
    Succession,
    SuccessionKind,
    UnitsGo,
)
from accounts.paths import below
from accounts.services import bulk
from accounts.services.agencies import hold_agencies, rehang
from accounts.services.given_back import give_back, hold_taken_over
from accounts.services.officials import branch_of
from common import records
from common.audit import services as audit
from common.errors import ConflictError, RegistryError

AHEAD: Final = timedelta(days=366)  # a decision takes effect within a year; later is a slip of the pen


def absorbed_by(agency: AgencyRecord, units: str) -> QuerySet[AgencyRecord]:
    """The records of the units that end when `agency` does: itself, and those below it that end with it."""
    living = AgencyRecord.objects.current().filter(Q(dissolved_on=None) | Q(agency=agency.agency_id))
    if units == UnitsGo.INTO:
        return living.filter(below(agency.path))
    return living.filter(agency=agency.agency_id)


def rehung_with(agency: AgencyRecord, units: str) -> QuerySet[AgencyRecord]:
    """The records of the units right below `agency` that go on below another body."""
    if units == UnitsGo.INTO:
        return AgencyRecord.objects.none()
    return AgencyRecord.objects.current().filter(parent=agency.agency_id, dissolved_on=None)


def people_of(absorbed: QuerySet[AgencyRecord]) -> QuerySet[OfficialRecord]:
    """The records of the people of units who would move: those in post. Who has gone has gone from there."""
    return (
        OfficialRecord.objects.current()
        .filter(agency__in=absorbed.values("agency"))
        .exclude(status__in=GONE)
        .order_by()
    )


def require_possible(
    *, agency: AgencyRecord, successor: AgencyRecord, on: date, units: str, decided_on: date
) -> None:
    """Let pass a merger that can be recorded, as things stand.

    Raises:
        RegistryError: `same_agency`; `circle`; `successor_ends`; `other_branch`; `nothing_above`;
            `decided_later`; `too_far_ahead`; `ends_before_it_begins`.
        ConflictError: `dissolved_already`; `decided_before`.
    """
    _require_tree(agency, successor, units)
    _require_days(agency, on=on, decided_on=decided_on)
    _require_no_circle(agency, successor)


def _require_tree(agency: AgencyRecord, successor: AgencyRecord, units: str) -> None:
    said = {"unit": agency.name, "into": successor.name}
    if agency.agency_id == successor.agency_id:
        raise RegistryError(
            "same_agency", _("A unit cannot merge into itself. Choose another unit."), field="into"
        )
    if agency.dissolved_on is not None:
        raise ConflictError(
            "dissolved_already",
            _("%(unit)s is already recorded as ending on %(day)s.")
            % {**said, "day": f"{agency.dissolved_on:%d/%m/%Y}"},
        )
    if successor.path.startswith(agency.path):
        raise RegistryError(
            "circle",
            _("%(into)s is part of %(unit)s. Choose a unit outside it.") % said,
            field="into",
        )
    if successor.dissolved_on is not None:
        raise RegistryError(
            "successor_ends",
            _("%(into)s itself ends on %(day)s. Choose the unit that goes on.")
            % {**said, "day": f"{successor.dissolved_on:%d/%m/%Y}"},
            field="into",
        )
    if branch_of(agency.agency) != branch_of(successor.agency):
        raise RegistryError(
            "other_branch",
            _(
                "%(into)s belongs to another province or central body, which has staff codes of its own."
                " The people come to it with its next staff list."
            )
            % said,
            field="into",
        )
    if units == UnitsGo.ABOVE and agency.parent_id is None:
        raise RegistryError(
            "nothing_above",
            _("There is no body above it. Choose what else becomes of its units."),
            field="units",
        )


def _require_days(agency: AgencyRecord, *, on: date, decided_on: date) -> None:
    today = timezone.localdate()
    if decided_on > today:
        raise RegistryError(
            "decided_later",
            _("A decision is recorded once it has been taken: its date cannot be after today."),
            field="decided_on",
        )
    if on > today + AHEAD:
        raise RegistryError("too_far_ahead", _("This is more than a year ahead. Check the date."), field="on")
    if agency.established_on is not None and on <= agency.established_on:
        raise RegistryError(
            "ends_before_it_begins",
            _("It was established on %(day)s. It cannot end before that.")
            % {"day": f"{agency.established_on:%d/%m/%Y}"},
            field="on",
        )


def _require_no_circle(agency: AgencyRecord, successor: AgencyRecord) -> None:
    """Follow what is decided of the successor: it must not lead back."""
    planned = dict(
        Reorganisation.objects.filter(carried_out_at=None, ended_at=None).values_list("agency", "successor")
    )
    if agency.agency_id in planned:
        raise ConflictError(
            "decided_before", _("It is already decided into which unit it merges. Look at that first.")
        )
    step, seen = successor.agency_id, {agency.agency_id}
    while step in planned and step not in seen:
        seen.add(step)
        step = planned[step]
    if step == agency.agency_id:
        raise RegistryError(
            "circle",
            _("%(into)s itself is to merge into %(unit)s. Cancel that first.")
            % {"into": successor.name, "unit": agency.name},
            field="into",
        )


@transaction.atomic
def merge_agency(
    *,
    agency: Agency,
    successor: Agency,
    on: date,
    number: str,
    decided_on: date,
    by: Any,
    units: str = UnitsGo.UNDER,
    expected: int | None = None,
) -> Reorganisation:
    """Record that `agency` merges into `successor` on a day; where the day has come, carry it out at once.

    Args:
        agency: the unit that ends.
        successor: the unit its people go to.
        on: the first day the unit no longer exists. A day ahead waits for `carry_out_due`.
        number: of the document that decides it.
        decided_on: the document's date.
        by: who records it.
        units: what becomes of the units below it (`UnitsGo`).
        expected: how many people were shown to move; None where nobody was shown.

    Raises:
        RegistryError: see `require_possible`.
        ConflictError: `stale` when other people would move than were shown.
    """
    hold_agencies()
    ends, goes_on = _current(agency), _current(successor)
    require_possible(agency=ends, successor=goes_on, on=on, units=units, decided_on=decided_on)
    if expected is not None and people_of(absorbed_by(ends, units)).count() != expected:
        raise ConflictError(
            "stale", _("The people concerned have changed since you looked. Look at them again.")
        )
    recorded = Reorganisation.objects.create(
        agency=agency,
        successor=successor,
        happens_on=on,
        number=number,
        decided_on=decided_on,
        units=units,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    if on <= timezone.localdate():
        _carry_out(recorded, by=by)
    else:
        _told("agency.merger_decided", recorded, path=ends.path, by=by)
    return recorded


def carry_out_due() -> int:
    """Carry out what was decided for a day that has come. Returns how many were.

    One that has become impossible stays as it is and says why; a person looks at it.
    """
    due = Reorganisation.objects.filter(
        carried_out_at=None, ended_at=None, happens_on__lte=timezone.localdate()
    )
    done = 0
    for pk in due.order_by("happens_on", "pk").values_list("pk", flat=True):
        with transaction.atomic():
            hold_agencies()
            one = due.select_related("recorded_by").filter(pk=pk).first()
            if one is None:
                continue
            trouble = _trouble(one)
            if trouble:
                Reorganisation.objects.filter(pk=pk).exclude(trouble=trouble).update(trouble=trouble)
                continue
            _carry_out(one, by=one.recorded_by)
            done += 1
    return done


def _trouble(one: Reorganisation) -> str:
    """Why it cannot be carried out any more, as a refusal's code; "" where it can."""
    try:
        _require_tree(_current(one.agency), _current(one.successor), one.units)
    except RegistryError as refusal:
        return refusal.code
    return ""


def _carry_out(one: Reorganisation, *, by: Any) -> None:
    """Move the people, end the units, hang the others elsewhere; all at one instant."""
    ends, goes_on = _current(one.agency), _current(one.successor)
    absorbed = list(absorbed_by(ends, one.units))
    rehung = list(rehung_with(ends, one.units))
    people = people_of(absorbed_by(ends, one.units))
    bulk.hold_officials(people)
    regulations = Regulation.objects.current().filter(agency__in=[each.agency_id for each in absorbed])
    tree = AgencyRecord.objects.current().filter(below(ends.path))
    at = bulk.instant_after(people, tree, regulations)
    one.people = bulk.move_officials(people=people, to=one.successor, by=by, at=at)
    base = _current(ends.parent) if one.units == UnitsGo.ABOVE and ends.parent else goes_on
    for record in rehung:
        rehang(record, below_record=base, by=by, at=at)
    for record in absorbed:
        records.succeed(record, by=by, at=at, dissolved_on=one.happens_on)
    for regulation in regulations:
        if regulation.in_force_from >= one.happens_on:
            records.end(regulation, at=at)  # it never came into force
        elif regulation.in_force_until is None or regulation.in_force_until > one.happens_on:
            records.succeed(regulation, by=by, at=at, in_force_until=one.happens_on)
    Succession.objects.bulk_create(
        Succession(
            predecessor_id=record.agency_id,
            successor=one.successor,
            kind=SuccessionKind.MERGED,
            happened_on=one.happens_on,
            legal_basis=_basis(one),
        )
        for record in absorbed
    )
    one.carried_out_at, one.trouble = at, ""
    one.save(update_fields=["carried_out_at", "people", "trouble"])
    _told("agency.merged", one, path=ends.path, by=by, ended=len(absorbed), rehung=len(rehung))


def _basis(one: Reorganisation) -> str:
    return f"{one.number} ({one.decided_on:%d/%m/%Y})"


@transaction.atomic
def cancel_merger(*, reorganisation: Reorganisation, by: Any) -> None:
    """Take back a decision before it was carried out: nothing has been done, nothing will be.

    Raises:
        ConflictError: `stale` when it was carried out or cancelled meanwhile.
    """
    hold_agencies()
    waiting = Reorganisation.objects.filter(pk=reorganisation.pk, carried_out_at=None, ended_at=None)
    if not waiting.update(ended_at=timezone.now(), ended_by=by):
        raise _stale()
    _told("agency.merger_cancelled", reorganisation, path=_current(reorganisation.agency).path, by=by)


@transaction.atomic
def undo_merger(*, reorganisation: Reorganisation, by: Any) -> None:
    """Let everything a merger changed stand again as it stood before, while nobody has gone on from it.

    Pages the successor took over go back as well; see `pages_taken_over` for those that stay.
    What was changed stays in the history. Later changes of other facts are what "gone on" means: a person it
    moved was amended or moved again, a unit of it was changed, or the successor ended too.

    Raises:
        ConflictError: `stale` when it was undone meanwhile; `built_upon`, saying on what.
    """
    hold_agencies()
    one = Reorganisation.objects.filter(pk=reorganisation.pk, ended_at=None).first()
    if one is None or one.carried_out_at is None:
        raise _stale()
    built = built_upon(one)
    if any(built.values()):
        raise ConflictError(
            "built_upon",
            _("It can no longer be undone: %(people)d people and %(units)d units were changed since.")
            % built,
            built,
        )
    hold_taken_over(one)
    people = _made(OfficialRecord, one)
    bulk.hold_officials(people)
    pages = give_back(one, by=by)
    for model in (OfficialRecord, AgencyRecord, Regulation):
        bulk.restore(made=_made(model, one), before=_before(model, one), by=by)
    ended = Succession.objects.current().filter(
        predecessor__in=_before(AgencyRecord, one).values("agency"), successor=one.successor
    )
    ended.update(recorded_until=timezone.now())
    Reorganisation.objects.filter(pk=one.pk).update(ended_at=timezone.now(), ended_by=by)
    _told("agency.merger_undone", one, path=_current(one.agency).path, by=by, pages=pages)


def built_upon(one: Reorganisation) -> dict[str, int]:
    """How many people and units have been changed since a merger was carried out: more than none, no undo."""
    made = [(_made(model, one), model) for model in (OfficialRecord, AgencyRecord, Regulation)]
    changed = [rows.count() - rows.current().count() for rows, _model in made]
    gone_on = _current(one.successor).dissolved_on is not None
    return {"people": changed[0], "units": changed[1] + changed[2] + gone_on}


def _made(model: Any, one: Reorganisation) -> Any:
    """The records a merger began."""
    rows = model.objects.filter(recorded_from=one.carried_out_at)
    return rows.filter(**_whose(model, _before(model, one)))


def _before(model: Any, one: Reorganisation) -> Any:
    """The records a merger ended."""
    began = model.objects.filter(recorded_until=one.carried_out_at)
    if model is AgencyRecord:
        first = began.filter(agency=one.agency_id).values_list("path", flat=True)
        return began.filter(below(first.get()))
    units = _before(AgencyRecord, one)
    if model is Regulation or one.units == UnitsGo.INTO:
        return began.filter(agency__in=units.values("agency"))
    return began.filter(agency=one.agency_id)


def _whose(model: Any, before: Any) -> dict[str, Any]:
    key = "official" if model is OfficialRecord else "agency"
    return {f"{key}__in": before.values(key)}


def _current(agency: Agency) -> AgencyRecord:
    return AgencyRecord.objects.current().select_related("agency", "parent").get(agency=agency)


def _stale() -> ConflictError:
    return ConflictError("stale", _("Somebody else changed this record first. Look at it again."))


def _told(act: str, one: Reorganisation, *, path: str, by: Any, **facts: int) -> None:
    audit.record(
        act=act,
        by=by,
        subject_kind="agency",
        subject_id=one.agency_id,
        agency_path=path,
        payload={
            "successor": one.successor.code,
            "on": one.happens_on.isoformat(),
            "number": one.number,
            "units": one.units,
            "people": one.people,
            **facts,
        },
    )
