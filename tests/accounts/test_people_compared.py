"""Officials and agencies compared: gone, gaps, accepted, incidents untold; a regulation and a contact."""

from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import services
from accounts.comparison import refresh_agencies, refresh_marked, refresh_officials
from accounts.models import (
    Agency,
    AgencyComparison,
    ContactVerdict,
    Incident,
    IncidentKind,
    Notice,
    Official,
    OfficialComparison,
    Outcome,
    RecordGap,
    Standing,
    Status,
)
from accounts.platforms import recognise
from common.errors import ConflictError, RegistryError
from registry.users.models import User
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def province() -> Agency:
    return services.create_agency(code="T", name="UBND tỉnh", kind="province", parent=None, by=None)


@pytest.fixture
def agency(province: Agency) -> Agency:
    return services.create_agency(code="S", name="Sở Nội vụ", kind="department", parent=province, by=None)


@pytest.fixture
def official(agency: Agency) -> Official:
    return services.record_official(
        agency=agency, staff_code="1", full_name="Trần Thị Hoa", by=None, category="cong_chuc",
        position="Chuyên viên", work_email="hoa@example.gov.vn", employed_since=date(2020, 1, 1),
        at=timezone.now() - 400 * DAY,
    )  # fmt: skip


@pytest.fixture
def user() -> User:
    return UserFactory.create()


def compared(official: Official) -> OfficialComparison:
    settle()
    return OfficialComparison.objects.get(official=official)


def settle() -> None:
    with transaction.atomic():
        while refresh_marked():
            pass


def agency_row(agency: Agency) -> AgencyComparison | None:
    settle()
    with transaction.atomic():
        assert refresh_agencies(list(Agency.objects.values_list("pk", flat=True))) == 0
    return AgencyComparison.objects.filter(agency_id=agency.pk).first()


def test_gone_on_is_the_day_they_left_and_ends_with_their_return(official: Official):
    services.amend_official(official=official, by=None, status=Status.MOVED, at=timezone.now() - 40 * DAY)
    services.amend_official(official=official, by=None, status=Status.LEFT, at=timezone.now() - 10 * DAY)
    assert compared(official).gone_on == timezone.localdate(timezone.now() - 40 * DAY)
    services.amend_official(official=official, by=None, status=Status.ON_LEAVE)
    assert compared(official).gone_on is None


def test_gaps_name_what_the_record_lacks(official: Official):
    assert compared(official).gaps == 0
    services.amend_official(official=official, by=None, position="", category="khac")
    assert compared(official).gaps == RecordGap.POSITION | RecordGap.CATEGORY
    services.amend_official(official=official, by=None, work_email="", employed_since=None)
    assert compared(official).gaps == sum(RecordGap)


def test_accepted_code_is_compared(official: Official, user: User):
    assert compared(official).accepted_code == 0
    services.accept_code(official=official, version=1, by=user)
    assert compared(official).accepted_code == 1
    with pytest.raises(ConflictError):
        services.accept_code(official=official, version=7, by=user)


def test_of_open_incidents_the_oldest_untold_counts(official: Official, user: User):
    def report(kind: IncidentKind, day: date) -> Incident:
        return services.report_incident(official=official, kind=kind, noticed_on=day, by=user)

    posing = report(IncidentKind.IMPERSONATED, date(2026, 1, 1))
    lost = report(IncidentKind.LOST, date(2026, 1, 2))
    report(IncidentKind.HIJACKED, date(2026, 1, 3))
    row = compared(official)
    assert row.provider_untold_since == row.posing_untold_since == date(2026, 1, 1)
    assert row.loss_untold_since == date(2026, 1, 2)

    services.log_notice(incident=posing, told=Notice.PROVIDER, on=date(2026, 1, 5), by=user)
    services.log_notice(incident=lost, told=Notice.SUPERIOR, on=date(2026, 1, 5), by=user)
    row = compared(official)
    assert row.provider_untold_since == date(2026, 1, 2)
    assert (row.posing_untold_since, row.loss_untold_since) == (date(2026, 1, 1), date(2026, 1, 3))

    for each in Incident.objects.current():
        services.close_incident(incident=each, outcome=Outcome.RECOVERED, by=user)
    row = compared(official)
    assert (row.provider_untold_since, row.posing_untold_since, row.loss_untold_since) == (None, None, None)


def test_an_incident_is_reported_once_and_never_of_tomorrow(official: Official, user: User):
    report = partial(services.report_incident, official=official, kind=IncidentKind.LOST, by=user)
    report(noticed_on=timezone.localdate())
    with pytest.raises(ConflictError):
        report(noticed_on=timezone.localdate())
    with pytest.raises(RegistryError) as refused:
        report(noticed_on=timezone.localdate() + DAY)
    assert refused.value.code == "in_the_future"


