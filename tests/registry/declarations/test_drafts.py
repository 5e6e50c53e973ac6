"""What a declarant's draft holds and refuses, and what can be put forward."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import DeclaredFacts, Entry
from accounts.platforms import recognise
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.declarations import selectors, services
from registry.declarations.commitments import CURRENT
from registry.declarations.models import Declaration, Step
from registry.declarations.states import Kind, State
from tests.factories import DeclarationFactory, OfficialFactory, UserFactory
from tests.registry.declarations.test_transitions import URL, in_state
from tests.registry.people import make_country

pytestmark = pytest.mark.django_db


class TestDraft:
    def test_is_seen_by_its_author_only(self):
        country = make_country()
        draft = in_state(country, State.DRAFT)
        assert list(selectors.own_declarations(country.lan_login)) == [draft]
        assert not selectors.declarations_for(country.hr).exists()
        with pytest.raises(NotFoundError):
            selectors.declaration_for(country.hr, draft.public_id)
        with pytest.raises(NotFoundError):
            services.approve(declaration=draft, by=country.hr)

    def test_saved_again_forgets_what_it_said(self):
        country = make_country()
        draft = in_state(country, State.DRAFT)
        first = draft.facts_id
        again = services.save_draft(
            official=country.lan, link=recognise(URL), by=country.lan_login, declaration=draft,
            statement={"name_shown": "  Lan Trâ\u0300n "},
        )  # fmt: skip
        assert again.pk == draft.pk
        assert again.facts.name_shown == "Lan Trần"
        assert not DeclaredFacts.objects.filter(pk=first).exists()

    def test_saved_again_looks_for_no_comparison_of_what_it_said(self):
        country = make_country()
        draft = in_state(country, State.DRAFT)
        with CaptureQueriesContext(connection) as queries:
            services.save_draft(
                official=country.lan, link=recognise(URL), by=country.lan_login, declaration=draft,
                statement={"name_shown": "Lan"},
            )  # fmt: skip
        assert not [query["sql"] for query in queries if "comparison" in query["sql"]]

    def test_typed_in_one_window_is_no_conflict_with_itself_and_one_with_another(self):
        country = make_country()
        draft = in_state(country, State.DRAFT)
        here, there = uuid4(), uuid4()

        def save(name: str, window: UUID, *, as_typed: bool = False) -> Declaration:
            return services.save_draft(
                official=country.lan, link=recognise(URL), by=country.lan_login, declaration=draft,
                version=draft.version, window=window, as_typed=as_typed, statement={"name_shown": name},
            )  # fmt: skip

        typed = save("La", here, as_typed=True)
        assert typed.version == draft.version + 1
        assert save("Lan", here).facts.name_shown == "Lan"  # the button, made from the older version
        for refused in (lambda: save("La", here, as_typed=True), lambda: save("Mai", there)):
            with pytest.raises(ConflictError):
                refused()
        assert Declaration.objects.get(pk=draft.pk).facts.name_shown == "Lan"

    def test_saved_as_it_is_typed_leaves_no_step(self):
        country = make_country()
        draft = in_state(country, State.DRAFT)
        steps, events = Step.objects.count(), AuditEvent.objects.filter(act="declaration.save").count()
        typed = services.save_draft(
            official=country.lan, link=recognise(URL), by=country.lan_login, declaration=draft,
            window=uuid4(), as_typed=True, statement={"name_shown": "L"},
        )  # fmt: skip
        assert typed.facts.name_shown == "L"
        assert Step.objects.count() == steps
        assert AuditEvent.objects.filter(act="declaration.save").count() == events
        sent = services.save_draft(
            official=country.lan, link=recognise(URL), by=country.lan_login, declaration=typed,
            statement={"name_shown": "Lan"},
        )  # fmt: skip
        assert (Step.objects.count(), sent.window) == (steps + 1, None)

    def test_after_a_return_keeps_what_was_returned(self):
        country = make_country()
        returned = in_state(country, State.RETURNED)
        first = returned.facts_id
        again = services.save_draft(
            official=country.lan, link=recognise(URL), by=country.lan_login, declaration=returned,
            statement={"name_shown": "Lan"},
        )  # fmt: skip
        assert again.reasons == {"photo": "Ảnh mờ"}
        assert DeclaredFacts.objects.filter(pk=first).exists()

    def test_by_anybody_else_is_refused(self):
        country = make_country()
        for user, refusal in ((country.hr, NotAllowedError), (country.hr_culture, NotFoundError)):
            with pytest.raises(refusal):
                DeclarationFactory.create(official=country.lan, by=user)

    def test_of_another_persons_declaration_is_not_found(self):
        country = make_country()
        draft = in_state(country, State.DRAFT)
        other = OfficialFactory.create(agency=country.health)
        login = UserFactory.create(official=other)
        with pytest.raises(NotFoundError):
            services.save_draft(
                official=other, link=recognise(URL), statement={}, by=login, declaration=draft
            )

    def test_of_an_account_already_under_way_names_the_open_one(self):
        country = make_country()
        draft = in_state(country, State.DRAFT)
        with pytest.raises(RegistryError) as refused:
            DeclarationFactory.create(official=country.lan, by=country.lan_login, url=URL)
        assert refused.value.code == "already_open"
        assert refused.value.extra == {"declaration": str(draft.public_id)}

    def test_of_a_phone_number_keeps_no_number(self):
        country = make_country()
        pasted = "https://zalo.me/0912345678"
        draft = services.save_draft(
            official=country.lan, link=recognise(pasted), link_text=pasted, statement={},
            by=country.lan_login,
        )  # fmt: skip
        assert draft.link_text == ""
        said = json.dumps(
            [
                list(AuditEvent.objects.values("payload")),
                list(draft.account.identifiers.values("key", "shown")),
            ]
        )
        assert "912345678" not in said

    @pytest.mark.parametrize(
        ("statement", "code"),
        [
            ({"name_shown": "x" * 10_000}, "too_long"),
            ({"name_shown": "Lan\0"}, "bad_characters"),
            ({"disclaimer": "\ud83d"}, "bad_characters"),
            ({"commitments": ["khác"]}, "unknown_commitment"),
            ({"opened_on": timezone.localdate() + timedelta(days=1)}, "in_the_future"),
        ],
    )
    def test_of_what_cannot_be_kept_writes_nothing(self, statement: dict[str, object], code: str):
        country = make_country()
        with pytest.raises(RegistryError) as refused:
            services.save_draft(
                official=country.lan, link=recognise(URL), by=country.lan_login,
                statement=statement,  # type: ignore[arg-type]  # what a form may send
            )  # fmt: skip
        assert refused.value.code == code
        assert not Declaration.objects.exists()


class TestSubmit:
    @pytest.mark.parametrize(
        ("statement", "code"),
        [
            ({"commitments": list(CURRENT)}, "name_missing"),
            ({"name_shown": "Lan"}, "commitments_missing"),
            ({"name_shown": "Lan", "commitments": list(CURRENT)[:1]}, "commitments_missing"),
        ],
    )
    def test_of_what_is_not_complete(self, statement: dict[str, object], code: str):
        country = make_country()
        draft = services.save_draft(
            official=country.lan, link=recognise(URL), by=country.lan_login,
            statement=statement,  # type: ignore[arg-type]  # what a form may send
        )  # fmt: skip
        with pytest.raises(RegistryError) as refused:
            services.submit(declaration=draft, by=country.lan_login)
        assert refused.value.code == code

    def test_of_a_change_leaves_the_approved_entry_standing(self):
        country = make_country()
        approved = in_state(country, State.APPROVED)
        change = DeclarationFactory.create(
            official=country.lan, by=country.lan_login, url=URL, name_shown="Lan Y Tế", submitted=True
        )
        assert change.kind == Kind.CHANGE
        assert Entry.objects.current().get(account=change.account).facts == approved.facts
        services.approve(declaration=change, by=country.hr)
        assert Entry.objects.current().get(account=change.account).facts.name_shown == "Lan Y Tế"
        assert Entry.objects.filter(account=change.account).count() == 2
