"""The reads of declarations, each cut to what the asking person may see. Page them by (submitted_at, id)."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import BooleanField, Case, Q, QuerySet, When
from django.utils import timezone

from accounts.models import (
    AgencyRecord,
    DeclaredFacts,
    Entry,
    NilReturn,
    Official,
    OfficialRecord,
    Ownership,
    PageFacts,
    Photo,
    Standing,
)
from accounts.paths import ancestors, one_of
from registry.declarations import sides
from registry.declarations.models import Declaration, Lease, Return, Step
from registry.declarations.states import Act, State
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import (
    agency_records_for,
    officers_of,
    official_records_for,
    own_official,
    ownerships_for,
)

_WITH_WRITTEN = ("account", "facts", "facts__photo", "facts__agency_resolved")
WITH_FACTS = ("official", *_WITH_WRITTEN, "submitted_by", "decided_by")


def own_declarations(user: User) -> QuerySet[Declaration]:
    """Everything the person declared or had declared for them, newest first; else nothing.

    Show them its `written`: a correction they have begun is theirs alone to see.
    """
    return (
        Declaration.objects.filter(official=user.official_id, official__isnull=False)
        .select_related(*WITH_FACTS, *(f"correction__{name}" for name in _WITH_WRITTEN))
        .order_by("-id")
    )


def declarations_for(user: User, *roles: Role) -> QuerySet[Declaration]:
    """What was put before HR in the person's branches. Drafts are their authors' alone."""
    staff = official_records_for(user, *roles).values("official")
    return Declaration.objects.filter(official__in=staff, submitted_at__isnull=False).select_related(
        *WITH_FACTS
    )


def declaration_for(user: User, public_id: UUID) -> Declaration:
    """One declaration: the person's own, or one put before HR in their branches.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    found = own_declarations(user).filter(public_id=public_id).first()
    found = found or declarations_for(user).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def queue_for(user: User) -> QuerySet[Declaration]:
    """What waits for this HR officer's decision, oldest first: their branches', without their own.

    Which those are is asked at once: a page of the queue takes several looks at them.
    """
    # Said as a case, so that the queue is walked in its order and asks of each whether it is among them: else
    # all of them would be weighed and sorted for the few of a page.
    among = one_of(sides.to_review(user), "pk")
    mine = Case(When(among, then=True), default=False, output_field=BooleanField())
    found = Declaration.objects.filter(mine, state=State.SUBMITTED).select_related(*WITH_FACTS)
    return found.order_by("submitted_at", "id")


def gone_up(declarations: Iterable[Declaration]) -> dict[int, int | None]:
    """The declarations only an officer above can decide, each with the agency whose officer does.

    Those of an HR officer who, at the nearest agency that has any HR officer for them, is the only one. None
    where no agency above has one either.
    """
    rows = list(declarations)
    records = OfficialRecord.objects.current().filter(official__in=[row.official_id for row in rows])
    agencies = dict(records.values_list("official", "agency"))
    paths = dict(
        AgencyRecord.objects.current().filter(agency__in=agencies.values()).values_list("agency", "path")
    )
    chains = {official: ancestors(paths[agency])[::-1] for official, agency in agencies.items()}
    officers = officers_of(sorted({step for chain in chains.values() for step in chain}), Role.HR_OFFICER)
    logins = dict(User.objects.filter(official__in=agencies).values_list("official", "pk"))
    found = {}
    for row in rows:
        staffed = [step for step in chains.get(row.official_id, []) if step in officers]
        themself = {logins.get(row.official_id)}
        if staffed and officers[staffed[0]] == themself:
            found[row.pk] = next((step for step in staffed if officers[step] - themself), None)
    return found


def leases_on(user: User, declarations: Iterable[Declaration]) -> dict[int, Lease]:
    """Who else has these cases open now, by declaration. Told to HR officers of the branch alone."""
    staff = official_records_for(user, Role.HR_OFFICER).values("official")
    leases = (
        Lease.objects.filter(
            declaration__in=[row.pk for row in declarations],
            declaration__official__in=staff,
            declaration__state=State.SUBMITTED,
            until__gt=timezone.now(),
        )
        .exclude(by=user)
        .exclude(declaration__official__in=[user.official_id] if user.official_id else [])
        .select_related("by")
    )
    return {lease.declaration_id: lease for lease in leases}


