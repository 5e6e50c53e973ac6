"""The reads of agencies' own pages, each cut to the asking officer's branches."""

from uuid import UUID

from django.db.models import QuerySet

from accounts.models import DeclaredFacts, Entry, Official, Ownership, ReportedFake
from registry.declarations.models import PageDeclaration
from registry.declarations.states import OPEN, PageKind, State
from registry.users.models import Role, User
from registry.users.policies import not_found
from registry.users.selectors import agency_records_for

HR = Role.HR_OFFICER
_WITH = ("account", "agency", "facts__agency", "facts__page__responsible", "submitted_by", "decided_by")


def page_entries_for(user: User, *roles: Role) -> QuerySet[Entry]:
    """What stands of the pages of agencies in the person's branches. Page it by (account)."""
    held = Ownership.objects.current().filter(
        agency__in=agency_records_for(user, *roles or (HR,)).values("agency"), agency__isnull=False
    )
    return (
        Entry.objects.current()
        .filter(account__in=held.values("account"), facts__agency__isnull=False)
        .select_related("account", "facts__agency", "facts__page__responsible")
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
        .select_related(*_WITH)
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
    waiting = open_page_declarations_for(user).filter(state=State.SUBMITTED).exclude(submitted_by=user)
    own_words = waiting.exclude(kind=PageKind.CLOSE).filter(facts__stated_by=user)
    return waiting.exclude(pk__in=own_words.values("pk"))


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
