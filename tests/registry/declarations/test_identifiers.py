"""The permanent id of an account: stated and looked at, recorded by HR, refused, struck out."""

from collections.abc import Callable

import pytest

from accounts import services as book
from accounts.models import Account, AccountIdentifier, Entry, Official, Proposal, Standing
from accounts.platforms import recognise
from accounts.services import find_account
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.declarations import services
from registry.declarations.models import Correction, Declaration
from registry.declarations.selectors import queue_for
from registry.declarations.states import Act, Kind, State
from registry.findings.models import Finding
from registry.findings.models import State as Found
from registry.findings.services import run_changed
from registry.users.models import User
from tests.factories import AccountFactory, DeclarationFactory, EntryFactory, OfficialFactory
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db

ID = "https://www.facebook.com/profile.php?id=100012345678901"
OTHER = "https://www.facebook.com/profile.php?id=100099999999999"


@pytest.fixture
def country() -> Country:
    return make_country()


@pytest.fixture
def account(country: Country) -> Account:
    """An account of Lan's, known by its name."""
    return EntryFactory.create(facts__official=country.lan, facts__name_shown="Trần Thị Lan").account


def stated(country: Country, account: Account, text: str = ID, by: User | None = None) -> Declaration:
    return services.state_permanent_id(
        account=account, link=recognise(text), link_text=text, by=by or country.lan_login
    )


def recorded(country: Country, account: Account, text: str = ID, by: User | None = None) -> Declaration:
    return services.record_permanent_id(
        account=account, link=recognise(text), link_text=text, by=by or country.hr
    )


def ids(account: Account) -> list[str]:
    held = AccountIdentifier.objects.current().filter(account=account, kind="permanent_id")
    return list(held.order_by("pk").values_list("key", flat=True))


def handle_finding(account: Account) -> Finding:
    return Finding.objects.get(rule="ACC-19", subject_id=account.pk)


def test_state_permanent_id_waits_for_hr_and_is_recorded_once_approved(country: Country, account: Account):
    run_changed()
    assert handle_finding(account).state == Found.UNCHECKED
    entry = Entry.objects.current().get(account=account)
    sent = stated(country, account)
    assert (sent.kind, sent.state, sent.facts, sent.link_text) == (
        Kind.IDENTIFY, State.SUBMITTED, entry.facts, ID,
    )  # fmt: skip
    assert ids(account) == []
    assert not Proposal.objects.exists()  # nothing of what the account shows is under review
    run_changed()
    assert handle_finding(account).state == Found.UNCHECKED

    services.approve(declaration=sent, by=country.hr)
    assert ids(account) == ["100012345678901"]
    sent.refresh_from_db()
    assert (sent.state, sent.entry, sent.decided_by) == (State.APPROVED, entry, country.hr)
    assert Entry.objects.current().get(account=account) == entry  # what stood goes on standing
    assert find_account(recognise(ID)) == account
    run_changed()
    assert handle_finding(account).state == Found.RESOLVED
    event = AuditEvent.objects.get(act="identifier.recorded")
    assert (event.subject_id, event.actor_id) == (account.pk, country.hr.pk)


def test_state_permanent_id_is_decided_by_another_officer(country: Country, account: Account):
    sent = stated(country, account)
    assert sent in queue_for(country.hr)
    assert sent not in queue_for(country.lan_login)
    with pytest.raises(NotAllowedError):
        services.approve(declaration=sent, by=country.lan_login)
    with pytest.raises(NotFoundError):
        services.approve(declaration=sent, by=country.hr_culture)


def test_state_permanent_id_of_what_hr_registered_is_decided_by_the_same_officer_too(country: Country):
    services.register_on_behalf(
        official=country.lan, link=recognise("https://www.facebook.com/lan.y.te"), statement={}, by=country.hr
    )
    account = Entry.objects.current().get().account
    sent = stated(country, account)  # by Lan: that the officer stated the facts once does not matter
    assert sent in queue_for(country.hr)
    services.approve(declaration=sent, by=country.hr)
    assert Entry.objects.current().get(account=account).standing == Standing.UNCONFIRMED


