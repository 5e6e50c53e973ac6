"""Pages of agencies: who may put one forward and decide, and what is refused."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts import services as book
from accounts.models import Entry, PageComparison, PageFacts, Proposal, ResponsibleRole, StandingCode
from accounts.platforms import recognise
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.declarations import services
from registry.declarations.models import PageDeclaration
from registry.declarations.page_selectors import page_declaration_for, page_entry_for
from registry.declarations.states import PageKind, State
from registry.findings.services import run_changed
from registry.users.models import User
from tests.factories import EntryFactory, OfficialFactory, SuccessionFactory
from tests.registry.pages import put_forward, said
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    return make_country()


def whole(country: Country, **changes: Any) -> Any:
    facts: dict[str, Any] = {"responsible": country.lan, "administrators": [country.lan]}
    return said(**(facts | changes))


def test_put_page_forward_keeps_what_was_said_and_lets_nothing_stand(country: Country):
    declared = put_forward(country.health, whole(country), by=country.hr)
    kept = PageFacts.objects.get(facts=declared.facts)
    assert (kept.contact_phone, kept.responsible, kept.responsible_role) == (
        "+842438234567",
        country.lan,
        ResponsibleRole.HEAD,
    )
    assert not Entry.objects.exists()
    run_changed()
    assert PageComparison.objects.get().standing == StandingCode.DRAFT
    assert AuditEvent.objects.filter(act="page.submit").count() == 1


@pytest.mark.parametrize("who", ["hr_culture", "hr_elsewhere", "lan_login"])
def test_put_page_forward_by_whom_it_is_not_is_not_found(country: Country, who: str):
    with pytest.raises(NotFoundError):
        put_forward(country.health, whole(country), by=getattr(country, who))


def test_approve_page_is_refused_to_who_put_it_forward(country: Country):
    declared = put_forward(country.health, whole(country), by=country.hr)
    with pytest.raises(NotAllowedError) as refused:
        services.approve_page(declaration=declared, by=country.hr)
    assert refused.value.code == "own_declaration"
    assert services.approve_page(declaration=declared, by=country.hr_province).state == State.APPROVED


def test_approve_page_after_somebody_was_first_says_who(country: Country):
    declared = put_forward(country.health, whole(country), by=country.hr)
    services.return_page(declaration=declared, reason="Thiếu quyết định", by=country.hr2)
    with pytest.raises(ConflictError) as refused:
        services.approve_page(declaration=declared, by=country.hr_province)
    assert refused.value.code == "decided_already"
    assert country.hr2.get_full_name() in str(refused.value.message)


def test_return_page_wants_a_reason_and_lets_it_be_put_forward_again(country: Country):
    declared = put_forward(country.health, whole(country), by=country.hr)
    with pytest.raises(RegistryError) as refused:
        services.return_page(declaration=declared, reason=" ", by=country.hr2)
    assert refused.value.code == "reason_missing"
    returned = services.return_page(declaration=declared, reason="Sai tên", by=country.hr2)
    assert not Proposal.objects.exists()
    again = services.put_page_forward_again(
        declaration=returned, said=whole(country, name="Sở Y tế tỉnh"), by=country.hr
    )
    assert (again.state, again.reason, again.facts.name_shown) == (State.SUBMITTED, "", "Sở Y tế tỉnh")
    assert Proposal.objects.get().facts == again.facts


def test_withdraw_page_ends_the_review(country: Country):
    declared = put_forward(country.health, whole(country), by=country.hr)
    assert services.withdraw_page(declaration=declared, by=country.hr).state == State.WITHDRAWN
    assert not Proposal.objects.exists()
    with pytest.raises(ConflictError):
        services.approve_page(declaration=declared, by=country.hr2)


def test_put_page_forward_twice_is_refused_with_the_one_under_way(country: Country):
    declared = put_forward(country.health, whole(country), by=country.hr)
    with pytest.raises(ConflictError) as refused:
        put_forward(country.health, whole(country), by=country.hr2)
    assert refused.value.extra == {"declaration": str(declared.public_id)}


def test_page_of_another_branch_is_transferred_only_where_it_merged_into_this(country: Country):
    declared = put_forward(country.health, whole(country), by=country.hr)
    services.approve_page(declaration=declared, by=country.hr2)
    mine = OfficialFactory.create(agency=country.culture)
    theirs = said(responsible=mine, administrators=[mine], name="Sở Văn hóa")
    claim = put_forward(country.culture, theirs, by=country.hr_culture)
    assert (claim.kind, claim.state) == (PageKind.NEW, State.DISPUTED)
    services.withdraw_page(declaration=claim, by=country.hr_culture)
    SuccessionFactory.create(predecessor=country.health, successor=country.culture, on=timezone.localdate())
    moved = put_forward(country.culture, theirs, by=country.hr_culture)
    assert moved.kind == PageKind.TRANSFER
    services.approve_page(declaration=moved, by=country.hr_province)
    owner = book.owner_of(moved.account)
    assert owner is not None
    assert owner.agency == country.culture


def test_confirm_page_is_the_agency_s_own_word(country: Country):
    declared = put_forward(country.health, whole(country), by=country.hr)
    entry = services.approve_page(declaration=declared, by=country.hr2).entry
    assert entry is not None
    confirmed = services.confirm_page(entry=entry, by=country.hr)
    assert confirmed.confirmed_at is not None
    assert confirmed.confirmed_at > entry.recorded_from
    with pytest.raises(NotFoundError):
        services.confirm_page(entry=confirmed, by=country.hr_culture)


@pytest.mark.parametrize(
    ("changes", "code", "field"),
    [
        ({"name": "  "}, "name_missing", "name_shown"),
        ({"contact_phone": "12"}, "bad_phone", "contact_phone"),
        ({"contact_email": "lienhe(at)gov.vn"}, "bad_email", "contact_email"),
        ({"contact_email": "soyte@gmail.com"}, "email_elsewhere", "contact_email"),
        ({"contact_email": "a@gov.vn.example.com"}, "email_elsewhere", "contact_email"),
        ({"portal_url": "https://facebook.com/soyte"}, "portal_elsewhere", "portal_url"),
        ({"portal_url": "javascript:alert(1)"}, "portal_elsewhere", "portal_url"),
        ({"badge": "purple"}, "unknown_code", "badge"),
        ({"responsible_role": ""}, "role_missing", "responsible_role"),
        ({"decision_on": timezone.localdate() + timedelta(days=2)}, "in_the_future", "decision_on"),
        ({"feedback": "x" * 1001}, "too_long", "feedback"),
    ],
)
def test_put_page_forward_refuses_at_the_field(
    country: Country, changes: dict[str, Any], code: str, field: str
):
    with pytest.raises(RegistryError) as refused:
        put_forward(country.health, whole(country, **changes), by=country.hr)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not PageDeclaration.objects.exists()


def test_put_page_forward_with_somebody_of_another_branch_is_refused(country: Country):
    stranger = OfficialFactory.create(agency=country.culture)
    for changes, field in (
        ({"administrators": [country.lan, stranger]}, "administrators"),
        ({"responsible": stranger}, "responsible"),
    ):
        with pytest.raises(RegistryError) as refused:
            put_forward(country.health, whole(country, **changes), by=country.hr)
        assert (refused.value.code, refused.value.field) == ("not_in_post", field)


def test_email_on_the_domain_of_a_recorded_portal_is_official(country: Country):
    book.amend_agency(agency=country.province, by=None, portal_url="https://www.tinhmot.vn/")
    declared = put_forward(country.health, whole(country, contact_email="a@soyte.tinhmot.vn"), by=country.hr)
    assert declared.state == State.SUBMITTED


def test_confirm_fake_is_the_agency_s_word_and_can_be_taken_back(country: Country):
    link = recognise("https://www.facebook.com/soyte.gia.mao")
    with pytest.raises(NotFoundError):
        services.confirm_fake(agency=country.health, link=link, by=country.hr_elsewhere)
    fake = services.confirm_fake(agency=country.health, link=link, by=country.hr, name_shown="Sở Y tế ✓")
    with pytest.raises(ConflictError):
        services.confirm_fake(agency=country.health, link=link, by=country.hr)
    services.withdraw_fake(fake=fake, by=country.hr2)
    fake.refresh_from_db()
    assert fake.recorded_until is not None


def test_confirm_fake_of_what_is_in_the_register_is_refused(country: Country):
    held = EntryFactory.create(facts__official=country.lan)
    with pytest.raises(ConflictError) as refused:
        services.confirm_fake(
            agency=country.culture, link=recognise(held.account.identifiers.get().url), by=country.hr_culture
        )
    assert refused.value.code == "in_the_register"


def test_pages_are_read_by_officers_of_the_branch_alone(country: Country):
    declared = put_forward(country.health, whole(country), by=country.hr)
    services.approve_page(declaration=declared, by=country.hr2)

    def read(user: User) -> None:
        page_entry_for(user, declared.account.public_id)
        page_declaration_for(user, declared.public_id)

    read(country.hr)
    read(country.hr_province)
    for user in (country.hr_culture, country.hr_elsewhere, country.lan_login):
        with pytest.raises(NotFoundError):
            page_entry_for(user, declared.account.public_id)
        with pytest.raises(NotFoundError):
            page_declaration_for(user, declared.public_id)
