"""What a citizen may see of pages: agencies' own, former ones, fakes; and no way to a person's account."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts import services
from accounts.models import Account, Agency, Official, Standing, SuccessionKind
from accounts.platforms import recognise
from accounts.public_pages import fake_pages, former_pages, page_identifiers, public_pages
from common.errors import ConflictError, RegistryError
from tests.factories import AccountFactory, AgencyFactory, EntryFactory, OfficialFactory, SuccessionFactory

pytestmark = pytest.mark.django_db

CANARY = "https://www.facebook.com/canary.of.a.person"


@pytest.fixture
def agency() -> Agency:
    return AgencyFactory.create(name="Sở Y tế")


def page(agency: Agency, url: str = "https://www.facebook.com/soyte", **said: Any) -> Account:
    """A page that stands."""
    account = services.account_for(link=recognise(url), by=None)
    facts = services.state_page(
        account=account, agency=agency, name_shown="Sở Y tế", administrators=[], by=None, **said
    )
    services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    return account


def everything() -> str:
    rows = [*public_pages(), *former_pages(), *fake_pages(), *page_identifiers()]
    return repr(rows)


def test_public_pages_show_the_agency_s_words_and_who_answers(agency: Agency):
    head = OfficialFactory.create(agency=agency, full_name="Trần Thị Lan", position="Giám đốc")
    page(agency, responsible=head, responsible_role="head", contact_phone="1022", badge="blue")
    shown = public_pages().get()
    assert (shown["responsible_name"], shown["responsible_position"], shown["responsible_role"]) == (
        "Trần Thị Lan",
        "Giám đốc",
        "head",
    )
    assert (shown["agency_name"], shown["contact_phone"], shown["badge"]) == ("Sở Y tế", "1022", "blue")


def test_public_pages_name_nobody_who_is_not_in_post_there(agency: Agency):
    other = AgencyFactory.create()
    head = OfficialFactory.create(agency=agency)
    page(agency, responsible=head, responsible_role="head")
    services.amend_official(official=head, by=None, agency=other)
    shown = public_pages().get()
    assert (shown["responsible_name"], shown["responsible_role"]) == (None, "")


def test_public_pages_have_nothing_unconfirmed_or_under_review(agency: Agency):
    account = services.account_for(link=recognise("https://www.facebook.com/soyte"), by=None)
    facts = services.state_page(account=account, agency=agency, name_shown="", administrators=[], by=None)
    services.propose(facts=facts)
    assert not public_pages().exists()
    services.enter(facts=facts, standing=Standing.UNCONFIRMED, by=None)
    assert not public_pages().exists()


def test_no_read_leads_to_a_person_s_account_or_to_an_administrator(agency: Agency):
    runs = OfficialFactory.create(agency=agency, full_name="Người Quản Trị")
    account = page(agency)
    facts = services.state_page(
        account=account, agency=agency, name_shown="Sở Y tế", administrators=[runs], by=None
    )
    services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    EntryFactory.create(facts__official=runs, facts__account=AccountFactory.create(url=CANARY))
    said = everything()
    assert "canary" not in said
    assert "Người Quản Trị" not in said
    assert str(runs.public_id) not in said


def test_identifiers_a_person_gave_an_account_later_are_not_the_page_s(agency: Agency):
    account = page(agency, "https://www.facebook.com/profile.php?id=100064000000001")
    services.close(account=account, by=None)
    person: Official = OfficialFactory.create(agency=agency)
    facts = services.state_facts(account=account, official=person, by=None, name_shown="Mẹ Bắp")
    services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    services.record_handle(account=account, link=recognise(CANARY), by=None)
    former = former_pages().get()
    assert (former["name_shown"], former["moved_to"]) == ("Sở Y tế", None)
    assert {row["kind"] for row in page_identifiers()} == {"permanent_id"}
    assert "canary" not in everything()
    assert "Mẹ Bắp" not in everything()


def test_former_pages_say_until_when_and_what_became_of_the_agency(agency: Agency):
    heir = AgencyFactory.create(name="Sở Y tế và Xã hội")
    account = page(agency)
    before = timezone.now()
    services.close(account=account, by=None)
    SuccessionFactory.create(predecessor=agency, successor=heir, kind=SuccessionKind.MERGED)
    gone = former_pages().get()
    assert (gone["moved_to"], gone["became"], gone["became_name"]) == (None, heir.pk, "Sở Y tế và Xã hội")
    assert before < gone["until"] <= timezone.now()
    assert public_pages(as_of=before).get()["account"] == account.pk
    assert not former_pages(as_of=before).exists()


def test_former_pages_say_where_a_page_went_and_not_what_came_back(agency: Agency):
    other = AgencyFactory.create(name="Sở Nội vụ")
    account = page(agency)
    services.transfer(account=account, to=other, by=None)
    assert former_pages().get()["moved_to_name"] == "Sở Nội vụ"
    services.transfer(account=account, to=agency, by=None)
    facts = services.state_page(account=account, agency=agency, name_shown="Sở", administrators=[], by=None)
    services.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    assert not former_pages().filter(agency=agency).exists()


def test_fake_pages_are_those_the_agency_confirmed_until_it_takes_it_back(agency: Agency):
    link = recognise("https://www.facebook.com/soyte.gia")
    fake = services.confirm_fake(link=link, agency=agency, by=None, name_shown="Sở Y tế ✓")
    shown = fake_pages().get()
    assert (shown["agency_name"], shown["name_shown"]) == ("Sở Y tế", "Sở Y tế ✓")
    assert page_identifiers().get()["url"] == link.url
    with pytest.raises(ConflictError):
        services.confirm_fake(link=link, agency=agency, by=None)
    before = timezone.now()
    services.withdraw_fake(fake=fake, by=None)
    assert not fake_pages().exists()
    assert fake_pages(as_of=before).exists()


def test_fake_pages_are_silent_once_a_person_declares_the_account(agency: Agency):
    account = AccountFactory.create(url=CANARY)
    services.confirm_fake(link=recognise(CANARY), agency=agency, by=None)
    EntryFactory.create(facts__account=account)
    assert "canary" not in everything()


def test_confirm_fake_on_a_day_to_come_is_refused(agency: Agency):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(RegistryError) as refused:
        services.confirm_fake(link=recognise(CANARY), agency=agency, by=None, confirmed_on=tomorrow)
    assert refused.value.code == "in_the_future"
