"""Who reaches which branch."""

import datetime as dt
from typing import Any

import pytest

from accounts import services as book
from accounts.models import Agency, AgencyRecord, OfficialRecord, SuccessionKind
from common.errors import NotAllowedError, NotFoundError
from registry.users import policies, selectors, services
from registry.users.models import Role
from tests.factories import AgencyFactory, OfficialFactory, RoleGrantFactory, SuccessionFactory, UserFactory
from tests.registry.people import make_country, officer

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 7, 1)
LONG_AGO = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def path(agency: Agency) -> str:
    return AgencyRecord.objects.current().get(agency=agency).path


def test_branches_of_an_officer_are_the_agency_and_all_below():
    country = make_country()
    below = AgencyFactory.create(parent=country.health)
    assert policies.branches_of(country.hr) == [path(country.health)]
    assert policies.covers(policies.branches_of(country.hr), path(below))
    assert not policies.covers(policies.branches_of(country.hr), path(country.culture))
    assert not policies.covers(policies.branches_of(country.hr), path(country.province))


@pytest.mark.parametrize("number", range(1, 10))
def test_in_branches_when_one_path_begins_with_the_digits_of_another(number: int):
    # "1/5/" is no prefix of "1/57/" as a branch, though "1/5" is one of "1/57/" as text.
    near = f"1/{number}/"
    far = [f"1/{number}{digit}/" for digit in range(10)]
    AgencyRecord.objects.bulk_create(
        AgencyRecord(
            agency=AgencyFactory.create(), path=place, name=place, kind="unit",
            recorded_from=LONG_AGO, recorded_until=LONG_AGO + dt.timedelta(1),
        )
        for place in (near, f"{near}8/", *far)
    )  # fmt: skip
    found = AgencyRecord.objects.filter(policies.in_branches([near]), recorded_from=LONG_AGO).values_list(
        "path", flat=True
    )
    assert sorted(found) == [near, f"{near}8/"]
    assert policies.covers([near], f"{near}8/")
    assert not any(policies.covers([near], place) for place in far)


def test_scopes_asked_once_are_asked_anew_afterwards(django_assert_num_queries: Any):
    country = make_country()
    of_health = policies.branches_of(country.hr)
    with policies.scopes_asked_once():
        assert policies.branches_of(country.hr, Role.HR_OFFICER) == of_health
        with django_assert_num_queries(0):
            assert policies.branches_of(country.hr) == of_health
            assert policies.branches_of(country.hr, Role.AUDITOR) == []
            assert policies.grants_of(country.hr, Role.AUDITOR) == []
        assert policies.branches_of(country.hr_culture) == [path(country.culture)]
    services.end_grant(grant=policies.grants_of(country.hr)[0], by=None)
    with policies.scopes_asked_once():
        assert policies.branches_of(country.hr) == []


def test_in_branches_without_branches_is_nothing():
    AgencyFactory.create()
    assert not AgencyRecord.objects.filter(policies.in_branches([])).exists()


def test_branches_of_take_in_what_was_merged_and_what_that_had_swallowed_before():
    country = make_country()
    first = AgencyFactory.create(parent=country.elsewhere)
    second = AgencyFactory.create(parent=country.elsewhere)
    second_unit = AgencyFactory.create(parent=second)
    oldest = AgencyFactory.create(parent=country.elsewhere)
    unit_of_health = AgencyFactory.create(parent=country.health)
    SuccessionFactory.create(predecessor=first, successor=country.health, on=DAY)
    SuccessionFactory.create(predecessor=second, successor=unit_of_health, on=DAY)
    SuccessionFactory.create(predecessor=oldest, successor=second_unit, on=DAY, kind=SuccessionKind.RENAMED)
    reached = policies.branches_of(country.hr)
    for agency in (country.health, unit_of_health, first, second, second_unit, oldest):
        assert policies.covers(reached, path(agency))
    assert not policies.covers(reached, path(country.elsewhere))
    # and not the other way: the heir's staff is nothing to the merged agency's officer
    assert not policies.covers(policies.branches_of(officer(first, "Cũ")), path(country.health))


def test_branches_of_when_an_agency_was_split_stay_with_the_parent():
    country = make_country()
    SuccessionFactory.create(
        predecessor=country.culture, successor=country.health, on=DAY, kind=SuccessionKind.SPLIT
    )
    assert not policies.covers(policies.branches_of(country.hr), path(country.culture))
    assert policies.covers(policies.branches_of(country.hr_province), path(country.culture))


