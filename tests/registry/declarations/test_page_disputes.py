"""Disputes over an agency's page: how one begins, who decides, what comes of it, what neither side learns."""

from typing import Literal

import pytest
from django.utils import timezone

from accounts import services as book
from accounts.models import Entry, Ownership, PageComparison, Proposal
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.declarations import page_policies, services
from registry.declarations.dispute_lists import disputes_for
from registry.declarations.models import Declaration, PageDeclaration
from registry.declarations.page_selectors import (
    disputed_among,
    page_declaration_for,
    page_declarations_for,
    page_disputes_to_decide,
    page_entry_for,
    page_queue_for,
    page_sides_for,
    page_steps_of,
)
from registry.declarations.states import Act, Kind, PageKind, State
from registry.findings.services import run_changed
from registry.lookup.answers import Verdict, answer
from registry.lookup.questions import read_question
from registry.rules.catalogue import page_handle_own
from registry.users.models import User
from tests.factories import EntryFactory, OfficialFactory
from tests.registry.pages import LINK, put_forward, said
from tests.registry.people import Country, make_country, officer

pytestmark = pytest.mark.django_db

WHY = "Sở Y tế lập trang từ 2019, theo hồ sơ"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def held(country: Country) -> Entry:
    """What stands: the page is the culture department's."""
    mine = OfficialFactory.create(agency=country.culture)
    declared = put_forward(
        country.culture,
        said(responsible=mine, administrators=[mine], name="Sở Văn hóa"),
        by=country.hr_culture,
    )
    entry = services.approve_page(declaration=declared, by=country.hr_province).entry
    assert entry is not None
    return entry


def contested(user: User) -> list[Entry]:
    return [each.entry for each in disputes_for(user, size=10, most=10).contested]


def claim(country: Country) -> PageDeclaration:
    return put_forward(
        country.health, said(responsible=country.lan, administrators=[country.lan]), by=country.hr
    )


def decide(
    declaration: PageDeclaration, outcome: Literal["give", "keep"], country: Country
) -> PageDeclaration:
    return services.decide_page_dispute(
        declaration=declaration, outcome=outcome, reason=WHY, by=country.hr_province
    )


def test_a_page_of_another_agency_becomes_a_dispute_and_what_stands_goes_on(country: Country, held: Entry):
    put = claim(country)
    assert (put.kind, put.state) == (PageKind.NEW, State.DISPUTED)
    assert Entry.objects.current().get(account=put.account) == held
    assert Proposal.objects.get().facts == put.facts
    step = page_steps_of(put).get()
    assert (step.act, step.against) == (Act.CLAIM, country.culture)
    run_changed()  # judged like any other under review; but a page is not taken for itself
    assert PageComparison.objects.filter(account=put.account).count() == 2
    assert not page_handle_own.offenders(timezone.localdate(), None).exists()


def test_a_person_s_account_becomes_a_dispute_that_names_nobody(country: Country):
    theirs = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.culture))
    put = put_forward(
        country.health,
        said(responsible=country.lan, administrators=[country.lan]),
        by=country.hr,
        link=theirs.account.identifiers.get().url,
    )
    assert (put.state, page_steps_of(put).get().against) == (State.DISPUTED, None)
    assert contested(country.hr_culture) == [theirs]
    with pytest.raises(NotFoundError):
        page_sides_for(country.hr, put)


def test_each_side_sees_that_it_is_disputed_and_nothing_of_the_other(country: Country, held: Entry):
    put = claim(country)
    assert page_declaration_for(country.hr, put.public_id).state == State.DISPUTED
    assert not page_declarations_for(country.hr_culture).filter(state=State.DISPUTED).exists()
    assert disputed_among([held.account_id]) == {held.account_id}
    assert contested(country.hr_culture) == [held]
    assert not contested(country.hr)
    assert disputes_for(country.hr, size=9, most=9).claimed_pages == [put]
    with pytest.raises(NotFoundError):
        page_entry_for(country.hr, held.account.public_id)


def test_citizens_are_answered_by_what_stands_alone(country: Country, held: Entry):
    before = answer(read_question(LINK))
    put = claim(country)
    assert disputed_among([held.account_id])
    during = answer(read_question(LINK))
    assert (during.verdict, during.pages) == (Verdict.OFFICIAL, before.pages)
    assert [page["agency"] for page in during.pages] == [country.culture.pk]
    decide(put, "give", country)
    after = answer(read_question(LINK))
    assert [page["agency"] for page in after.pages] == [country.health.pk]


def test_is_decided_above_both_sides_only(country: Country, held: Entry):
    put = claim(country)
    for user in (country.hr, country.hr2, country.hr_culture, country.hr_elsewhere, country.lan_login):
        assert not page_disputes_to_decide(user).exists()
        assert not page_policies.may_decide_dispute(user, put)
        with pytest.raises(RegistryError):
            services.decide_page_dispute(declaration=put, outcome="give", reason=WHY, by=user)
    above = officer(country.government, "Hồ Thị Sáu")
    assert list(page_disputes_to_decide(above)) == [put]
    assert list(page_disputes_to_decide(country.hr_province)) == [put]
    sides = page_sides_for(country.hr_province, put)
    assert (sides.standing, sides.ownership) == (held, Ownership.objects.current().get())
    assert not page_queue_for(country.hr_province).exists()


def test_who_said_what_stands_does_not_decide(country: Country, held: Entry):
    put = claim(country)
    again = put_forward_as_is(country, held)
    services.approve_page(declaration=again, by=officer(country.province, "Cao Văn Bảy"))
    assert not page_disputes_to_decide(country.hr_province).exists()
    with pytest.raises(NotAllowedError):
        decide(put, "keep", country)


