"""Who looked at somebody's data, told by role and agency; and which lists may have named them."""

from typing import Any

from django.utils import timezone, translation

from accounts.models import Agency
from accounts.services import amend_official
from common.audit import services as audit
from registry.exports.models import Export
from registry.privacy.looks import lists_naming, looks_at, told
from registry.privacy.services import note_look
from registry.users.models import Role, User
from registry.users.services import end_grant
from tests.factories import SuccessionFactory, UserFactory
from tests.registry.people import Country, officer


def exported(agency: Agency, by: User | None, **facts: Any) -> Export:
    return Export.objects.create(
        **{
            "agency": agency,
            "agency_path": f"{agency.pk}/",
            "by": by,
            "as_of": timezone.now(),
            "format": "csv",
            "filter": {"staff_code": ""},
            "rows": 1,
            "size": 1,
            "sha256": "0" * 64,
            "file_name": "x.csv",
        }
        | facts
    )


def words(country: Country) -> list[tuple[str, str]]:
    events = list(looks_at(country.lan).order_by("-pk"))
    with translation.override("en"):
        return [(each.who, each.what) for each in told(country.lan, events)]


def test_told_names_role_and_agency_and_never_a_person(country: Country):
    auditor = officer(country.province, "Ngô Văn Kiểm", role=Role.AUDITOR)
    note_look(official=country.lan, page="edit", by=country.hr)
    note_look(official=country.lan, page="verdicts", by=auditor)
    note_look(official=country.lan, page="data_file", by=country.lan_login)
    assert words(country) == [
        ("You", "Everything held about you, as a file"),
        ("Auditor, UBND tỉnh Một", "What every rule says of you, as of a day"),
        ("HR officer, Sở Y tế", "The HR facts, to change them"),
    ]


def test_told_of_a_page_it_does_not_know_says_so(country: Country):
    note_look(official=country.lan, page="something-new", by=country.hr)
    assert words(country)[0][1] == "Another page about you"


def test_told_is_the_role_the_officer_had_when_they_looked(country: Country):
    note_look(official=country.lan, page="edit", by=country.hr)
    end_grant(grant=country.hr.grants.get(), by=None)
    note_look(official=country.lan, page="edit", by=country.hr)
    assert [who for who, _what in words(country)] == ["Somebody whose role has ended", "HR officer, Sở Y tế"]


def test_told_of_an_administrator_and_of_the_register_itself(country: Country):
    boss = UserFactory.create()
    boss.is_superuser = True
    boss.save()
    note_look(official=country.lan, page="edit", by=boss)
    audit.record(act="official.viewed", by=None, subject_kind="official", subject_id=country.lan.pk)
    assert words(country) == [
        ("The register itself", "Your page"),
        ("System administrator", "The HR facts, to change them"),
    ]


def test_looks_at_are_of_this_person_alone(country: Country):
    audit.record(act="official.viewed", by=None, subject_kind="agency", subject_id=country.lan.pk)
    audit.record(act="official.viewed", by=None, subject_kind="official", subject_id=country.lan.pk + 1)
    audit.record(act="official.amended", by=None, subject_kind="official", subject_id=country.lan.pk)
    assert not looks_at(country.lan).exists()


def test_lists_naming_are_those_of_ones_agency_and_all_above(country: Country):
    for agency in (country.health, country.province, country.culture, country.elsewhere):
        exported(agency, country.hr_province)
    with translation.override("en"):
        found = lists_naming(country.lan)
    assert [each.what.split(",")[0] for each in found] == ["List of UBND tỉnh Một", "List of Sở Y tế"]
    assert {each.who for each in found} == {"HR officer, UBND tỉnh Một"}


def test_lists_naming_of_before_one_came_and_after_one_left_are_not_ones_own(country: Country):
    exported(country.health, None, as_of=timezone.now().replace(year=2020))
    amend_official(official=country.lan, by=None, agency=country.culture)
    exported(country.health, None)
    assert lists_naming(country.lan) == []
    exported(country.culture, None)
    assert len(lists_naming(country.lan)) == 1


def test_lists_naming_narrowed_to_somebody_else_are_left_out(country: Country):
    exported(country.health, None, filter={"staff_code": "ANOTHER"})
    assert lists_naming(country.lan) == []
    exported(country.health, None, filter={"staff_code": country.lan.staff_code})
    assert len(lists_naming(country.lan)) == 1


def test_lists_naming_take_in_what_ones_agency_was_merged_into(country: Country):
    SuccessionFactory.create(predecessor=country.health, successor=country.culture)
    exported(country.culture, None)
    assert len(lists_naming(country.lan)) == 1
