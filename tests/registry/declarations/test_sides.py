"""What waits for an officer, whatever happened and however much of it has been compared by then."""

import contextlib
import random
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from accounts import services as book
from accounts.comparison import refresh_marked
from accounts.models import AgencyRecord, Entry, OfficialRecord, Ownership, Standing
from accounts.platforms import recognise
from common.changes.models import ChangeMark
from common.errors import RegistryError
from registry.declarations import selectors, services
from registry.declarations.dispute_lists import disputes_for
from registry.declarations.models import Declaration, PageDeclaration
from registry.declarations.page_selectors import page_disputes_to_decide
from registry.declarations.sides import how_much_waits
from registry.declarations.states import OF_WHAT_STANDS, State
from registry.users.models import Role, User
from registry.users.policies import branches_of, covers, grants_of, with_merged
from tests.factories import DeclarationFactory, OfficialFactory, RoleGrantFactory, UserFactory
from tests.registry.pages import put_forward, said
from tests.registry.people import make_country

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db


def place_of(official_id: int | None, agency_id: int | None = None) -> str:
    """Where somebody belongs by the book; "" nowhere."""
    if official_id is not None:
        agency_id = OfficialRecord.objects.current().get(official=official_id).agency_id
    return AgencyRecord.objects.current().get(agency=agency_id).path


def holder_of(account_id: int) -> tuple[int | None, str | None]:
    """Who holds an account, where they are a person, and where they belong; None: nobody does."""
    held = Ownership.objects.current().filter(account=account_id).first()
    return (held.official_id, place_of(held.official_id, held.agency_id)) if held else (None, None)


def reaches(user: User, claimant: str, holder: str | None) -> bool:
    return any(
        covers(branches, claimant) and (holder is None or covers(branches, holder))
        for branches in (with_merged([grant.agency_id]) for grant in grants_of(user, Role.HR_OFFICER))
    )


def decides(user: User, one: Declaration) -> bool:
    owner, holder = holder_of(one.account_id)
    on_a_side = user.official_id is not None and user.official_id in {owner, one.official_id}
    said = user.pk in {one.submitted_by_id, one.facts.stated_by_id}
    return reaches(user, place_of(one.official_id), holder) and not on_a_side and not said


def decides_page(user: User, one: PageDeclaration) -> bool:
    owner, holder = holder_of(one.account_id)
    standing = Entry.objects.current().filter(account=one.account_id, facts__stated_by=user)
    said = user.pk in {one.submitted_by_id, one.facts.stated_by_id} or standing.exists()
    on_a_side = user.official_id is not None and user.official_id == owner
    return reaches(user, place_of(None, one.agency_id), holder) and not on_a_side and not said


def to_review(user: User, one: Declaration) -> bool:
    said = one.facts.stated_by_id == user.pk and one.kind not in OF_WHAT_STANDS
    inside = covers(branches_of(user, Role.HR_OFFICER), place_of(one.official_id))
    return inside and user.official_id != one.official_id and user.pk != one.submitted_by_id and not said


def check(user: User) -> tuple[int, ...]:
    """Every answer for an officer is what going through everything gives; returns how many there are."""
    branches = branches_of(user, Role.HR_OFFICER)
    disputed = list(Declaration.objects.filter(state=State.DISPUTED).select_related("facts"))
    pages = list(PageDeclaration.objects.filter(state=State.DISPUTED).select_related("facts"))
    submitted = Declaration.objects.filter(state=State.SUBMITTED).select_related("facts")
    queue = {one.pk for one in submitted if to_review(user, one)}
    mine = {one.pk for one in disputed if decides(user, one)}
    pages_mine = {one.pk for one in pages if decides_page(user, one)}
    claims = {one.pk for one in disputed if covers(branches, place_of(one.official_id))} - mine
    pages_claimed = {one.pk for one in pages if covers(branches, place_of(None, one.agency_id))}
    contested = {one.account_id for one in disputed} | {one.account_id for one in pages}
    accounts = {account for account in contested if covers(branches, holder_of(account)[1] or "-")}
    decided = {one.account_id for one in disputed if one.pk in mine}
    decided |= {one.account_id for one in pages if one.pk in pages_mine}
    standing = set(Entry.objects.current().values_list("account", flat=True))

    assert {one.pk for one in selectors.queue_for(user)} == queue
    assert {one.pk for one in selectors.disputes_to_decide(user)} == mine
    assert {one.pk for one in page_disputes_to_decide(user)} == pages_mine
    elsewhere = (accounts & standing) - decided
    listed = disputes_for(user, size=100, most=100)
    assert {one.pk for one in listed.to_decide} == mine
    assert {one.pk for one in listed.claims} == claims
    assert {one.pk for one in listed.pages_to_decide} == pages_mine
    assert {one.pk for one in listed.claimed_pages} == pages_claimed - pages_mine
    assert {each.entry.account_id for each in listed.contested} == elsewhere
    waits = how_much_waits(user, most=100)
    numbers = (len(queue), len(mine), len(pages_mine), len(elsewhere))
    assert (waits.to_review, waits.disputes, waits.page_disputes, waits.contested) == numbers
    return numbers