def test_state_permanent_id_again_corrects_what_was_returned(country: Country, account: Account):
    sent = stated(country, account, OTHER)
    services.return_(declaration=sent, reasons={"link": "Trang khác"}, by=country.hr)
    again = stated(country, account)
    assert again == sent
    again.refresh_from_db()
    assert (again.state, again.kind, again.link_text, again.reasons) == (
        State.SUBMITTED, Kind.IDENTIFY, ID, {},
    )  # fmt: skip
    assert not Correction.objects.exists()
    services.approve(declaration=again, by=country.hr)
    assert ids(account) == ["100012345678901"]


def test_state_permanent_id_can_be_taken_back(country: Country, account: Account):
    services.withdraw(declaration=stated(country, account), by=country.lan_login)
    assert ids(account) == []
    assert stated(country, account).state == State.SUBMITTED


def test_state_permanent_id_while_another_declaration_is_under_way_is_refused(
    country: Country, account: Account
):
    url = account.identifiers.get().url
    DeclarationFactory.create(official=country.lan, by=country.lan_login, url=url)
    with pytest.raises(RegistryError) as refused:
        stated(country, account)
    assert refused.value.code == "already_open"
    assert Declaration.objects.count() == 1


def test_state_permanent_id_is_the_persons_own(country: Country, account: Account):
    for by, error in ((country.hr, NotAllowedError), (country.hr_culture, NotFoundError)):
        with pytest.raises(error):
            stated(country, account, by=by)
    with pytest.raises(NotFoundError):
        stated(country, AccountFactory.create())  # nobody's
    assert not Declaration.objects.exists()


def test_save_draft_of_a_stated_id_is_refused(country: Country, account: Account):
    sent = stated(country, account)
    services.return_(declaration=sent, reasons={"": "Xem lại"}, by=country.hr)
    sent.refresh_from_db()
    with pytest.raises(ConflictError) as refused:
        services.save_draft(
            official=country.lan, link=recognise(OTHER), statement={}, by=country.lan_login, declaration=sent
        )
    assert refused.value.code == "not_now"


def test_approve_of_an_id_that_became_anothers_is_refused_and_records_nothing(
    country: Country, account: Account
):
    sent = stated(country, account)
    recorded(country, EntryFactory.create(facts__official=_colleague(country)).account)
    with pytest.raises(ConflictError) as refused:
        services.approve(declaration=sent, by=country.hr)
    assert refused.value.code == "known_as_another"
    sent.refresh_from_db()
    assert (sent.state, ids(account)) == (State.SUBMITTED, [])
    services.return_(declaration=sent, reasons={"link": "Trang khác"}, by=country.hr)


def test_approve_after_the_account_was_given_away_records_nothing(country: Country, account: Account):
    sent = stated(country, account)
    book.transfer(account=account, to=_colleague(country), by=None)
    with pytest.raises(ConflictError) as refused:
        services.approve(declaration=sent, by=country.hr)
    assert refused.value.code == "not_registered"
    assert ids(account) == []


def test_record_permanent_id_by_hr_holds_at_once_and_is_told(country: Country, account: Account):
    declaration = recorded(country, account)
    assert ids(account) == ["100012345678901"]
    assert (declaration.state, declaration.on_behalf, declaration.kind) == (
        State.APPROVED, True, Kind.IDENTIFY,
    )  # fmt: skip
    step = declaration.steps.get()
    assert (step.act, step.by, step.told_at) == (Act.REGISTER, country.hr, None)
    (news,) = services.take_news(limit=5)
    assert (news.official_id, news.kind) == (country.lan.pk, Kind.IDENTIFY)


def test_record_permanent_id_is_for_hr_of_the_branch_and_not_for_oneself(country: Country, account: Account):
    with pytest.raises(NotFoundError):
        recorded(country, account, by=country.hr_culture)
    with pytest.raises(NotAllowedError) as refused:
        recorded(country, account, by=country.lan_login)
    assert refused.value.code == "own_registration"
    with pytest.raises(NotFoundError):
        recorded(country, AccountFactory.create())
    assert ids(account) == []


def test_record_permanent_id_the_person_stated_themselves_is_left_to_the_decision(
    country: Country, account: Account
):
    sent = stated(country, account, OTHER)
    with pytest.raises(RegistryError) as refused:
        recorded(country, account)
    assert (refused.value.code, refused.value.extra) == (
        "already_stated", {"declaration": str(sent.public_id)},
    )  # fmt: skip
    services.return_(declaration=sent, reasons={"link": "Trang khác"}, by=country.hr)
    recorded(country, account)  # the officer has found it out otherwise
    assert ids(account) == ["100012345678901"]


