"""Acts on agencies: they begin, change, are succeeded, and give themselves rules."""

from datetime import date, datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, AgencyRecord, Regulation, Succession
from accounts.paths import below
from common import records
from common.audit import services as audit
from common.errors import RegistryError

_FACTS = {
    "name", "name_en", "short_name", "aliases", "former_names", "kind", "portal_url", "contact_email",
    "contact_phone", "profile", "established_on", "dissolved_on", "legal_basis",
}  # fmt: skip

_TREE_LOCK = 7302  # any number of our own


def hold_agencies() -> None:
    """Let acts on agencies follow one another until the transaction ends: every one takes this lock first.

    They are rare, and each reads a tree the others change: a body put below one that is being moved would
    keep a path that no longer is. It also makes their records visible in the order of their ids, which is
    how the copies in memory (names, duties) know that something is new.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TREE_LOCK])


@transaction.atomic
def create_agency(
    *,
    code: str,
    name: str,
    kind: str,
    parent: Agency | None,
    by: Any,
    at: datetime | None = None,
    other_codes: tuple[str, ...] = (),
    **facts: Any,
) -> Agency:
    """Put a new agency into the tree under `parent` (None: a root).

    Raises:
        RegistryError: `code_taken` when the code names an agency already.
    """
    hold_agencies()
    if Agency.objects.filter(code=code).exists():
        raise RegistryError(
            "code_taken", _("The code %(code)s already names an agency.") % {"code": code}, field="code"
        )
    agency = Agency.objects.create(code=code, other_codes=list(other_codes))
    base = AgencyRecord.objects.current().get(agency=parent).path if parent else ""
    AgencyRecord.objects.create(
        agency=agency,
        parent=parent,
        path=f"{base}{agency.pk}/",
        name=name,
        kind=kind,
        recorded_from=at or timezone.now(),
        recorded_by=by,
        **facts,
    )
    audit.record(act="agency.created", by=by, subject_kind="agency", subject_id=agency.pk)
    return agency


@transaction.atomic
def amend_agency(*, agency: Agency, by: Any, at: datetime | None = None, **changes: Any) -> AgencyRecord:
    """Change what is recorded about an agency; unchanged values make no new record.

    `profile` is the number of a rule profile (the caller knows them), or None for that of the agency above:
    choosing one is a record like any other, what bound before stays on record, and the branch below, where
    nobody chose, is looked at again.
    """
    unknown = set(changes) - _FACTS
    if unknown:
        raise TypeError(f"not facts of an agency: {sorted(unknown)}")
    hold_agencies()
    current = AgencyRecord.objects.current().get(agency=agency)
    changed = {key: value for key, value in changes.items() if getattr(current, key) != value}
    if not changed:
        return current
    successor = records.succeed(current, by=by, at=at, **changed)
    chosen = {"profile": [current.profile, successor.profile]} if "profile" in changed else {}
    audit.record(
        act="agency.amended",
        by=by,
        subject_kind="agency",
        subject_id=agency.pk,
        agency_path=successor.path,
        payload={"fields": sorted(changed), **chosen},
    )
    return successor


@transaction.atomic
def move_agency(*, agency: Agency, parent: Agency, by: Any, at: datetime | None = None) -> None:
    """Hang an agency, with everything below it, under another parent.

    Raises:
        RegistryError: `circle` when the new parent lies below the agency itself.
    """
    hold_agencies()
    current = AgencyRecord.objects.current().get(agency=agency)
    target = AgencyRecord.objects.current().get(agency=parent)
    if target.path.startswith(current.path):
        raise RegistryError("circle", _("An agency cannot be placed below itself."))
    new_path = rehang(current, below_record=target, by=by, at=at or timezone.now())
    audit.record(act="agency.moved", by=by, subject_kind="agency", subject_id=agency.pk, agency_path=new_path)


def rehang(record: AgencyRecord, *, below_record: AgencyRecord, by: Any, at: datetime) -> str:
    """Give an agency and all below it their paths under another body; returns the agency's.

    A part of an act: its caller holds the agencies, has made sure of no circle, and writes the event.
    """
    new_path = f"{below_record.path}{record.agency_id}/"
    for each in AgencyRecord.objects.current().filter(below(record.path)):
        changes: dict[str, Any] = {"path": new_path + each.path.removeprefix(record.path)}
        if each.agency_id == record.agency_id:
            changes["parent_id"] = below_record.agency_id
        records.succeed(each, by=by, at=at, **changes)
    return new_path


@transaction.atomic
def record_succession(
    *, predecessor: Agency, successor: Agency, kind: str, on: date, by: Any, legal_basis: str = ""
) -> Succession:
    """Record that one agency became (part of) another on a day; the predecessor ends that day."""
    hold_agencies()
    succession = Succession.objects.create(
        predecessor=predecessor, successor=successor, kind=kind, happened_on=on, legal_basis=legal_basis
    )
    amend_agency(agency=predecessor, by=by, dissolved_on=on)
    audit.record(
        act="agency.succeeded",
        by=by,
        subject_kind="agency",
        subject_id=predecessor.pk,
        payload={"successor": successor.code, "kind": kind, "on": on.isoformat()},
    )
    return succession


@transaction.atomic
def record_regulation(
    *, agency: Agency, number: str, by: Any, at: datetime | None = None, **facts: Any
) -> Regulation:
    """Record an agency's own regulation, or what is now known of it; unchanged facts make no new record.

    Raises:
        RegistryError: `days_missing` when it obliges staff to declare without saying within how many days;
            `ends_before_it_begins` when its dates contradict each other.
    """
    if facts.get("obliges_declaration") and facts.get("days_to_declare") is None:
        raise RegistryError(
            "days_missing",
            _("A regulation that obliges staff to declare must say within how many days."),
            field="days_to_declare",
        )
    begins, ends = facts.get("in_force_from"), facts.get("in_force_until")
    if begins and ends and ends <= begins:
        raise RegistryError(
            "ends_before_it_begins",
            _("This must be after the day it comes into force."),
            field="in_force_until",
        )
    hold_agencies()
    current = Regulation.objects.current().filter(agency=agency, number=number).first()
    if current:
        if all(getattr(current, name) == value for name, value in facts.items()):
            return current
        regulation = records.succeed(current, by=by, at=at, **facts)
    else:
        regulation = Regulation.objects.create(
            agency=agency, number=number, recorded_from=at or timezone.now(), recorded_by=by, **facts
        )
    audit.record(
        act="regulation.recorded",
        by=by,
        subject_kind="agency",
        subject_id=agency.pk,
        payload={"number": number},
    )
    return regulation


@transaction.atomic
def strike_regulation(*, regulation: Regulation, by: Any, at: datetime | None = None) -> None:
    """End what was recorded by mistake: from now on the register holds no such regulation.

    One that is no longer in force is not struck: it is recorded again, with its last day.

    Raises:
        ConflictError: `stale` when the record no longer stands.
    """
    hold_agencies()
    records.end(regulation, at=at)
    audit.record(
        act="regulation.struck",
        by=by,
        subject_kind="agency",
        subject_id=regulation.agency_id,
        payload={"number": regulation.number},
    )
