"""The reads of agencies' own pages, each cut to the asking officer's branches."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import DeclaredFacts, Entry, Official, Ownership, ReportedFake
from registry.declarations import sides
from registry.declarations.models import Declaration, PageDeclaration, PageStep
from registry.declarations.states import OPEN, PageKind, State
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import agency_records_for

HR = Role.HR_OFFICER
_OF_PAGE = ("facts__agency", "facts__page__responsible", "facts__page__badge_photo")
WITH_PAGE = ("account", "agency", *_OF_PAGE, "submitted_by", "decided_by")


def pages_held_for(user: User, *roles: Role) -> QuerySet[Ownership]:
    """Whose the pages in the person's branches are. Page it by (account_id), and ask for what stands of each.

    Not one question with what stands: PostgreSQL would go through the pages of the country for a page of 25.
    """
    mine = agency_records_for(user, *roles or (HR,)).values("agency")
    return Ownership.objects.current().filter(agency__in=mine, agency__isnull=False)


def page_entries_for(user: User, *roles: Role) -> QuerySet[Entry]:
    """What stands of the pages of agencies in the person's branches: to be asked about some accounts."""
    return (
        Entry.objects.current()
        .filter(account__in=pages_held_for(user, *roles).values("account"), facts__agency__isnull=False)
        .select_related("account", *_OF_PAGE)
        .prefetch_related("account__identifiers")
    )


def page_entry_for(user: User, account_id: UUID, *roles: Role) -> Entry:
    """What stands of one page, by the account's public id.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    found = page_entries_for(user, *roles).filter(account__public_id=account_id).first()
    if found is None:
        raise not_found()
    return found


def page_declarations_for(user: User) -> QuerySet[PageDeclaration]:
    """What was put forward of pages in an HR officer's branches."""
    mine = agency_records_for(user, HR).values("agency")
    return (
        PageDeclaration.objects.filter(agency__in=mine)
        .select_related(*WITH_PAGE)
        .prefetch_related("account__identifiers")
    )


def page_declaration_for(user: User, public_id: UUID) -> PageDeclaration:
    """One declaration of a page.

    Raises:
        NotFoundError: none such, or not theirs to see.
    """
    found = page_declarations_for(user).filter(public_id=public_id).first()
    if found is None:
        raise not_found()
    return found


def open_page_declarations_for(user: User) -> QuerySet[PageDeclaration]:
    """What waits, for a decision or to be put forward again, oldest first."""
    return page_declarations_for(user).filter(state__in=OPEN).order_by("submitted_at", "id")


def page_queue_for(user: User) -> QuerySet[PageDeclaration]:
    """What waits for this officer's decision, oldest first: not what they put forward or said themselves."""
    waiting = page_declarations_for(user).filter(state=State.SUBMITTED).order_by("submitted_at", "id")
    own_words = Q(~Q(kind=PageKind.CLOSE), facts__stated_by=user)
    return waiting.exclude(Q(submitted_by=user) | own_words)


def page_disputes_to_decide(user: User) -> QuerySet[PageDeclaration]:
    """The disputes over pages this officer decides: one grant of theirs reaches both sides.

    Page it by (submitted_at, id).
    """
    return (
        PageDeclaration.objects.filter(pk__in=sides.pages_decided_by(user))
        .select_related(*WITH_PAGE)
        .prefetch_related("account__identifiers")
        .order_by("submitted_at", "id")
    )


@dataclass(frozen=True, slots=True)
class PageSides:
    """Both sides of a dispute over a page, for whoever decides it and nobody else."""

    standing: Entry | None  # None: no entry stands, the owner is known all the same
    ownership: Ownership | None  # None: nobody holds the page any more


def page_sides_for(user: User, declaration: PageDeclaration) -> PageSides:
    """What stands on the other side of a dispute over a page.

    Raises:
        NotFoundError: the person does not decide this dispute.
    """
    if not page_disputes_to_decide(user).filter(pk=declaration.pk).exists():
        raise not_found()
    standing = Entry.objects.current().filter(account=declaration.account)
    held = Ownership.objects.current().filter(account=declaration.account)
    return PageSides(
        standing=standing.select_related("account", "facts__photo", *_OF_PAGE).first(),
        ownership=held.select_related("official", "agency").first(),
    )


def disputed_among(account_ids: Collection[int]) -> set[int]:
    """Those of some accounts that somebody else claims; by whom is not told. For who may see the accounts."""
    of_agencies = PageDeclaration.objects.filter(account__in=account_ids, state=State.DISPUTED)
    of_people = Declaration.objects.filter(account__in=account_ids, state=State.DISPUTED)
    rows = of_agencies.values_list("account_id").union(of_people.values_list("account_id"))
    return {account for (account,) in rows}


def page_steps_of(declaration: PageDeclaration) -> QuerySet[PageStep]:
    """What was done to a declaration of a page, oldest first. For who may see the declaration."""
    return PageStep.objects.filter(declaration=declaration).select_related("by").order_by("version")


def administrators_of(facts: DeclaredFacts) -> list[Official]:
    """Who runs a page, by these facts."""
    return list(Official.objects.filter(pages_run__page=facts.pk).order_by("pages_run__pk"))


def fakes_for(user: User) -> QuerySet[ReportedFake]:
    """The pages confirmed as posing as agencies in an HR officer's branches, newest first."""
    mine = agency_records_for(user, HR).values("agency")
    return (
        ReportedFake.objects.current()
        .filter(agency__in=mine)
        .select_related("account", "agency")
        .prefetch_related("account__identifiers")
        .order_by("-confirmed_on", "-pk")
    )