@pytest.mark.parametrize("seed", range(3))
def test_what_waits_is_what_the_book_says_however_much_is_compared(seed: int):  # noqa: C901 - many acts
    chance = random.Random(seed)  # noqa: S311 - a repeatable order of acts, no secret
    country = make_country()
    agencies = [country.province, country.health, country.culture, country.elsewhere]
    staff = [OfficialFactory.create(agency=chance.choice(agencies)) for _each in range(6)]
    logins = [UserFactory.create(official=official) for official in staff]
    officers = [country.hr, country.hr2, country.hr_culture, country.hr_province, country.hr_elsewhere]
    top = logins[0]
    RoleGrantFactory.create(user=top, agency=country.government, role=Role.HR_OFFICER)
    both = UserFactory.create()
    for agency in (country.health, country.elsewhere):
        RoleGrantFactory.create(user=both, agency=agency, role=Role.HR_OFFICER)
    officers += [top, both]
    urls = [f"https://www.facebook.com/nguoi.{number}" for number in range(5)]

    def claim() -> None:
        number = chance.randrange(len(staff))
        DeclarationFactory.create(
            official=staff[number], by=logins[number], url=chance.choice(urls), submitted=True
        )

    def stand() -> None:
        account = book.account_for(link=recognise(chance.choice(urls)), by=None)
        facts = book.state_facts(account=account, official=chance.choice(staff), by=chance.choice(officers))
        book.enter(facts=facts, standing=Standing.UNCONFIRMED, by=None)

    def claim_page() -> None:
        link, agency = chance.choice(urls), chance.choice([country.health, country.culture])
        runs = [OfficialFactory.create(agency=agency)]
        by = country.hr if agency == country.health else country.hr_culture
        put_forward(agency, said(responsible=runs[0], administrators=runs), by=by, link=link)

    def on_behalf() -> None:
        services.register_on_behalf(
            official=chance.choice(staff), link=recognise(chance.choice(urls)), by=chance.choice(officers),
            link_text="", statement={"name_shown": "Trần Thị Lan"},
        )  # fmt: skip

    def close() -> None:
        held = chance.choice(list(Ownership.objects.current().filter(official__in=staff)) or [None])
        if held is not None:
            book.close(account=held.account, by=None)

    def decide() -> None:
        disputed = list(Declaration.objects.filter(state=State.DISPUTED))
        services.decide_dispute(
            declaration=chance.choice(disputed), outcome=chance.choice(["give", "keep"]),
            reason="Đã gọi điện hỏi", by=chance.choice(officers),
        )  # fmt: skip

    acts: list[Callable[[], object]] = [
        claim, claim, claim, stand, stand, claim_page, claim_page, on_behalf, on_behalf, close, decide,
        lambda: book.amend_official(official=chance.choice(staff), by=None, agency=chance.choice(agencies)),
        lambda: book.amend_official(official=chance.choice(staff), by=None, agency=chance.choice(agencies)),
        lambda: book.move_agency(
            agency=chance.choice([country.health, country.culture]),
            parent=chance.choice([country.province, country.elsewhere]), by=None,
        ),
        lambda: book.amend_agency(agency=chance.choice(agencies), by=None, contact_email="a@example.gov.vn"),
        lambda: refresh_marked(chance.choice([1, 2, 100])),
        lambda: refresh_marked(chance.choice([1, 2, 100])),
    ]  # fmt: skip
    seen = [0, 0, 0, 0]
    for _act in range(40):
        with contextlib.suppress(RegistryError, IndexError), transaction.atomic():
            chance.choice(acts)()
        found = check(chance.choice([country.hr_province, *officers]))
        seen = [before + more for before, more in zip(seen, found, strict=True)]
    while refresh_marked():
        pass
    assert not ChangeMark.objects.exists()
    for user in officers:
        check(user)
    to_review, disputes, _of_pages, contested = seen
    assert min(to_review, disputes, contested) > 0  # none of these was always "nothing"


def test_how_much_waits_counts_no_further_than_it_is_asked():
    country = make_country()
    for number in range(3):
        DeclarationFactory.create(
            url=f"https://www.facebook.com/nguoi.{number}", submitted=True, official=country.lan
        )
    assert how_much_waits(country.hr, most=2).to_review == 2
    assert how_much_waits(country.hr, most=5).to_review == 3
    assert how_much_waits(country.lan_login, most=5).to_review == 0