def put_forward_as_is(country: Country, held: Entry) -> PageDeclaration:
    mine = held.facts.page.responsible
    assert mine is not None
    return services.put_page_forward(
        agency=country.culture,
        said=said(responsible=mine, administrators=[mine], name="Sở Văn hóa"),
        by=country.hr_province,
        account=held.account,
    )


def test_given_moves_the_page_and_lets_the_claim_stand(country: Country, held: Entry):
    given = decide(claim(country), "give", country)
    assert (given.state, given.decided_by) == (State.APPROVED, country.hr_province)
    assert Entry.objects.current().get() == given.entry
    assert Ownership.objects.current().get().agency == country.health
    assert not Proposal.objects.exists()
    assert page_entry_for(country.hr, held.account.public_id) == given.entry
    with pytest.raises(NotFoundError):
        page_entry_for(country.hr_culture, held.account.public_id)
    acts = [(step.act, step.against) for step in page_steps_of(given)]
    assert acts == [(Act.CLAIM, country.culture), (Act.GIVE, country.culture)]


def test_kept_leaves_everything_as_it_was(country: Country, held: Entry):
    kept = decide(claim(country), "keep", country)
    assert (kept.state, kept.entry) == (State.REJECTED, None)
    assert Entry.objects.current().get() == held
    assert not Proposal.objects.exists()
    assert not disputed_among([held.account_id])
    assert claim(country).state == State.DISPUTED  # whoever lost may claim anew


@pytest.mark.parametrize("outcome", ["give", "keep"])
def test_writes_why_into_the_trail_and_tells_neither_side(
    country: Country, held: Entry, outcome: Literal["give", "keep"]
):
    decided = decide(claim(country), outcome, country)
    event = AuditEvent.objects.get(act="dispute.reasoned")
    assert (event.payload["reason"], event.payload["outcome"]) == (WHY, outcome)
    assert event.subject_id == held.account_id
    assert decided.reason == ""
    assert not page_steps_of(decided).exclude(reason="").exists()


def test_without_a_reason_decides_nothing(country: Country, held: Entry):
    put = claim(country)
    with pytest.raises(RegistryError) as refused:
        services.decide_page_dispute(declaration=put, outcome="give", reason=" ", by=country.hr_province)
    assert (refused.value.code, refused.value.field) == ("reason_missing", "reason")
    put.refresh_from_db()
    assert put.state == State.DISPUTED
    assert Entry.objects.current().get() == held


def test_twice_decided_says_that_somebody_was_first(country: Country, held: Entry):
    put = claim(country)
    decide(put, "keep", country)
    with pytest.raises(RegistryError):
        decide(put, "give", country)
    assert Entry.objects.current().get() == held


def test_two_put_forward_as_new_become_a_dispute_when_the_second_is_approved(country: Country):
    mine = OfficialFactory.create(agency=country.culture)
    first = put_forward(country.culture, said(responsible=mine, administrators=[mine]), by=country.hr_culture)
    second = claim(country)
    assert (first.state, second.state) == (State.SUBMITTED, State.SUBMITTED)
    services.approve_page(declaration=first, by=country.hr_province)
    contested = services.approve_page(declaration=second, by=country.hr2)
    assert (contested.state, contested.decided_at) == (State.DISPUTED, None)
    assert Ownership.objects.current().get().agency == country.culture
    assert [step.act for step in page_steps_of(contested)] == [Act.SUBMIT, Act.CONTEST]


def test_a_returned_one_put_forward_again_is_a_dispute_where_somebody_came_to_hold_the_page(country: Country):
    returned = services.return_page(declaration=claim(country), reason="Sai tên", by=country.hr2)
    mine = OfficialFactory.create(agency=country.culture)
    theirs = put_forward(
        country.culture, said(responsible=mine, administrators=[mine]), by=country.hr_culture
    )
    services.approve_page(declaration=theirs, by=country.hr_province)
    again = services.put_page_forward_again(
        declaration=returned, said=said(responsible=country.lan, administrators=[country.lan]), by=country.hr
    )
    assert again.state == State.DISPUTED


def test_a_claim_is_withdrawn_by_its_own_side(country: Country, held: Entry):
    put = claim(country)
    with pytest.raises(NotFoundError):
        services.withdraw_page(declaration=put, by=country.hr_culture)
    assert services.withdraw_page(declaration=put, by=country.hr2).state == State.WITHDRAWN
    assert not disputed_among([held.account_id])
    with pytest.raises(ConflictError):
        services.approve_page(declaration=put, by=country.hr2)


def test_given_from_a_person_tells_them_without_a_name(country: Country):
    theirs = EntryFactory.create(facts__official=OfficialFactory.create(agency=country.culture))
    put = put_forward(
        country.health,
        said(responsible=country.lan, administrators=[country.lan]),
        by=country.hr,
        link=theirs.account.identifiers.get().url,
    )
    decide(put, "give", country)
    told = Declaration.objects.get(official=theirs.facts.official)
    assert (told.kind, told.state, told.facts) == (Kind.CLOSE, State.APPROVED, theirs.facts)


def test_when_the_holder_let_go_the_claimant_s_own_officers_decide(country: Country, held: Entry):
    put = claim(country)
    book.close(account=held.account, by=None)
    assert not page_disputes_to_decide(country.hr).exists()  # their own claim
    assert list(page_disputes_to_decide(country.hr2)) == [put]
    given = services.decide_page_dispute(declaration=put, outcome="give", reason=WHY, by=country.hr2)
    assert given.state == State.APPROVED
