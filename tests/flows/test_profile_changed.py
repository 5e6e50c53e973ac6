"""Another profile: its branch is looked at again, and nobody else; what it asked before is asked no more."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts import services as book
from accounts.comparison import refresh_marked
from accounts.models import Agency, AgencyRecord, Comparison, OfficialComparison
from common.changes.models import ChangeMark
from registry.findings.models import Episode, Finding, State
from registry.findings.services import run_changed
from registry.rules.profiles import PROFILES
from registry.users.models import User
from tests.factories import AgencyFactory, EntryFactory, OfficialFactory
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    """Everybody shows a text as agency that no agency bears: such accounts any new name could concern."""
    country = make_country()
    for agency in (country.health, country.culture, country.elsewhere, country.province):
        official = OfficialFactory.create(agency=agency, full_name="Trần Thị Hoa")
        EntryFactory.create(
            facts__official=official, facts__name_shown="Trần Thị Hoa", facts__agency_shown="Không rõ nơi nào"
        )
    run_changed()
    assert not ChangeMark.objects.exists()
    return country


def browser_of(user: User) -> Client:
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def choose(user: User, agency: Agency, profile: str) -> None:
    """Choose the profile as an HR officer does."""
    record = AgencyRecord.objects.current().get(agency=agency)
    said = {"profile": profile, "record": str(record.pk), "sure": "yes"}
    answer = browser_of(user).post(reverse("reviewer:profile", args=[agency.code]), said)
    assert answer.status_code == 302


def profiles_by_agency() -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for table in (Comparison, OfficialComparison):
        for agency, profile in table._default_manager.values_list("agency_id", "profile"):
            found.setdefault(agency, set()).add(profile)
    return found


def asked_for_photos() -> set[int]:
    """In which agencies the missing photo is held against somebody."""
    standing = Finding.objects.filter(rule="ACC-03", state=State.OPEN)
    return set(standing.values_list("agency_id", flat=True))


def test_profile_of_a_branch_rechecks_that_branch_and_nobody_else(country: Country):
    everywhere = {country.health.pk, country.culture.pk, country.elsewhere.pk, country.province.pk}
    assert asked_for_photos() == everywhere
    choose(country.hr, country.health, "code-2026")
    run_changed()
    assert asked_for_photos() == everywhere - {country.health.pk}
    profiles = profiles_by_agency()
    assert profiles.pop(country.health.pk) == {PROFILES["code-2026"].number}
    assert set().union(*profiles.values()) == {1}


def test_profile_is_inherited_down_and_a_nearer_one_stays(country: Country):
    ward = AgencyFactory.create(parent=country.health, name="Bệnh viện Một")
    EntryFactory.create(facts__official=OfficialFactory.create(agency=ward), facts__agency_shown="")
    choose(country.hr_culture, country.culture, "code-2026")
    run_changed()
    choose(country.hr_province, country.province, "procuracy")
    run_changed()
    profiles = profiles_by_agency()
    procuracy = {PROFILES["procuracy"].number}
    assert profiles[country.province.pk] == profiles[country.health.pk] == profiles[ward.pk] == procuracy
    assert profiles[country.culture.pk] == {PROFILES["code-2026"].number}
    assert profiles[country.elsewhere.pk] == {1}
    assert asked_for_photos() == {country.elsewhere.pk}


@pytest.mark.parametrize("regulation", [False, True])
def test_profile_or_regulation_has_only_its_branch_compared_again(country: Country, *, regulation: bool):
    if regulation:
        said = {"number": "1/QĐ", "issued_on": "01/01/2026", "in_force_from": "01/01/2026"}
        address = reverse("reviewer:regulation", args=[country.health.code])
        assert browser_of(country.hr).post(address, said | {"photo_max_age_days": "90"}).status_code == 302
    else:
        choose(country.hr, country.health, "code-2026")
    accounts: set[int] = set()
    officials: set[int] = set()
    agencies: set[int] = set()
    with transaction.atomic():
        while taken := refresh_marked():
            accounts.update(taken.account_ids)
            officials.update(taken.official_ids)
            agencies.update(taken.agency_ids)
    of_health = {"agency_id": country.health.pk}
    assert accounts == set(Comparison.objects.filter(**of_health).values_list("account_id", flat=True))
    assert officials == set(OfficialComparison.objects.filter(**of_health).values_list("pk", flat=True))
    assert agencies == {country.health.pk}


def test_profile_given_up_is_the_one_above_again(country: Country):
    choose(country.hr, country.health, "code-2026")
    run_changed()
    choose(country.hr, country.health, "")
    run_changed()
    assert country.health.pk in asked_for_photos()
    photo = Finding.objects.get(rule="ACC-03", agency_id=country.health.pk, subject_kind=2)
    assert Episode.objects.filter(finding=photo).count() == 2  # the same finding, with a history


def test_profile_with_unchanged_choice_marks_nobody(country: Country):
    choose(country.hr, country.health, "")
    assert not ChangeMark.objects.exists()


def test_another_name_is_still_looked_for_everywhere(country: Country):
    book.amend_agency(agency=country.elsewhere, by=None, name="Không rõ nơi nào")
    run_changed()
    meant = Comparison.objects.filter(agency_shown_id=country.elsewhere.pk).values_list(
        "agency_id", flat=True
    )
    assert set(meant) >= {country.elsewhere.pk, country.health.pk}
