"""One finding as somebody may see it, and what was said of it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from registry.findings.folding import live
from registry.findings.models import Contest, Finding, Run, Slice, State, Waiver, WaiverBatch
from registry.rules.rule import Subject
from registry.users.models import Role, User
from registry.users.policies import branches_of, in_branches, not_found


@dataclass(frozen=True, slots=True)
class Mark:
    """What people did to a finding, newest first: a waiver or a contest."""

    at: datetime
    waiver: Waiver | None = None
    contest: Contest | None = None


def finding_for(user: User, public_id: UUID, *roles: Role) -> Finding:
    """One finding in the person's branches.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    mine = Finding.objects.filter(in_branches(branches_of(user, *roles), "agency_path"))
    found = mine.filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def own_finding(user: User, public_id: UUID) -> Finding:
    """One finding about the person themselves.

    Raises:
        NotFoundError: none such, or about somebody else.
    """
    own = user.official_id if user.is_active else None
    found = Finding.objects.filter(public_id=public_id, official_id=own).first() if own else None
    if found is None:
        raise not_found()
    return found


def said_of(*findings: Finding) -> list[Mark]:
    """Every waiver and contest of some findings, newest first: two queries."""
    waivers = Waiver.objects.filter(finding__in=findings).select_related("batch__waived_by", "ended_by")
    contests = Contest.objects.filter(finding__in=findings).select_related("contested_by", "answered_by")
    marks = [Mark(row.batch.waived_at, waiver=row) for row in waivers]
    marks += [Mark(row.contested_at, contest=row) for row in contests]
    return sorted(marks, key=lambda mark: mark.at, reverse=True)


def answers_at(official_id: int, at: datetime) -> tuple[dict[int, date], set[int]]:
    """Of a person's findings, which were waived (until when) and which contested at an instant."""
    standing = Q(ended_at=None) | Q(ended_at__gt=at)
    waived = Waiver.objects.filter(standing, finding__official_id=official_id, batch__waived_at__lte=at)
    waiting = Q(closed_at=None) | Q(closed_at__gt=at)
    contested = Contest.objects.filter(waiting, finding__official_id=official_id, contested_at__lte=at)
    return (
        dict(waived.values_list("finding", "batch__expires_on")),
        set(contested.values_list("finding", flat=True)),
    )


def open_waiver(finding: Finding) -> Waiver | None:
    """The waiver that holds, if one does."""
    return Waiver.objects.filter(finding=finding, ended_at=None).select_related("batch").first()


def open_contest(finding: Finding) -> Contest | None:
    """The contest that waits for an answer, or for facts to be corrected."""
    return Contest.objects.filter(finding=finding, closed_at=None).first()


def batches_of(user: User, *roles: Role) -> QuerySet[WaiverBatch, WaiverBatch]:
    """Acts of waiving that concern the person's branches; `here` and `holding` count their waivers there.

    Page by (-waived_at, -id).
    """
    inside = in_branches(branches_of(user, *roles), "waivers__finding__agency_path")
    concerns = Waiver.objects.filter(
        in_branches(branches_of(user, *roles), "finding__agency_path"), batch=OuterRef("pk")
    )
    return (
        WaiverBatch.objects.filter(Exists(concerns))
        .annotate(
            here=Count("waivers", filter=inside),
            holding=Count("waivers", filter=inside & Q(waivers__ended_at=None)),
        )
        .select_related("waived_by")
    )


def batch_for(user: User, public_id: UUID, *roles: Role) -> WaiverBatch:
    """One act of waiving that concerns the person's branches.

    Raises:
        NotFoundError: none such, or of foreign branches alone.
    """
    found = batches_of(user, *roles).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def last_confirmed(finding: Finding) -> datetime | None:
    """When a finding that stands was last found again: never written down row by row.

    The end of the last slice of a sweep or rebuild that looked at its subject, unless its rule could not be
    evaluated then; at least its opening. None for one that is resolved. Runs over what changed keep no list
    of whom they looked at, so that it may have been looked at later, never earlier.
    """
    if finding.state == State.RESOLVED:
        return None
    covering = Q(rule=finding.rule, among=None)  # not the slices of a few rows, whose rows are not kept
    covering |= Q(rule="", run__kind=Run.Kind.REBUILD, **_around(finding.subject_id))
    row = _comparison(finding)
    if row is not None:
        covering |= Q(rule="", run__kind=Run.Kind.SWEEP, **_around(row))
    scopes = ["", *_steps(finding.agency_path)]
    looked = (
        Slice.objects.filter(
            covering,
            subject=finding.subject_kind,
            state=Slice.State.DONE,
            run__scope_path__in=scopes,
            finished_at__gte=finding.opened_at,
        )
        .exclude(run__broken_rules__has_key=finding.rule)
        .order_by("-finished_at")
        .values_list("finished_at", flat=True)
        .first()
    )
    return looked or finding.opened_at


def _around(key: int) -> dict[str, int]:
    return {"from_id__lte": key, "to_id__gt": key}


def _comparison(finding: Finding) -> int | None:
    if finding.subject_kind not in (Subject.ACCOUNT, Subject.PAGE):
        return finding.subject_id
    rows = live(Subject(finding.subject_kind)).filter(account_id=finding.subject_id)
    found: int | None = rows.values_list("pk", flat=True).first()
    return found


def _steps(path: str) -> list[str]:
    steps = path.rstrip("/").split("/")
    return ["/".join(steps[: count + 1]) + "/" for count in range(len(steps))]
