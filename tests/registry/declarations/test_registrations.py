"""Registrations by the list, as an import makes them."""

import pytest

from accounts.models import Entry, Proposal, Standing
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotFoundError
from registry.declarations import selectors, services
from registry.declarations.models import Declaration, Step
from registry.declarations.services import Registration
from registry.declarations.states import Act, Kind, State
from tests.factories import (
    DeclarationFactory,
    DeclaredFactsFactory,
    EntryFactory,
    OfficialFactory,
    PhotoFactory,
)
from tests.registry.declarations.test_transitions import somebody_elses
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


def registered(country: Country, count: int) -> list[Entry]:
    return EntryFactory.create_batch(count, facts__official=country.lan, standing=Standing.UNCONFIRMED)


def row(entry: Entry, country: Country, **more: object) -> Registration:
    return Registration(country.lan.pk, entry.account_id, entry.facts_id, entry.pk, **more)  # type: ignore[arg-type]


def test_record_registrations_writes_what_one_by_one_would():
    country = make_country()
    entries = registered(country, 3)
    theirs = somebody_elses(country)
    claim = DeclaredFactsFactory.create(account=theirs.account, official=country.lan)
    rows = [row(entry, country, link_text="https://fb.com/tab\there") for entry in entries]
    rows[0] = row(entries[0], country, is_change=True)
    rows.append(Registration(country.lan.pk, theirs.account_id, claim.pk, None))
    assert services.record_registrations(rows=iter(rows), by=country.hr) == 4
    made = {item.facts_id: item for item in Declaration.objects.all()}
    assert made[entries[0].facts_id].kind == Kind.CHANGE
    one = made[entries[1].facts_id]
    assert (one.state, one.entry, one.on_behalf, one.decided_by) == (
        State.APPROVED, entries[1], True, country.hr,
    )  # fmt: skip
    assert one.link_text == "https://fb.com/tab\there"
    disputed = made[claim.pk]
    assert (disputed.state, disputed.entry, disputed.decided_by) == (State.DISPUTED, None, None)
    assert Proposal.objects.filter(facts=claim).exists()
    assert Step.objects.filter(act=Act.REGISTER, version=1, by=country.hr).count() == 4
    assert AuditEvent.objects.get(act="declaration.registered_list").payload == {
        "declarations": 4,
        "disputed": 1,
    }
    # and a list registered later does not touch these steps again
    more = registered(country, 2)
    services.record_registrations(rows=[row(entry, country) for entry in more], by=country.hr)
    assert Step.objects.count() == 6
    assert selectors.to_confirm(country.lan_login).count() == 5


def test_undo_registrations_when_one_was_built_upon_undoes_none():
    country = make_country()
    entries = registered(country, 2)
    services.record_registrations(rows=[row(entry, country) for entry in entries], by=country.hr)
    facts = [entry.facts_id for entry in entries]
    Declaration.objects.filter(facts=facts[0]).update(version=2)
    with pytest.raises(ConflictError) as refused:
        services.undo_registrations(facts_ids=facts, by=country.hr)
    assert refused.value.extra == {"count": 1}
    assert Declaration.objects.filter(state=State.APPROVED).count() == 2


def test_photo_for_lets_through_the_person_and_the_branch_only():
    country = make_country()
    photo = PhotoFactory.create()
    draft = DeclarationFactory.create(official=country.lan, by=country.lan_login, photo=photo)
    assert selectors.photo_for(country.lan_login, photo.public_id) == photo
    for user in (country.hr, country.hr_culture):
        with pytest.raises(NotFoundError):
            selectors.photo_for(user, photo.public_id)
    services.submit(declaration=draft, by=country.lan_login)
    assert selectors.photo_for(country.hr, photo.public_id) == photo
    with pytest.raises(NotFoundError):
        selectors.photo_for(country.hr_culture, photo.public_id)


def test_entry_for_lets_through_the_person_and_the_branch_only():
    country = make_country()
    entry = registered(country, 1)[0]
    outsider = OfficialFactory.create(agency=country.health)
    assert selectors.entry_for(country.hr, entry.account.public_id) == entry
    assert selectors.entry_for(country.lan_login, entry.account.public_id) == entry
    country.hr_culture.official = outsider
    country.hr_culture.save()
    with pytest.raises(NotFoundError):
        selectors.entry_for(country.hr_culture, entry.account.public_id)
