"""What each act on a declaration asks, does and refuses."""

import json
from datetime import timedelta
from typing import Literal

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import services as book
from accounts.models import DeclaredFacts, Entry, NilReturn, Ownership, Standing
from accounts.platforms import recognise
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.declarations import policies, selectors, services
from registry.declarations.commitments import CURRENT
from registry.declarations.models import Declaration, Step
from registry.declarations.states import Kind, State
from registry.users.models import Role
from tests.factories import DeclarationFactory, EntryFactory, OfficialFactory, RoleGrantFactory, UserFactory
from tests.registry.declarations.test_transitions import URL, in_state, somebody_elses
from tests.registry.people import Country, make_country, officer

pytestmark = pytest.mark.django_db


def code_of(refused: pytest.ExceptionInfo[RegistryError]) -> str:
    return refused.value.code


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
        assert code_of(refused) == "already_open"
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
        assert code_of(refused) == code
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
        assert code_of(refused) == code

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


class TestDecide:
    def test_of_ones_own_never(self):
        country = make_country()
        RoleGrantFactory.create(user=country.lan_login, agency=country.health)
        own = in_state(country, State.SUBMITTED)
        for act in (
            lambda: services.approve(declaration=own, by=country.lan_login),
            lambda: services.return_(declaration=own, reasons={"": "x"}, by=country.lan_login),
        ):
            with pytest.raises(NotAllowedError) as refused:
                act()
            assert code_of(refused) == "own_declaration"
        assert not policies.may_decide(country.lan_login, own)
        assert not selectors.queue_for(country.lan_login).exists()
        assert list(selectors.queue_for(country.hr)) == [own]

    def test_of_ones_own_never_even_in_the_database(self):
        country = make_country()
        approved = in_state(country, State.APPROVED)
        with pytest.raises(IntegrityError, match="decided_by_another"), transaction.atomic():
            Declaration.objects.filter(pk=approved.pk).update(decided_by=country.lan_login)

    def test_by_another_branch_is_not_found_and_by_an_auditor_not_allowed(self):
        country = make_country()
        put = in_state(country, State.SUBMITTED)
        auditor = officer(country.province, "Thanh tra", role=Role.AUDITOR)
        for user in (country.hr_culture, country.hr_elsewhere):
            with pytest.raises(NotFoundError):
                services.approve(declaration=put, by=user)
            with pytest.raises(NotFoundError):
                selectors.declaration_for(user, put.public_id)
        with pytest.raises(NotAllowedError):
            services.approve(declaration=put, by=auditor)
        assert selectors.declaration_for(auditor, put.public_id) == put

    def test_by_the_parents_officer_when_the_only_officer_is_the_declarant(self):
        country = make_country()
        alone = OfficialFactory.create(agency=country.culture)
        country.hr_culture.official = alone
        country.hr_culture.save()
        own = DeclarationFactory.create(official=alone, by=country.hr_culture, submitted=True)
        lans = in_state(country, State.SUBMITTED)
        assert selectors.needs_parent([own, lans]) == {own.pk}
        assert not selectors.queue_for(country.hr_culture).exists()
        assert set(selectors.queue_for(country.hr_province)) == {own, lans}
        assert services.approve(declaration=own, by=country.hr_province).state == State.APPROVED

    @pytest.mark.parametrize(
        ("reasons", "code"),
        [({}, "reason_missing"), ({"photo": "  "}, "reason_missing"), ({"mật_khẩu": "x"}, "unknown_field"),
         ({"photo": "x" * 1001}, "too_long"), ({"photo": "mờ\x00"}, "bad_characters"),
         ({"photo": "mờ\ud800"}, "bad_characters")],
    )  # fmt: skip
    def test_return_without_a_usable_reason(self, reasons: dict[str, str], code: str):
        country = make_country()
        put = in_state(country, State.SUBMITTED)
        with pytest.raises(RegistryError) as refused:
            services.return_(declaration=put, reasons=reasons, by=country.hr)
        assert code_of(refused) == code

    def test_of_what_a_colleague_decided_says_who_what_and_when(self):
        country = make_country()
        put = in_state(country, State.SUBMITTED)
        services.approve(declaration=put, by=country.hr2)
        with pytest.raises(ConflictError) as refused:
            services.return_(declaration=put, reasons={"": "x"}, by=country.hr)
        assert code_of(refused) == "decided_already"
        last = Step.objects.filter(declaration=put).latest("version")
        assert "Lê Thị Mai" in str(refused.value)
        assert f"{timezone.localtime(last.at):%H:%M %d/%m/%Y}" in str(refused.value)

    def test_of_an_older_version_than_the_one_put_forward_is_refused(self):
        country = make_country()
        put = in_state(country, State.SUBMITTED)
        shown = put.version
        services.return_(declaration=put, reasons={"": "x"}, by=country.hr)
        put.refresh_from_db()
        services.submit(declaration=put, by=country.lan_login)
        put.refresh_from_db()
        with pytest.raises(ConflictError):
            services.approve(declaration=put, by=country.hr, version=shown)
        assert services.approve(declaration=put, by=country.hr, version=put.version).state == State.APPROVED


