"""Every pair of state and act: what the table allows happens, and nothing else does."""

from itertools import product
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from accounts import services as book
from accounts.models import Entry, Proposal, Standing
from accounts.platforms import recognise
from common.audit.models import AuditEvent
from common.errors import RegistryError
from registry.declarations import services
from registry.declarations.models import Declaration, Step
from registry.declarations.services.steps import move
from registry.declarations.states import OPEN, UNDER_REVIEW, Act, State
from registry.declarations.transitions import TRANSITIONS, after, possible
from tests.factories import DeclarationFactory, EntryFactory, OfficialFactory
from tests.registry.people import Country, make_country

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

URL = "https://www.facebook.com/tran.thi.lan.y.te"
# Acts that only come about by another: their service is the other's.
OUTWARD = [act for act in Act if act not in {Act.REGISTER, Act.CONTEST, Act.CLAIM}]


def somebody_elses(country: Country, url: str = URL) -> Entry:
    """Let the account be somebody's in another department."""
    owner = OfficialFactory.create(agency=country.culture, full_name="Hồ Quý Ly")
    account = book.account_for(link=recognise(url), by=None)
    return EntryFactory.create(facts__account=account, facts__official=owner)


def in_state(country: Country, state: State) -> Declaration:
    """Bring a declaration of Lan's into a state by real acts only."""
    lan = country.lan_login
    if state in {State.DISPUTED, State.REJECTED}:
        somebody_elses(country)
    draft = DeclarationFactory.create(official=country.lan, by=lan, url=URL)
    if state == State.DRAFT:
        return draft
    if state == State.WITHDRAWN:
        return services.withdraw(declaration=draft, by=lan)
    put = services.submit(declaration=draft, by=lan)
    if state == State.RETURNED:
        return services.return_(declaration=put, reasons={"photo": "Ảnh mờ"}, by=country.hr)
    if state == State.APPROVED:
        return services.approve(declaration=put, by=country.hr)
    if state == State.REJECTED:
        return services.decide_dispute(
            declaration=put, outcome="keep", reason="Đã gọi điện hỏi", by=country.hr_province
        )
    return put


def perform(act: Act, declaration: Declaration, country: Country) -> Declaration | int:
    """Do one act by the service that does it, as whoever may do it."""
    lan = country.lan_login
    acts: dict[Act, Callable[[], Declaration | int]] = {
        Act.SAVE: lambda: services.save_draft(
            official=country.lan, link=recognise(URL), statement={}, by=lan, declaration=declaration
        ),
        Act.SUBMIT: lambda: services.submit(declaration=declaration, by=lan),
        Act.APPROVE: lambda: services.approve(declaration=declaration, by=country.hr),
        Act.RETURN: lambda: services.return_(declaration=declaration, reasons={"": "Xem lại"}, by=country.hr),
        Act.WITHDRAW: lambda: services.withdraw(declaration=declaration, by=lan),
        Act.GIVE: lambda: services.decide_dispute(
            declaration=declaration, outcome="give", reason="Đã gọi điện hỏi", by=country.hr_province
        ),
        Act.KEEP: lambda: services.decide_dispute(
            declaration=declaration, outcome="keep", reason="Đã gọi điện hỏi", by=country.hr_province
        ),
        # Only what an import registered can be undone; a person's own declaration never, in any state.
        Act.UNDO: lambda: services.undo_registrations(facts_ids=[declaration.facts_id], by=country.hr),
    }
    return acts[act]()


@pytest.mark.parametrize(("state", "act"), list(product(State, OUTWARD)))
def test_every_act_in_every_state(state: State, act: Act):
    country = make_country()
    declaration = in_state(country, state)
    before = Declaration.objects.filter(pk=declaration.pk).values().get()
    steps = Step.objects.count()
    entries = list(Entry.objects.order_by("pk").values())
    allowed = (state, act) in TRANSITIONS and act is not Act.UNDO
    if not allowed:
        with pytest.raises(RegistryError):
            perform(act, declaration, country)
        assert Declaration.objects.filter(pk=declaration.pk).values().get() == before
        assert Step.objects.count() == steps
        assert list(Entry.objects.order_by("pk").values()) == entries
        return
    perform(act, declaration, country)
    declaration.refresh_from_db()
    assert declaration.state == TRANSITIONS[state, act]
    assert declaration.version == before["version"] + 1
    last = Step.objects.get(declaration=declaration, version=declaration.version)
    assert (last.act, last.state) == (act, declaration.state)
    assert Proposal.objects.filter(facts=declaration.facts).exists() == (declaration.state in UNDER_REVIEW)
    event = AuditEvent.objects.filter(act=f"declaration.{act}").latest("pk")
    assert event.subject_id == country.lan.pk
    assert event.payload["declaration"] == str(declaration.public_id)


@pytest.mark.parametrize(("state", "act"), list(product(State, Act)))
def test_move_by_the_table_alone(state: State, act: Act):
    """The lowest door refuses too, so that no service can forget the table."""
    country = make_country()
    declaration = in_state(country, state)
    if (state, act) not in TRANSITIONS:
        with pytest.raises(RegistryError) as refusal:
            move(declaration, act, by=country.hr_province)
        assert refusal.value.code == "not_now"
        return
    assert after(state, act) == TRANSITIONS[state, act]
    assert act in possible(state)


def test_nothing_leaves_an_ended_state_but_the_undoing_of_an_import():
    ended = {state for state in State if state not in OPEN}
    assert {pair for pair in TRANSITIONS if pair[0] in ended} == {(State.APPROVED, Act.UNDO)}


@pytest.mark.parametrize("state", [State.APPROVED, State.DISPUTED])
def test_undo_of_a_registration(state: State):
    country = make_country()
    if state is State.DISPUTED:
        somebody_elses(country)
    made = services.register_on_behalf(official=country.lan, link=recognise(URL), statement={}, by=country.hr)
    assert made.state == state
    assert services.undo_registrations(facts_ids=[made.facts_id], by=country.hr) == 1
    made.refresh_from_db()
    assert made.state == State.WITHDRAWN
    assert not Proposal.objects.filter(facts=made.facts).exists()
    with pytest.raises(RegistryError) as refusal:
        services.undo_registrations(facts_ids=[made.facts_id], by=country.hr)
    assert refusal.value.code == "built_upon"


def test_contest_when_somebody_came_to_hold_the_account_before_the_approval():
    country = make_country()
    declaration = in_state(country, State.SUBMITTED)
    theirs = somebody_elses(country)
    approved = services.approve(declaration=declaration, by=country.hr)
    assert approved.state == State.DISPUTED
    assert Entry.objects.current().get(account=declaration.account) == theirs
    assert Proposal.objects.filter(facts=declaration.facts).exists()


def test_claim_after_a_return_when_somebody_came_to_hold_the_account():
    country = make_country()
    declaration = in_state(country, State.RETURNED)
    somebody_elses(country)
    assert services.submit(declaration=declaration, by=country.lan_login).state == State.DISPUTED


def test_approve_lets_the_facts_stand_confirmed():
    country = make_country()
    approved = in_state(country, State.APPROVED)
    entry = Entry.objects.current().get(account=approved.account)
    assert approved.entry == entry
    assert (entry.facts, entry.standing) == (approved.facts, Standing.CONFIRMED)
    assert entry.confirmed_at is not None
    assert entry.confirmed_at <= timezone.now()
