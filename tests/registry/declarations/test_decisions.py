"""What HR decides on, who may, and what is told to whoever comes second."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.declarations import policies, selectors, services
from registry.declarations.models import Declaration, Step
from registry.declarations.states import State
from registry.users.models import Role
from tests.factories import DeclarationFactory, OfficialFactory, RoleGrantFactory
from tests.registry.declarations.test_transitions import in_state
from tests.registry.people import make_country, officer

pytestmark = pytest.mark.django_db


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
            assert refused.value.code == "own_declaration"
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
        assert selectors.gone_up([own, lans]) == {own.pk: country.province.pk}
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
        assert refused.value.code == code

    def test_of_what_a_colleague_decided_says_who_what_and_when(self):
        country = make_country()
        put = in_state(country, State.SUBMITTED)
        services.approve(declaration=put, by=country.hr2)
        with pytest.raises(ConflictError) as refused:
            services.return_(declaration=put, reasons={"": "x"}, by=country.hr)
        assert refused.value.code == "decided_already"
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