class TestOnBehalf:
    def test_stands_unconfirmed_until_the_person_confirms(self):
        country = make_country()
        made = services.register_on_behalf(
            official=country.lan, link=recognise(URL), statement={}, by=country.hr
        )
        entry = Entry.objects.current().get(account=made.account)
        assert (made.state, made.entry, entry.standing) == (State.APPROVED, entry, Standing.UNCONFIRMED)
        assert list(selectors.to_confirm(country.lan_login)) == [entry]
        for user in (country.hr, country.hr_culture):
            with pytest.raises(NotFoundError):
                services.confirm_entry(entry=entry, by=user)
        services.confirm_entry(entry=entry, by=country.lan_login)
        assert not selectors.to_confirm(country.lan_login).exists()
        with pytest.raises(RegistryError) as refused:
            services.register_on_behalf(
                official=country.lan, link=recognise(URL), statement={}, by=country.hr
            )
        assert code_of(refused) == "already_confirmed"

    def test_for_oneself_or_another_branch_is_refused(self):
        country = make_country()
        RoleGrantFactory.create(user=country.lan_login, agency=country.health)
        with pytest.raises(NotAllowedError) as refused:
            services.register_on_behalf(
                official=country.lan, link=recognise(URL), statement={}, by=country.lan_login
            )
        assert code_of(refused) == "own_registration"
        with pytest.raises(NotFoundError):
            services.register_on_behalf(
                official=country.lan, link=recognise(URL), statement={}, by=country.hr_culture
            )