def test_branches_of_when_successions_run_in_a_circle_end():
    country = make_country()
    SuccessionFactory.create(predecessor=country.culture, successor=country.health, on=DAY)
    SuccessionFactory.create(predecessor=country.health, successor=country.culture, on=DAY)
    assert policies.branches_of(country.hr) == sorted([path(country.health), path(country.culture)])


def test_branches_of_nobody_after_the_grant_ended_or_the_login_was_closed():
    country = make_country()
    services.end_grant(grant=country.hr.grants.get(), by=None)
    assert policies.branches_of(country.hr) == []
    country.hr2.is_active = False
    country.hr2.save()
    assert policies.branches_of(country.hr2) == []


def test_branches_of_follow_an_agency_that_moved():
    country = make_country()
    book.move_agency(agency=country.health, parent=country.elsewhere, by=None)
    assert not policies.covers(policies.branches_of(country.hr_province), path(country.health))
    assert policies.covers(policies.branches_of(country.hr_elsewhere), path(country.health))


def test_require_role_answers_by_what_the_person_may_see():
    country = make_country()
    auditor = officer(country.province, "Thanh tra", role=Role.AUDITOR)
    policies.require_role(country.hr, Role.HR_OFFICER, path(country.health))
    with pytest.raises(NotAllowedError):
        policies.require_role(auditor, Role.HR_OFFICER, path(country.health))
    with pytest.raises(NotFoundError):
        policies.require_role(country.hr_culture, Role.HR_OFFICER, path(country.health))
    with pytest.raises(NotFoundError):
        policies.require_role(country.lan_login, Role.HR_OFFICER, path(country.health))
    with pytest.raises(NotFoundError):
        policies.require_role(country.hr, Role.HR_OFFICER, "")


def test_covers_together_needs_one_grant_over_both():
    country = make_country()
    both = (path(country.health), path(country.culture))
    assert policies.covers_together(country.hr_province, Role.HR_OFFICER, *both)
    assert not policies.covers_together(country.hr, Role.HR_OFFICER, *both)
    RoleGrantFactory.create(user=country.hr, agency=country.culture)
    assert not policies.covers_together(country.hr, Role.HR_OFFICER, *both)


def test_covers_together_when_one_side_was_merged_into_the_other():
    country = make_country()
    SuccessionFactory.create(predecessor=country.culture, successor=country.health, on=DAY)
    assert policies.covers_together(country.hr, Role.HR_OFFICER, path(country.health), path(country.culture))


def test_officials_for_sees_the_branch_and_no_more():
    country = make_country()
    other = OfficialFactory.create(agency=country.culture)
    assert set(selectors.officials_for(country.hr)) == {country.lan}
    assert set(selectors.officials_for(country.hr_province)) == {country.lan, other}
    assert not selectors.officials_for(country.hr_elsewhere).exists()
    assert not selectors.officials_for(country.lan_login).exists()
    assert selectors.own_official(country.lan_login) == country.lan
    with pytest.raises(NotFoundError):
        selectors.own_official(country.hr)
    with pytest.raises(NotFoundError):
        selectors.official_for(country.hr_culture, country.lan.public_id)
    with pytest.raises(NotFoundError):
        selectors.agency_for(country.hr, country.culture.code)
    assert selectors.agency_for(country.hr, country.health.code) == country.health


def test_officials_for_follows_the_person_to_another_agency():
    country = make_country()
    book.amend_official(official=country.lan, by=None, agency=country.culture)
    assert not selectors.officials_for(country.hr).exists()
    assert set(selectors.officials_for(country.hr_culture)) == {country.lan}
    assert OfficialRecord.objects.filter(official=country.lan).count() == 2


def test_officials_for_a_role_does_not_lend_it_to_another():
    country = make_country()
    auditor = officer(country.health, "Thanh tra", role=Role.AUDITOR)
    assert set(selectors.officials_for(auditor)) == {country.lan}
    assert not selectors.officials_for(auditor, Role.HR_OFFICER).exists()


def test_grant_role_is_the_administrators():
    country = make_country()
    with pytest.raises(NotAllowedError):
        services.grant_role(user=country.hr, role=Role.AUDITOR, agency=country.health, by=country.hr_province)
    administrator = UserFactory.create(administrator=True)
    grant = services.grant_role(user=country.hr, role=Role.AUDITOR, agency=country.health, by=administrator)
    again = services.grant_role(user=country.hr, role=Role.AUDITOR, agency=country.health, by=administrator)
    assert again == grant