def returned_ones(declarations: Iterable[Declaration]) -> set[int]:
    """Those of the declarations that HR has returned before."""
    steps = Step.objects.filter(declaration__in=[row.pk for row in declarations], act=Act.RETURN)
    return set(steps.values_list("declaration", flat=True))


def last_return(declaration: Declaration) -> Return | None:
    """What it said when HR last returned it, and why. For who may see the declaration."""
    return (
        Return.objects.filter(step__declaration=declaration)
        .select_related("step", "step__by", "facts", "facts__account", "facts__photo")
        .order_by("-step__version")
        .first()
    )


def disputes_to_decide(user: User) -> QuerySet[Declaration]:
    """The disputes this officer decides, the oldest first."""
    found = Declaration.objects.filter(pk__in=sides.decided_by(user)).select_related(*WITH_FACTS)
    return found.order_by("submitted_at", "id")


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a dispute, for whoever decides it and nobody else."""

    claimed: DeclaredFacts
    standing: Entry | None  # None: no entry stands, the owner is known all the same
    ownership: Ownership | None  # None: nobody holds the account any more


def sides_for(user: User, declaration: Declaration) -> Sides:
    """Both sides of a dispute.

    Raises:
        NotFoundError: the person does not decide this dispute.
    """
    if not disputes_to_decide(user).filter(pk=declaration.pk).exists():
        raise not_found()
    standing = Entry.objects.current().filter(account=declaration.account).select_related("facts").first()
    held = (
        Ownership.objects.current()
        .filter(account=declaration.account)
        .select_related("official", "agency")
        .first()
    )
    return Sides(claimed=declaration.facts, standing=standing, ownership=held)


def entries_of(official: Official) -> QuerySet[Entry]:
    """The entries that stand for an official, by platform."""
    held = Ownership.objects.current().filter(official=official)
    return (
        Entry.objects.current()
        .filter(account__in=held.values("account"))
        .select_related("account", "facts", "facts__photo")
        .prefetch_related("account__identifiers")
        .order_by("account__platform", "id")
    )


def own_entries(user: User) -> QuerySet[Entry]:
    """The entries that stand for the person. Raises NotFoundError for a login without official."""
    return entries_of(own_official(user))


def to_confirm(user: User) -> QuerySet[Entry]:
    """What HR registered for the person and waits for the person's own word."""
    return own_entries(user).filter(standing=Standing.UNCONFIRMED)


def entry_for(user: User, account_id: UUID) -> Entry:
    """The standing entry of an account (by its public id): the person's own, or one in their branches.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    held = ownerships_for(user)
    if user.official_id and user.is_active:
        held = held | Ownership.objects.current().filter(official=user.official_id)
    found = (
        Entry.objects.current()
        .filter(account__public_id=account_id, account__in=held.values("account"))
        .select_related("account", "facts", "facts__photo", "facts__official")
        .first()
    )
    if found is None:
        raise not_found()
    return found


def nil_of(official: Official) -> NilReturn | None:
    """The official's standing statement "I have no account"."""
    return NilReturn.objects.current().filter(official=official).first()


def history_of(declaration: Declaration) -> QuerySet[Step]:
    """The steps a declaration took, oldest first, saving aside. For who may see the declaration."""
    return (
        Step.objects.filter(declaration=declaration)
        .exclude(act=Act.SAVE)
        .select_related("by")
        .order_by("version")
    )


def photo_for(user: User, public_id: UUID) -> Photo:
    """A photo the person may see: on their own facts, or put forward in their branches.

    The picture of a page's badge is for the HR officers of its agency, and of those above, alone.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    said = DeclaredFacts.objects.filter(photo__public_id=public_id).select_related("photo")
    own = Q(official=user.official_id) if user.official_id and user.is_active else Q(pk__in=())
    put_forward = (
        Q(declarations__submitted_at__isnull=False) | Q(entries__isnull=False) | Q(returns__isnull=False)
    )
    branch = Q(official__in=official_records_for(user).values("official")) | Q(
        agency__in=agency_records_for(user).values("agency")
    )
    ours = said.filter(own | (branch & put_forward)).first()
    if ours is not None and ours.photo is not None:
        return ours.photo
    stated = PageFacts.objects.filter(
        badge_photo__public_id=public_id,
        facts__agency__in=agency_records_for(user, Role.HR_OFFICER).values("agency"),
    ).select_related("badge_photo")
    page = stated.first()
    if page is None or page.badge_photo is None:
        raise not_found()
    return page.badge_photo