class TestDispute:
    def test_reveals_nobody_to_the_claimant(self):
        country = make_country()
        theirs = somebody_elses(country)
        owner = theirs.facts.official
        assert owner is not None
        claim = in_state_disputed(country)
        seen = selectors.declaration_for(country.lan_login, claim.public_id)
        events = AuditEvent.objects.filter(subject_kind="official", subject_id=country.lan.pk)
        shown = json.dumps(
            [
                {name: str(getattr(seen, name)) for name in ("state", "reasons", "link_text", "kind")},
                list(events.values("act", "agency_path", "payload")),
                list(selectors.history_of(seen).values("act", "state", "by__full_name")),
                [str(row.facts.pk) for row in selectors.own_declarations(country.lan_login)],
            ],
            ensure_ascii=False,
            default=str,
        )
        for secret in (
            "Hồ Quý Ly",
            owner.staff_code,
            "Sở Văn hóa",
            str(owner.public_id),
            country.culture.code,
        ):
            assert secret not in shown
        for event in events:
            numbers = [value for value in event.payload.values() if isinstance(value, int)]
            assert theirs.facts_id not in numbers
            if event.act.startswith("declaration."):
                assert event.agency_path.endswith(f"/{country.health.pk}/")
        with pytest.raises(NotFoundError):
            selectors.sides_for(country.lan_login, claim)
        with pytest.raises(NotFoundError):
            selectors.entry_for(country.lan_login, claim.account.public_id)

    def test_refusals_to_the_claimant_and_their_officer_name_nobody(self):
        country = make_country()
        somebody_elses(country)
        claim = in_state_disputed(country)
        for act in (
            lambda: services.approve(declaration=claim, by=country.hr),
            lambda: services.decide_dispute(
                declaration=claim, outcome="give", reason="Đã gọi điện hỏi", by=country.hr
            ),
            lambda: services.submit(declaration=claim, by=country.lan_login),
        ):
            with pytest.raises(RegistryError) as refused:
                act()
            said = f"{refused.value} {refused.value.extra}"
            assert "Hồ Quý Ly" not in said
            assert "Văn hóa" not in said

    def test_each_side_sees_its_own(self):
        country = make_country()
        theirs = somebody_elses(country)
        claim = in_state_disputed(country)
        assert list(selectors.declarations_for(country.hr)) == [claim]
        assert not selectors.contested_entries_for(country.hr).exists()
        contested = selectors.contested_entries_for(country.hr_culture).get()
        assert contested == theirs
        assert vars(contested)["contested_at"] == claim.submitted_at
        assert not selectors.declarations_for(country.hr_culture).exists()

    def test_is_decided_above_both_sides_only(self):
        country = make_country()
        somebody_elses(country)
        claim = in_state_disputed(country)
        assert list(selectors.disputes_to_decide(country.hr_province)) == [claim]
        for user in (country.hr, country.hr_culture, country.hr_elsewhere, country.lan_login):
            assert not selectors.disputes_to_decide(user).exists()
            assert not policies.may_decide_dispute(user, claim)
            with pytest.raises(RegistryError):
                services.decide_dispute(declaration=claim, outcome="give", reason="Đã gọi điện hỏi", by=user)
        sides = selectors.sides_for(country.hr_province, claim)
        assert sides.ownership is not None
        assert sides.ownership.official != country.lan

    def test_by_an_officer_who_is_a_side_is_refused(self):
        country = make_country()
        theirs = somebody_elses(country)
        claim = in_state_disputed(country)
        country.hr_province.official = theirs.facts.official
        country.hr_province.save()
        assert not selectors.disputes_to_decide(country.hr_province).exists()
        with pytest.raises(NotAllowedError):
            services.decide_dispute(
                declaration=claim, outcome="keep", reason="Đã gọi điện hỏi", by=country.hr_province
            )

    def test_given_moves_the_account_and_tells_the_loser_without_a_name(self):
        country = make_country()
        theirs = somebody_elses(country)
        loser = theirs.facts.official
        claim = in_state_disputed(country)
        given = services.decide_dispute(
            declaration=claim, outcome="give", reason="Đã gọi điện hỏi", by=country.hr_province
        )
        assert given.state == State.APPROVED
        assert Ownership.objects.current().get(account=claim.account).official == country.lan
        assert Entry.objects.current().get(account=claim.account) == given.entry
        told = Declaration.objects.get(official=loser)
        assert (told.kind, told.state, told.facts) == (Kind.CLOSE, State.APPROVED, theirs.facts)
        events = AuditEvent.objects.filter(subject_kind="official", subject_id=told.official_id)
        assert "Lan" not in json.dumps(list(events.values("act", "payload")))

    def test_kept_leaves_everything_as_it_was(self):
        country = make_country()
        theirs = somebody_elses(country)
        claim = in_state_disputed(country)
        kept = services.decide_dispute(
            declaration=claim, outcome="keep", reason="Đã gọi điện hỏi", by=country.hr_province
        )
        assert kept.state == State.REJECTED
        assert Entry.objects.current().get(account=claim.account) == theirs
        assert not Declaration.objects.exclude(pk=claim.pk).exists()

    @pytest.mark.parametrize("outcome", ["give", "keep"])
    def test_writes_why_into_the_trail_and_tells_neither_side(self, outcome: Literal["give", "keep"]):
        country = make_country()
        theirs = somebody_elses(country)
        claim = in_state_disputed(country)
        decided = services.decide_dispute(
            declaration=claim, outcome=outcome, reason=" Bà Lan có số đăng ký ", by=country.hr_province
        )
        event = AuditEvent.objects.get(act="dispute.reasoned")
        assert event.payload["reason"] == "Bà Lan có số đăng ký"
        assert event.payload["outcome"] == outcome
        assert (event.subject_kind, event.subject_id) == ("account", theirs.account_id)
        assert decided.reasons == {}

    @pytest.mark.parametrize(
        ("reason", "code"),
        [("", "reason_missing"), (" \n", "reason_missing"), ("x" * 1001, "too_long"),
         ("a\x00b", "bad_characters")],
    )  # fmt: skip
    def test_without_a_usable_reason_decides_nothing(self, reason: str, code: str):
        country = make_country()
        somebody_elses(country)
        claim = in_state_disputed(country)
        with pytest.raises(RegistryError) as refused:
            services.decide_dispute(declaration=claim, outcome="keep", reason=reason, by=country.hr_province)
        assert code_of(refused) == code
        claim.refresh_from_db()
        assert claim.state == State.DISPUTED

    def test_when_the_holder_let_go_the_claimants_own_officer_decides(self):
        country = make_country()
        theirs = somebody_elses(country)
        claim = in_state_disputed(country)
        book.close(account=theirs.account, by=None)
        assert list(selectors.disputes_to_decide(country.hr)) == [claim]
        given = services.decide_dispute(
            declaration=claim, outcome="give", reason="Đã gọi điện hỏi", by=country.hr
        )
        assert given.state == State.APPROVED

    def test_from_a_registration_on_behalf_stands_nowhere(self):
        country = make_country()
        theirs = somebody_elses(country)
        made = services.register_on_behalf(
            official=country.lan, link=recognise(URL), statement={}, by=country.hr
        )
        assert (made.state, made.entry) == (State.DISPUTED, None)
        assert Entry.objects.current().get(account=made.account) == theirs