@pytest.mark.parametrize("link", ["https://zalo.me/0912345678", "not a link", "x" * 2001])
def test_an_impostor_link_that_is_none_or_says_a_number_is_not_kept(
    official: Official, user: User, link: str
):
    with pytest.raises(RegistryError) as refused:
        services.report_incident(
            official=official, kind=IncidentKind.IMPERSONATED, noticed_on=date(2026, 1, 1), by=user,
            impostor_link=link,
        )  # fmt: skip
    assert refused.value.field == "impostor_link"
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    "half",
    [
        {"provider_told_on": date(2026, 1, 1)},
        {"superior_told_on": date(2026, 1, 1)},
        {"closed_at": timezone.now()},
        {"outcome": "recovered"},
    ],
)
def test_who_and_when_come_together(official: Official, user: User, half: dict[str, object]):
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Incident.objects.create(
            official=official, kind="lost", noticed_on=date(2026, 1, 1), reported_at=now, reported_by=user,
            recorded_from=now, **half,
        )  # fmt: skip


def test_an_agency_is_compared_while_somebody_is_in_post(province: Agency, official: Official):
    agency = official.records.get().agency
    assert agency_row(agency) is not None
    assert agency_row(province) is None
    services.amend_official(official=official, by=None, status=Status.LEFT)
    assert agency_row(agency) is None
    services.amend_official(official=official, by=None, status=Status.IN_POST, agency=province)
    assert agency_row(agency) is None
    assert agency_row(province) is not None


@pytest.mark.usefixtures("official")
def test_a_regulation_of_its_own_and_of_above_is_compared(province: Agency, agency: Agency):
    row = agency_row(agency)
    assert row is not None
    assert (row.regulation_from, row.regulation_until, row.regulation_own) == (None, None, False)
    for where, begins, ends in (
        (province, date(2025, 1, 1), date(2026, 1, 1)), (agency, date(2026, 1, 1), None),
    ):  # fmt: skip
        services.record_regulation(
            agency=where, number="1", by=None, issued_on=begins, in_force_from=begins, in_force_until=ends
        )
        row = agency_row(agency)
        assert row is not None
        assert (row.regulation_from, row.regulation_until) == (date(2025, 1, 1), ends)
        assert row.regulation_own is (where is agency)


@pytest.mark.usefixtures("official")
def test_a_contact_of_its_own_or_of_the_province_is_compared(province: Agency, agency: Agency):
    wanted = [
        (province, "", ContactVerdict.MISSING), (province, "hr@example.gov.vn", ContactVerdict.ABOVE),
        (agency, "tccb@example.gov.vn", ContactVerdict.OWN),
    ]  # fmt: skip
    for where, email, verdict in wanted:
        services.amend_agency(agency=where, by=None, contact_email=email)
        row = agency_row(agency)
        assert row is not None
        assert row.contact == verdict


def test_the_contact_of_the_government_is_nobody_s_in_a_ministry():
    root = services.create_agency(
        code="G", name="Chính phủ", kind="government", parent=None, by=None, contact_phone="080"
    )
    ministry = services.create_agency(code="M", name="Bộ", kind="ministry", parent=root, by=None)
    for where in (root, ministry):
        services.record_official(agency=where, staff_code=where.code, full_name="An", by=None)
    rows = {each: agency_row(each) for each in (root, ministry)}
    assert [row and row.contact for row in rows.values()] == [ContactVerdict.OWN, ContactVerdict.MISSING]


def test_a_person_is_compared_again_only_when_an_account_stands_otherwise(official: Official):
    account = services.account_for(link=recognise("https://facebook.com/tranthihoa"), by=None)

    def say(name: str, standing: Standing) -> list[int]:
        facts = services.state_facts(account=account, official=official, by=None, name_shown=name)
        services.enter(facts=facts, standing=standing, by=None)
        with transaction.atomic():
            taken = refresh_marked()
        assert account.pk in taken.account_ids
        return taken.official_ids

    settle()
    assert say("Trần Thị Hoa", Standing.UNCONFIRMED) == [official.pk]
    assert say("Mẹ Bắp", Standing.UNCONFIRMED) == []
    assert say("Mẹ Bắp", Standing.CONFIRMED) == [official.pk]
    assert compared(official).unconfirmed == 0


def test_a_person_compared_meanwhile_is_compared_again_when_a_draft_goes(official: Official):
    """Through another account of theirs, while the mark of the draft's account still waits."""
    first, second = (
        services.account_for(link=recognise(f"https://facebook.com/{handle}"), by=None)
        for handle in ("tranthihoa", "hoa.tran.2")
    )
    said = services.state_facts(account=first, official=official, by=None, name_shown="Trần Thị Hoa")
    services.enter(facts=said, standing=Standing.UNCONFIRMED, by=None)
    settle()
    services.enter(facts=said, standing=Standing.CONFIRMED, by=None)
    draft = services.state_facts(account=second, official=official, by=None, name_shown="Trần Thị Hoa")
    services.propose(facts=draft)
    with transaction.atomic():
        assert refresh_marked(limit=1).account_ids[0] == first.pk
    assert OfficialComparison.objects.get(official=official).proposed == 1
    services.withdraw_proposal(facts=draft)
    assert compared(official).proposed == 0
    with transaction.atomic():
        assert refresh_officials([official.pk]) == 0
