"""A returned declaration being corrected: its author sees the correction, HR what was put before it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import IntegrityError, connection

from accounts.models import DeclaredFacts
from accounts.platforms import recognise
from accounts.services import Statement
from common.audit.models import AuditEvent
from common.errors import NotFoundError, RegistryError
from registry.declarations import selectors, services
from registry.declarations.commitments import CURRENT
from registry.declarations.models import Correction, Declaration
from registry.declarations.states import Kind, State
from tests.factories import DeclarationFactory, PhotoFactory
from tests.registry.declarations.test_transitions import URL, in_state, somebody_elses
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db

OTHER = "https://www.tiktok.com/@lan.y.te"
SAID: Statement = {"name_shown": "Lan sửa", "commitments": list(CURRENT)}


def correct(country: Country, returned: Declaration, url: str = URL, **said: object) -> Declaration:
    return services.save_draft(
        official=country.lan, link=recognise(url), link_text=url, by=country.lan_login,
        declaration=returned, statement={**SAID, **said},  # type: ignore[typeddict-item]  # any field
    )  # fmt: skip


def test_hr_reads_what_was_put_before_it_while_it_is_corrected():
    country = make_country()
    returned = in_state(country, State.RETURNED)
    before = (returned.facts_id, returned.account_id, returned.link_text, returned.kind)
    corrected = correct(country, returned, OTHER)
    for seen in (
        selectors.declaration_for(country.hr, returned.public_id),
        selectors.declarations_for(country.hr).get(),
        Declaration.objects.get(pk=returned.pk),
    ):
        assert (seen.facts_id, seen.account_id, seen.link_text, seen.kind) == before
        assert seen.facts.name_shown == "Trần Thị Lan"
    own = selectors.own_declarations(country.lan_login).get()
    for written in (corrected.written, own.written):
        assert written.facts.name_shown == "Lan sửa"
        assert written.link_text == OTHER
        assert written.account.platform == "tiktok"
    assert (own.state, own.version) == (State.RETURNED, returned.version + 1)


def test_hr_reads_the_correction_once_it_is_put_forward_again():
    country = make_country()
    corrected = correct(country, in_state(country, State.RETURNED), OTHER)
    sent = services.submit(declaration=corrected, by=country.lan_login)
    seen = selectors.queue_for(country.hr).get()
    assert seen.facts == sent.facts == seen.written.facts == sent.written.facts
    assert seen.facts.name_shown == "Lan sửa"
    assert (seen.account.platform, seen.link_text) == ("tiktok", OTHER)
    assert not Correction.objects.exists()
    approved = services.approve(declaration=seen, by=country.hr)
    assert approved.entry is not None
    assert approved.entry.facts.name_shown == "Lan sửa"


def test_a_declaration_keeps_who_stated_the_facts_it_shows():
    country = make_country()
    mine = in_state(country, State.RETURNED)
    assert Declaration.objects.get(pk=mine.pk).stated_by == country.lan_login
    theirs = services.register_on_behalf(
        official=country.lan, link=recognise(OTHER), statement={}, by=country.hr
    )
    Declaration.objects.filter(pk=mine.pk).update(facts=theirs.facts)
    assert Declaration.objects.get(pk=mine.pk).stated_by == country.hr


def test_photo_of_a_correction_is_its_authors_until_it_is_put_forward():
    country = make_country()
    returned = in_state(country, State.RETURNED)
    photo = PhotoFactory.create()
    corrected = correct(country, returned, photo=photo)
    assert selectors.photo_for(country.lan_login, photo.public_id) == photo
    with pytest.raises(NotFoundError):
        selectors.photo_for(country.hr, photo.public_id)
    services.submit(declaration=corrected, by=country.lan_login)
    assert selectors.photo_for(country.hr, photo.public_id) == photo


def test_photo_put_forward_stays_readable_while_it_is_corrected_away():
    country = make_country()
    photo = PhotoFactory.create()
    put = DeclarationFactory.create(official=country.lan, url=URL, photo=photo, submitted=True)
    returned = services.return_(declaration=put, reasons={"photo": "Mờ"}, by=country.hr)
    correct(country, returned, photo=None)
    assert selectors.photo_for(country.hr, photo.public_id) == photo


def test_saved_again_forgets_the_correction_before():
    country = make_country()
    returned = in_state(country, State.RETURNED)
    first = correct(country, returned, name_shown="Một")
    dropped = first.written.facts.pk
    second = correct(country, first, name_shown="Hai")
    assert second.written.facts.name_shown == "Hai"
    assert not DeclaredFacts.objects.filter(pk=dropped).exists()
    assert DeclaredFacts.objects.filter(pk=returned.facts_id).exists()
    saved = AuditEvent.objects.filter(act="declaration.save").latest("pk")
    assert saved.payload["facts"] == second.written.facts.pk


def test_withdrawn_forgets_the_correction_and_keeps_what_was_put_forward():
    country = make_country()
    returned = in_state(country, State.RETURNED)
    corrected = correct(country, returned, OTHER)
    dropped = corrected.written.facts.pk
    withdrawn = services.withdraw(declaration=corrected, by=country.lan_login)
    assert withdrawn.written.facts.pk == returned.facts_id
    assert not Correction.objects.exists()
    assert not DeclaredFacts.objects.filter(pk=dropped).exists()


def test_put_forward_again_as_a_change_where_hr_registered_the_account_meanwhile():
    country = make_country()
    corrected = correct(country, in_state(country, State.RETURNED), OTHER)
    # an officer is not told of what is still being written: registering goes through
    services.register_on_behalf(official=country.lan, link=recognise(OTHER), statement={}, by=country.hr)
    assert services.submit(declaration=corrected, by=country.lan_login).kind == Kind.CHANGE


def test_put_forward_again_naming_somebody_elses_account_becomes_a_dispute():
    country = make_country()
    somebody_elses(country, OTHER)
    corrected = correct(country, in_state(country, State.RETURNED), OTHER)
    assert services.submit(declaration=corrected, by=country.lan_login).state == State.DISPUTED


def test_two_declarations_never_come_to_be_of_one_account():
    country = make_country()
    returned = in_state(country, State.RETURNED)
    corrected = correct(country, returned, OTHER)
    with pytest.raises(RegistryError) as refused:
        DeclarationFactory.create(official=country.lan, by=country.lan_login, url=OTHER)
    assert refused.value.code == "already_open"
    assert refused.value.extra == {"declaration": str(corrected.public_id)}


@pytest.mark.django_db(transaction=True)
def test_put_forward_while_another_of_its_account_is_begun_lets_one_go_on():
    country = make_country()
    corrected = correct(country, in_state(country, State.RETURNED), OTHER)
    correction = Correction.objects.get()
    start = Barrier(2)

    def begin() -> object:
        # what `save_draft` writes once it has seen no correction: the row itself is the last guard
        return Declaration.objects.create(
            official=country.lan, account=correction.account, facts=correction.facts, kind=Kind.NEW
        )

    def run(act: Callable[[], object]) -> str:
        try:
            start.wait()
            act()
        except RegistryError as refusal:
            return refusal.code
        except IntegrityError:
            return "refused_by_the_database"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(
            pool.map(run, [lambda: services.submit(declaration=corrected, by=country.lan_login), begin])
        )
    assert outcomes in (["done", "refused_by_the_database"], ["already_open", "done"])