class TestNilAndClosing:
    def test_nil_is_ones_own_word_and_contradicts_nothing(self):
        country = make_country()
        with pytest.raises(NotAllowedError):
            services.declare_nil(official=country.lan, by=country.hr)
        draft = in_state(country, State.DRAFT)
        with pytest.raises(RegistryError) as refused:
            services.declare_nil(official=country.lan, by=country.lan_login)
        assert code_of(refused) == "has_open"
        services.withdraw(declaration=draft, by=country.lan_login)
        nil = services.declare_nil(official=country.lan, by=country.lan_login)
        assert selectors.nil_of(country.lan) == nil
        in_state(country, State.APPROVED)
        assert not NilReturn.objects.current().filter(official=country.lan).exists()
        with pytest.raises(RegistryError) as refused:
            services.declare_nil(official=country.lan, by=country.lan_login)
        assert code_of(refused) == "has_accounts"

    def test_close_by_the_person_waits_for_review(self):
        country = make_country()
        account = in_state(country, State.APPROVED).account
        closing = services.close_account(account=account, by=country.lan_login)
        assert (closing.kind, closing.state) == (Kind.CLOSE, State.SUBMITTED)
        assert Entry.objects.current().filter(account=account).exists()
        services.approve(declaration=closing, by=country.hr)
        assert not Entry.objects.current().filter(account=account).exists()
        assert book.owner_of(account) is None

    def test_close_by_an_officer_holds_at_once(self):
        country = make_country()
        account = in_state(country, State.APPROVED).account
        with pytest.raises(NotFoundError):
            services.close_account(account=account, by=country.hr_culture)
        assert services.close_account(account=account, by=country.hr).state == State.APPROVED
        assert book.owner_of(account) is None
        with pytest.raises(NotFoundError):
            services.close_account(account=account, by=country.hr)

    def test_close_approved_after_the_account_was_given_away_touches_nobody_elses(self):
        country = make_country()
        account = in_state(country, State.APPROVED).account
        closing = services.close_account(account=account, by=country.lan_login)
        heir = OfficialFactory.create(agency=country.culture)
        book.transfer(account=account, to=heir, by=None)
        theirs = EntryFactory.create(facts__account=account, facts__official=heir)
        services.approve(declaration=closing, by=country.hr)
        assert Entry.objects.current().get(account=account) == theirs


def in_state_disputed(country: Country) -> Declaration:
    return DeclarationFactory.create(official=country.lan, by=country.lan_login, url=URL, submitted=True)
