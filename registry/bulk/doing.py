"""What a worker does of each kind of act, in the transaction of `services.work`."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import GONE, Agency, OfficialRecord
from common.errors import ConflictError
from registry.bulk.models import BulkAct, Kind, Reason
from registry.findings import services as findings
from registry.findings.models import Finding, State
from registry.findings.selectors import batch_for
from registry.notifications.reminders import remind, unreached
from registry.users.models import Role
from registry.users.policies import branches_of, in_branches
from registry.users.selectors import agency_for, move_for, official_records_for

Tell = Callable[[int], None]
HR: Final = Role.HR_OFFICER


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of an act."""

    done: int
    thing: UUID  # the move, reminder or waiver
    passed: Mapping[int, Reason] = field(default_factory=dict)


def _remind(act: BulkAct, tell: Tell) -> Outcome:
    seen = _still_seen(act)
    made = remind(officials=sorted(seen), by=act.by, tell=tell)
    left = {person: Reason(why) for person, why in unreached(reminder=made, officials=sorted(seen)).items()}
    return Outcome(made.letters, made.public_id, left | _out(act, seen))


def _move(act: BulkAct, tell: Tell) -> Outcome:
    seen = _still_seen(act)
    to = agency_for(act.by, act.facts["to"], HR)
    people = official_records_for(act.by, HR).filter(official__in=seen)
    made = book.move_people(people=people, to=to, by=act.by, tell=tell)
    stayed = OfficialRecord.objects.current().filter(official__in=seen)
    stayed = stayed.exclude(agency=to, recorded_from=made.moved_at)
    left = {
        person: _why_not(agency, status, to)
        for person, agency, status in stayed.values_list("official", "agency", "status")
    }
    return Outcome(made.people, made.public_id, left | _out(act, seen))


def _why_not(agency: int, status: str, to: Agency) -> Reason:
    if status in GONE:
        return Reason.GONE
    return Reason.THERE if agency == to.pk else Reason.FOREIGN


def _move_back(act: BulkAct, tell: Tell) -> Outcome:
    del tell  # one statement
    move = move_for(act.by, UUID(act.facts["move"]), HR)
    book.undo_move(move=move, by=act.by)
    return Outcome(move.people, move.public_id)


def _waive(act: BulkAct, tell: Tell) -> Outcome:
    said = act.facts
    found = Finding.objects.filter(in_branches(branches_of(act.by, HR), "agency_path"), pk__in=act.targets)
    if act.by.official_id is not None:
        found = found.exclude(official_id=act.by.official_id)
    rows = list(found.only("pk", "agency_path", "official_id"))
    _require_some(rows)
    with findings.open_proof(said["proof"]) if said["proof"] else nullcontext() as proof:
        made = findings.waive(
            findings=rows,
            reason=said["reason"],
            until=date.fromisoformat(said["until"]),
            proof=proof,
            by=act.by,
            tell=tell,
        )
    passed = {
        pk: Reason.WAIVED if state is State.WAIVED else Reason.RESOLVED
        for pk, state in made.passed_over.items()
    }
    return Outcome(made.count, made.batch.public_id, passed | _out(act, {row.pk for row in rows}))


def _waive_back(act: BulkAct, tell: Tell) -> Outcome:
    del tell  # a few statements
    batch = batch_for(act.by, UUID(act.facts["waiver"]), HR)
    return Outcome(findings.undo_waive(batch=batch, by=act.by), batch.public_id)


def _still_seen(act: BulkAct) -> set[int]:
    seen = set(
        official_records_for(act.by, HR).filter(official__in=act.targets).values_list("official", flat=True)
    )
    _require_some(seen)
    return seen


def _require_some(seen: object) -> None:
    if not seen:
        raise ConflictError("nobody", _("None of those you chose is of your units any more."))


def _out(act: BulkAct, seen: set[int]) -> dict[int, Reason]:
    return dict.fromkeys(set(act.targets) - seen, Reason.OUT)


DOING: Final[Mapping[str, Callable[[BulkAct, Tell], Outcome]]] = MappingProxyType(
    {
        Kind.REMIND: _remind,
        Kind.MOVE: _move,
        Kind.MOVE_BACK: _move_back,
        Kind.WAIVE: _waive,
        Kind.WAIVE_BACK: _waive_back,
    }
)