def test_record_permanent_id_of_a_persons_draft_tells_hr_nothing(country: Country, account: Account):
    DeclarationFactory.create(official=country.lan, by=country.lan_login, url=account.identifiers.get().url)
    recorded(country, account)
    assert ids(account) == ["100012345678901"]


@pytest.mark.parametrize("act", [stated, recorded])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("https://www.facebook.com/ten.khac", "no_permanent_id"),
        ("https://www.youtube.com/channel/UC" + "a" * 22, "other_platform"),
    ],
)
def test_permanent_id_that_is_none_is_refused(
    country: Country, account: Account, act: Callable[..., Declaration], text: str, code: str
):
    with pytest.raises(RegistryError) as refused:
        act(country, account, text)
    assert (refused.value.code, refused.value.field) == (code, "link")
    assert not Declaration.objects.exists()


@pytest.mark.parametrize("act", [stated, recorded])
def test_permanent_id_on_record_already_is_refused(
    country: Country, account: Account, act: Callable[..., Declaration]
):
    recorded(country, account)
    with pytest.raises(RegistryError) as refused:
        act(country, account)
    assert refused.value.code == "known_already"
    act(country, account, OTHER)  # a page may have two


@pytest.mark.parametrize("act", [stated, recorded])
def test_permanent_id_of_another_account_is_refused_and_names_nobody(
    country: Country, account: Account, act: Callable[..., Declaration]
):
    held = EntryFactory.create(
        facts__official=OfficialFactory.create(agency=country.elsewhere, full_name="Hồ Quý Ly"),
        facts__account=book.account_for(link=recognise(ID), by=None),
    )
    messages = set()
    for _turn in range(2):
        with pytest.raises(ConflictError) as refused:
            act(country, account)
        assert (refused.value.code, refused.value.extra) == ("known_as_another", {})
        messages.add(str(refused.value))
        book.close(account=held.account, by=None)  # held or nobody's any more: no difference is told
    (message,) = messages
    assert "Ly" not in message
    assert ids(account) == []
    # The way the refusal points to: declared by that link, it is a dispute while somebody holds it.
    book.enter(facts=held.facts, standing=Standing.CONFIRMED, by=None)
    claim = DeclarationFactory.create(official=country.lan, by=country.lan_login, url=ID, submitted=True)
    assert claim.state == State.DISPUTED


@pytest.mark.parametrize("act", [stated, recorded])
def test_permanent_id_of_another_account_of_the_same_person_says_so(
    country: Country, account: Account, act: Callable[..., Declaration]
):
    EntryFactory.create(
        facts__official=country.lan, facts__account=book.account_for(link=recognise(ID), by=None)
    )
    with pytest.raises(RegistryError) as refused:
        act(country, account)
    assert refused.value.code == "own_other"


def test_strike_permanent_id_by_hr_makes_it_unchecked_again(country: Country, account: Account):
    recorded(country, account)
    run_changed()
    assert not Finding.objects.filter(rule="ACC-19", subject_id=account.pk, state=Found.UNCHECKED).exists()
    identifier = AccountIdentifier.objects.current().get(account=account, kind="permanent_id")
    for by, error in ((country.hr_culture, NotFoundError), (country.lan_login, NotAllowedError)):
        with pytest.raises(error):
            services.strike_permanent_id(identifier=identifier, by=by)
    services.strike_permanent_id(identifier=identifier, by=country.hr2)
    assert ids(account) == []
    run_changed()
    assert handle_finding(account).state == Found.UNCHECKED


def test_declaring_by_a_link_with_the_id_records_it(country: Country):
    sent = DeclarationFactory.create(official=country.lan, by=country.lan_login, url=ID, submitted=True)
    services.approve(declaration=sent, by=country.hr)
    assert ids(sent.account) == ["100012345678901"]
    run_changed()
    assert not Finding.objects.filter(rule="ACC-19", subject_id=sent.account_id).exists()


def _colleague(country: Country) -> Official:
    return OfficialFactory.create(agency=country.health, full_name="Đỗ Văn Bình")
