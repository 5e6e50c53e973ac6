"""Invitations and logins."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts import services as book
from accounts.models import Status
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.users import services
from registry.users.models import Invitation, Role, User
from registry.users.tokens import digest_of, token_of
from tests.factories import AgencyFactory, InvitationFactory, OfficialFactory, UserFactory
from tests.registry.people import make_country, officer

PASSWORD = "một-mật-khẩu-dài-41"


def token(invitation: Invitation) -> str:
    return token_of(invitation.nonce)


@pytest.mark.django_db
class TestInvite:
    def test_keeps_only_a_digest_of_the_token(self):
        invitation = InvitationFactory.create()
        stored = [str(value) for value in Invitation.objects.values_list().get(pk=invitation.pk)]
        assert token(invitation) not in " ".join(stored)
        assert digest_of(token(invitation)) == invitation.token_digest
        assert len(token(invitation)) == 43

    def test_by_an_officer_of_another_branch_is_not_found(self):
        country = make_country()
        person = OfficialFactory.create(agency=country.health)
        with pytest.raises(NotFoundError):
            services.invite(official=person, by=country.hr_culture)
        auditor = officer(country.health, "Thanh tra", role=Role.AUDITOR)
        with pytest.raises(NotAllowedError):
            services.invite(official=person, by=auditor)
        assert services.invite(official=person, by=country.hr).invited_by == country.hr

    def test_again_makes_the_first_worthless(self):
        first = InvitationFactory.create()
        second = services.invite(official=first.official, by=None)
        with pytest.raises(RegistryError) as refusal:
            services.open_invitation(token(first))
        assert refusal.value.code == "invitation_withdrawn"
        assert services.open_invitation(token(second)) == second

    @pytest.mark.parametrize("email", ["", "không có", "a@b"])
    def test_without_a_usable_address(self, email: str):
        person = OfficialFactory.create(work_email=email)
        with pytest.raises(RegistryError) as refusal:
            services.invite(official=person, by=None)
        assert refusal.value.code == "no_work_email"

    def test_of_somebody_who_left_or_has_a_login(self):
        gone = OfficialFactory.create(status=Status.LEFT)
        with pytest.raises(RegistryError) as refusal:
            services.invite(official=gone, by=None)
        assert refusal.value.code == "gone"
        here = OfficialFactory.create()
        UserFactory.create(official=here)
        with pytest.raises(RegistryError) as refusal:
            services.invite(official=here, by=None)
        assert refusal.value.code == "has_login"

    def test_the_database_refuses_two_open(self):
        invitation = InvitationFactory.create()
        with pytest.raises(IntegrityError), transaction.atomic():
            Invitation.objects.create(
                official=invitation.official, email="a@b.vn", nonce="x", token_digest="y",
                expires_at=timezone.now(),
            )  # fmt: skip


@pytest.mark.django_db
class TestInviteBranch:
    def test_counts_everybody_once(self):
        top = AgencyFactory.create()
        below = AgencyFactory.create(parent=top)
        OfficialFactory.create_batch(3, agency=below)
        OfficialFactory.create(agency=top, work_email="không có")
        OfficialFactory.create(agency=top, status=Status.LEFT)
        OfficialFactory.create()  # elsewhere
        UserFactory.create(official=OfficialFactory.create(agency=top))
        InvitationFactory.create(official=OfficialFactory.create(agency=top))
        with time_machine.travel(timezone.now() - dt.timedelta(days=20), tick=False):
            InvitationFactory.create(official=OfficialFactory.create(agency=top))
        first = services.invite_branch(agency=top, by=None)
        assert first == services.Invited(invited=4, already=1, has_login=1, no_email=1)
        assert services.invite_branch(agency=top, by=None) == services.Invited(
            invited=0, already=5, has_login=1, no_email=1
        )

    def test_asks_the_database_no_more_often_for_more_people(self, django_assert_max_num_queries: Any):
        top = AgencyFactory.create()
        OfficialFactory.create_batch(60, agency=top)
        with django_assert_max_num_queries(20):
            assert services.invite_branch(agency=top, by=None).invited == 60

    def test_by_an_officer_of_another_branch_is_not_found(self):
        country = make_country()
        with pytest.raises(NotFoundError):
            services.invite_branch(agency=country.health, by=country.hr_culture)


@pytest.mark.django_db
class TestActivate:
    def test_makes_the_officials_login_once(self):
        invitation = InvitationFactory.create()
        user = services.activate(token=token(invitation), password=PASSWORD)
        assert user.official == invitation.official
        assert user.username == invitation.email
        assert user.check_password(PASSWORD)
        assert AuditEvent.objects.filter(act="login.activated", actor_id=user.pk).exists()
        with pytest.raises(RegistryError) as refusal:
            services.activate(token=token(invitation), password=PASSWORD, username="khac")
        assert refusal.value.code == "invitation_used"
        assert User.objects.filter(official=invitation.official).count() == 1

    def test_after_fourteen_days_has_expired(self):
        invitation = InvitationFactory.create()
        with time_machine.travel(invitation.expires_at - dt.timedelta(seconds=1), tick=False):
            assert services.open_invitation(token(invitation)) == invitation
        with time_machine.travel(invitation.expires_at, tick=False):
            with pytest.raises(RegistryError) as refusal:
                services.activate(token=token(invitation), password=PASSWORD)
            assert refusal.value.code == "invitation_expired"
        assert invitation.expires_at - timezone.now() > dt.timedelta(days=13, hours=23)

    @pytest.mark.parametrize("spoilt", ["{0:.42}", "A{0}", "{0}A", "{0} ", "", "\ud800", "{0}\0"])
    def test_with_a_tampered_token_is_not_found(self, spoilt: str):
        invitation = InvitationFactory.create()
        with pytest.raises(NotFoundError):
            services.activate(token=spoilt.format(token(invitation)), password=PASSWORD)

    def test_the_nonce_and_the_digest_alone_open_nothing(self):
        invitation = InvitationFactory.create()
        for text in (invitation.nonce, invitation.token_digest):
            with pytest.raises(NotFoundError):
                services.open_invitation(text)

    def test_after_withdrawal_and_after_leaving(self):
        country = make_country()
        person = OfficialFactory.create(agency=country.health)
        invitation = services.invite(official=person, by=country.hr)
        services.withdraw_invitation(official=person, by=country.hr)
        with pytest.raises(RegistryError) as refusal:
            services.activate(token=token(invitation), password=PASSWORD)
        assert refusal.value.code == "invitation_withdrawn"
        again = services.invite(official=person, by=country.hr)
        book.amend_official(official=person, by=None, status=Status.LEFT)
        with pytest.raises(RegistryError) as refusal:
            services.activate(token=token(again), password=PASSWORD)
        assert refusal.value.code == "gone"

    @pytest.mark.parametrize(
        ("password", "username", "code", "field"),
        [
            ("ngắn", "", "weak_password", "password"),
            ("123456789012345", "", "weak_password", "password"),
            (PASSWORD, "có cách", "bad_login", "username"),
            (PASSWORD, "x" * 151, "bad_login", "username"),
            (PASSWORD, "Đã-Có", "login_taken", "username"),
        ],
    )
    def test_with_bad_choices_leaves_the_invitation_open(
        self, password: str, username: str, code: str, field: str
    ):
        UserFactory.create(username="đã-có")
        invitation = InvitationFactory.create()
        with pytest.raises(RegistryError) as refusal:
            services.activate(token=token(invitation), password=password, username=username)
        assert (refusal.value.code, refusal.value.field) == (code, field)
        assert services.open_invitation(token(invitation)) == invitation

    def test_suggested_login_when_the_address_is_taken_is_the_staff_code(self):
        person = OfficialFactory.create(staff_code="CB 7", work_email="Chung@so.gov.vn")
        assert services.suggest_login(person) == "chung@so.gov.vn"
        UserFactory.create(username="chung@so.gov.vn")
        assert services.suggest_login(person) == f"{person.branch.code}-cb7".lower()


@pytest.mark.django_db(transaction=True)
def test_activate_from_two_places_at_once_makes_one_login():
    invitation = InvitationFactory.create()
    start = Barrier(2)

    def attempt(name: str) -> str:
        try:
            start.wait()
            return services.activate(token=token(invitation), password=PASSWORD, username=name).username
        except ConflictError as refusal:
            return refusal.code
        except RegistryError as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(attempt, ["lan", "lan2"]))
    assert len(set(outcomes) & {"lan", "lan2"}) == 1
    assert set(outcomes) & {"invitation_used", "has_login"}
    assert User.objects.filter(official=invitation.official).count() == 1


@pytest.mark.django_db
class TestChooseLanguage:
    def test_is_kept_and_written_down_once(self):
        user = UserFactory.create()
        for _time in range(2):
            services.choose_language(language="en", by=user)
        assert user.language == User.objects.get(pk=user.pk).language == "en"
        assert AuditEvent.objects.filter(act="login.language", subject_id=user.pk).count() == 1

    @pytest.mark.parametrize("language", ["", "fr", "EN", "x" * 300])
    def test_of_one_not_spoken_is_refused(self, language: str):
        user = UserFactory.create()
        services.choose_language(language="en", by=user)
        with pytest.raises(RegistryError) as refusal:
            services.choose_language(language=language, by=user)
        assert refusal.value.code == "unknown_language"
        assert User.objects.get(pk=user.pk).language == "en"


@pytest.mark.django_db
def test_machine_login_is_one_and_nobody_can_sign_in_with_it():
    found = services.machine_login()
    assert services.machine_login() == found
    assert not found.is_active
    assert not found.has_usable_password()
    assert AuditEvent.objects.filter(act="login.created", subject_id=found.pk).count() == 1
