"""Who decides a dispute, what comes of it, and what neither side learns."""

import json
from typing import Literal

import pytest

from accounts import services as book
from accounts.comparison import refresh_marked
from accounts.models import Entry, Ownership
from accounts.platforms import recognise
from common.audit.models import AuditEvent
from common.errors import NotAllowedError, NotFoundError, RegistryError
from registry.declarations import policies, selectors, services
from registry.declarations.dispute_lists import Contested, Disputes, disputes_for
from registry.declarations.models import Declaration
from registry.declarations.sides import how_much_waits
from registry.declarations.states import Kind, State
from registry.users.models import User
from tests.factories import DeclarationFactory
from tests.registry.declarations.test_transitions import URL, somebody_elses
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


def listed(user: User) -> Disputes:
    return disputes_for(user, size=10, most=10)


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
        assert not listed(country.hr).contested
        assert claim.submitted_at is not None
        assert listed(country.hr_culture).contested == [Contested(theirs, claim.submitted_at)]
        assert not selectors.declarations_for(country.hr_culture).exists()

    @pytest.mark.parametrize("compared", [False, True])
    def test_others_decide_is_told_to_each_side_and_not_to_who_decides(self, *, compared: bool):
        country = make_country()
        theirs = somebody_elses(country)
        claim = in_state_disputed(country)
        while compared and refresh_marked():
            pass
        for user, claims, contested in (
            (country.hr, [claim], []),
            (country.hr_culture, [], [theirs]),
            (country.hr_province, [], []),
            (country.hr_elsewhere, [], []),
        ):
            assert listed(user).claims == claims
            assert [each.entry for each in listed(user).contested] == contested
            waits = how_much_waits(user, most=10)
            assert (waits.contested, waits.disputes) == (len(contested), user == country.hr_province)

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
        assert refused.value.code == code
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


def in_state_disputed(country: Country) -> Declaration:
    return DeclarationFactory.create(official=country.lan, by=country.lan_login, url=URL, submitted=True)
