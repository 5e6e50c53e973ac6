"""The review queue as the rules see it: what is urgent, what is clean, and approving the clean together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.comparison import refresh_accounts
from accounts.models import Comparison, Incident, OfficialComparison, OwnerStatus, StandingCode
from accounts.paths import one_of
from common.audit import services as audit
from common.errors import ConflictError, NotAllowedError, NotFoundError
from registry.declarations import services as declarations
from registry.declarations.models import Declaration, Lease, Step
from registry.declarations.selectors import (
    WITH_FACTS,
    declarations_for,
    leases_on,
    queue_for,
    returned_ones,
)
from registry.declarations.states import OF_WHAT_STANDS, Act, Kind, State
from registry.findings.engine import Answer, Verdict, verdicts_of
from registry.rules.catalogue import account_confirmed_lately, official_declared
from registry.rules.rule import Cause
from registry.users.models import Role, User

SOON = timedelta(days=3)  # the last day of what the person owes is as near as this
MOST = 50  # approved together at once: as many as a person can read
_LOOKED_AT = 200  # of the queue, to find them
_FEW = 500  # cases that are weighed one by one


class Urgency(models.IntegerChoices):
    """Why a case comes before older ones, the most urgent first."""

    REPORTED = 1
    OVERDUE = 2
    SOON = 3
    NONE = 9


def waiting(user: User, today: date) -> QuerySet[Declaration]:
    """What waits for this officer, the most urgent first, then the oldest: by (urgency, submitted_at, id).

    Annotated with `urgency`, and `due_on`: the first day too late for what the person owes by it, where a
    regulation gives one. Whether a time is over is asked of the rules that say so.
    """
    return _weighed(queue_for(user), today)


def _weighed(rows: QuerySet[Declaration], today: date) -> QuerySet[Declaration]:
    """Declarations with what `waiting` says of each, in its order."""
    first = OfficialComparison.objects.filter(
        official=OuterRef("official"), accounts=0, nil=False, status=OwnerStatus.IN_POST
    )
    stands = Comparison.objects.filter(
        account=OuterRef("account"), official_id=OuterRef("official"), standing__gt=StandingCode.DRAFT
    )
    reported = Incident.objects.current().filter(
        official=OuterRef("official"), account=OuterRef("account"), closed_at=None
    )

    def owed(by: date) -> Q:
        declare = Exists(first.filter(official_declared.overdue(by)))
        confirm = Exists(stands.filter(account_confirmed_lately.overdue(by)))
        return Q(declare, kind=Kind.NEW) | Q(confirm, kind=Kind.CHANGE)

    return rows.annotate(
        urgency=Case(
            When(Exists(reported), then=Value(Urgency.REPORTED)),
            When(owed(today), then=Value(Urgency.OVERDUE)),
            When(owed(today + SOON), then=Value(Urgency.SOON)),
            default=Value(Urgency.NONE),
            output_field=IntegerField(),
        ),
        due_on=Case(
            When(kind=Kind.NEW, then=Subquery(first.values("declare_due_on")[:1])),
            When(kind=Kind.CHANGE, then=Subquery(stands.values("confirm_due_on")[:1])),
        ),
    ).order_by("urgency", "submitted_at", "id")


def in_turn(
    found: QuerySet[Declaration], today: date, *, after: Sequence[Any] | None = None, limit: int
) -> list[Declaration]:
    """The first of what `waiting` found, in its order; `after` is a last row's (urgency, submitted_at, id).

    Which they are first: whose they are to decide is not asked again of those that are shown.
    """
    return _shown(_first(found, today, after, limit), today)


def _shown(first: Sequence[Declaration], today: date) -> list[Declaration]:
    """Cases of the queue as lists show them, in this order."""
    rows = Declaration.objects.select_related(*WITH_FACTS).prefetch_related("account__identifiers")
    rows_of = _weighed(rows, today).in_bulk([each.pk for each in first])
    return [rows_of[each.pk] for each in first if each.pk in rows_of]


def _first(
    found: QuerySet[Declaration], today: date, after: Sequence[Any] | None, limit: int
) -> list[Declaration]:
    """Few are weighed and put in order; of many, one urgency is asked for after the other until it is enough.

    The oldest come first out of the index of the queue, and thousands of others are not weighed.
    """
    few = list(found.order_by().values_list("pk", flat=True)[: _FEW + 1])
    if len(few) > _FEW:
        keys = _by_urgency(found, after, limit)
        rows_of = Declaration.objects.in_bulk(keys)
        return [rows_of[key] for key in keys if key in rows_of]
    rows = _weighed(Declaration.objects.filter(one_of(few, "pk")), today)
    if after is not None:
        later = Q(submitted_at__gt=after[1]) | Q(submitted_at=after[1], pk__gt=after[2])
        rows = rows.filter(Q(urgency__gt=after[0]) | Q(later, urgency=after[0]))
    return list(rows[:limit])


def _by_urgency(found: QuerySet[Declaration], after: Sequence[Any] | None, limit: int) -> list[int]:
    keys: list[int] = []
    for urgency in Urgency:
        if after is not None and urgency < after[0]:
            continue
        rows = found.filter(urgency=urgency)  # type: ignore[misc]  # annotated
        if after is not None and urgency == after[0]:
            since = Q(submitted_at__gt=after[1]) | Q(submitted_at=after[1], pk__gt=after[2])
            rows = rows.filter(since, submitted_at__gte=after[1])
        keys += rows.order_by("submitted_at", "id").values_list("pk", flat=True)[: limit - len(keys)]
        if len(keys) == limit:
            break
    return keys


def _free(found: QuerySet[Declaration], user: User) -> QuerySet[Declaration]:
    """Those of them that no colleague has open."""
    held = Lease.objects.filter(declaration=OuterRef("pk"), until__gt=timezone.now()).exclude(by=user)
    return found.filter(~Exists(held))


def following(user: User, declaration: Declaration, today: date) -> Declaration | None:
    """The case after this one in the queue, after the last the first; those colleagues have open aside."""
    found = waiting(user, today)
    others = _free(found, user).exclude(pk=declaration.pk)
    here = found.filter(pk=declaration.pk).first()
    next_ones: list[Declaration] = []
    if here is not None:
        urgency = here.urgency  # type: ignore[attr-defined]  # annotated
        next_ones = _first(others, today, (urgency, here.submitted_at, here.pk), 1)
    return next(iter(next_ones or _first(others, today, None, 1)), None)


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with what the rules say of it."""

    declaration: Declaration
    verdicts: list[Verdict]

    @property
    def unchecked(self) -> list[Verdict]:
        """What no machine could tell."""
        return [each for each in self.verdicts if each.answer is Answer.UNCHECKED]

    @property
    def in_line(self) -> int:
        """How many rules find it in line."""
        return sum(each.answer is Answer.IN_LINE for each in self.verdicts)

    @property
    def is_clean(self) -> bool:
        """Whether the rules have looked and found nothing a person would have to look at.

        That an account's platform states no permanent id is nothing an officer could look at either; it is
        told all the same.
        """
        untold = [each for each in self.unchecked if each.rule.cause is not Cause.NO_PERMANENT_ID]
        return self.in_line > 0 and not untold and not self.not_in_line

    @property
    def not_in_line(self) -> list[Verdict]:
        """What the rules find out of line."""
        return [each for each in self.verdicts if each.answer is Answer.NOT_IN_LINE]


def clean_ones(user: User, today: date) -> list[Judged]:
    """The first cases of the queue that can be approved together, at most `MOST` of them.

    New accounts and changes that the rules find clean, never returned before, that nobody has open.
    """
    returned = Step.objects.filter(declaration=OuterRef("pk"), act=Act.RETURN)
    plain = _free(waiting(user, today), user).exclude(kind__in=OF_WHAT_STANDS).filter(~Exists(returned))
    rows = _first(plain, today, None, _LOOKED_AT)
    judged = (Judged(row, said) for row, said in zip(rows, _judged(rows, today), strict=True))
    clean = [each for each in judged if each.is_clean][:MOST]
    said = {each.declaration.pk: each.verdicts for each in clean}
    return [Judged(row, said[row.pk]) for row in _shown([each.declaration for each in clean], today)]


def _judged(rows: Sequence[Declaration], today: date) -> Iterable[list[Verdict]]:
    compared = Comparison.objects.filter(
        one_of((row.account_id for row in rows), "account"), one_of((row.facts_id for row in rows), "facts")
    )
    keys = dict(compared.values_list("facts", "pk"))
    said = verdicts_of(keys.values(), today) if keys else {}
    return [said.get(keys.get(row.facts_id, 0), []) for row in rows]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A case that was chosen and not approved, and why; None where it is no longer the officer's to see."""

    declaration: Declaration | None
    why: str


@dataclass(slots=True)
class Together:
    """What became of the chosen cases."""

    approved: list[Declaration] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


def approve_clean(*, chosen: Mapping[UUID, int], by: User) -> Together:
    """Approve the chosen cases that are clean at this moment, each in a transaction of its own.

    Each is compared with the book as it is now and judged afresh. What was changed, decided, opened by a
    colleague, or is not clean any more is left out, with the reason in words.

    Args:
        chosen: by public id the version the page showed; at most `MOST` are taken.
        by: the HR officer.
    """
    ids = list(chosen)[:MOST]
    seen = {row.public_id: row for row in declarations_for(by, Role.HR_OFFICER).filter(public_id__in=ids)}
    rows = list(seen.values())
    said = dict(zip(seen, _judged_afresh(rows, timezone.localdate()), strict=True))
    returned, leases = returned_ones(rows), leases_on(by, rows)
    done = Together()
    for public_id in ids:
        row = seen.get(public_id)
        if row is None:
            done.left_out.append(LeftOut(None, _("It is not in your branch any more.")))
            continue
        why = ""
        if row.version == chosen[public_id]:  # else who was faster is told below
            why = _why_not(Judged(row, said[public_id]), row.pk in returned, leases.get(row.pk))
        if not why:
            try:
                decided = declarations.approve(declaration=row, by=by, version=chosen[public_id])
            except (ConflictError, NotAllowedError, NotFoundError) as error:
                why = str(error.message)
            else:
                if decided.state == State.APPROVED:
                    done.approved.append(decided)
                    continue
                why = _("Somebody else has come to hold this account, so it is now a dispute.")
        done.left_out.append(LeftOut(row, why))
    audit.record(
        act="declaration.approved_together",
        by=by,
        subject_kind="declaration",
        payload={
            "approved": [str(row.public_id) for row in done.approved],
            "left_out": len(done.left_out),
        },
    )
    return done


def _judged_afresh(rows: Sequence[Declaration], today: date) -> list[list[Verdict]]:
    """Compared with the book as it is now, and judged; the comparisons themselves are left to the runs."""
    with transaction.atomic():
        refresh_accounts([row.account_id for row in rows])
        said = list(_judged(rows, today))
        transaction.set_rollback(True)
    return said


def _why_not(case: Judged, is_again: bool, lease: Lease | None) -> str:  # noqa: FBT001 - read in one place
    if case.declaration.kind in OF_WHAT_STANDS or is_again:
        return _("It is to be looked at by itself.")
    if lease is not None:
        return _("%(who)s has it open since %(when)s.") % {
            "who": lease.by.get_full_name(),
            "when": date_format(timezone.localtime(lease.since), "H:i"),
        }
    if case.not_in_line:
        titles = ", ".join(str(each.rule.title) for each in case.not_in_line)
        return _("It is not in line any more: %(rules)s.") % {"rules": titles}
    if not case.is_clean:
        return _("The rules can no longer tell whether it is in line.")
    return ""
