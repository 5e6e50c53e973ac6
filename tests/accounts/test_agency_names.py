"""Which agency a text means, seen from where its writer works, on the real agencies."""

from datetime import date

import pytest

from accounts.agency_names import AgencyNames, WrittenAs, agency_meant, agency_names
from accounts.comparison.verdicts import judge_agency
from accounts.models import Agency, AgencyRecord, AgencyVerdict
from accounts.services import amend_agency
from accounts.services.seeding import load_agencies

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> AgencyNames:
    load_agencies(["T34-42", "T34-01", "T34-75", "T34-08", "T63-02", "T63-08"])
    return agency_names()


def path(code: str) -> str:
    return AgencyRecord.objects.current().get(agency__code=code).path


def test_load_agencies_twice_adds_nothing():
    first = load_agencies()
    assert first.agencies > 4000
    assert first.successions > 100
    assert load_agencies() == (0, 0)
    assert AgencyRecord.objects.filter(kind="commune").count() == 3321
    assert AgencyRecord.objects.filter(kind="province", dissolved_on=None).count() == 34


@pytest.mark.parametrize(
    ("text", "near", "code", "written_as"),
    [
        ("Sở Nội vụ", "T34-42-NV", "T34-42-NV", WrittenAs.NAME),
        ("so noi vu", "T34-42-NV", "T34-42-NV", WrittenAs.NAME),
        ("SỞ NỘI VỤ TỈNH HÀ TĨNH", "T34-01-NV", "T34-42-NV", WrittenAs.NAME),
        ("Tỉnh Hà Tĩnh", "T34-42-NV", "T34-42", WrittenAs.ALIAS),
        ("Ủy ban nhân dân tỉnh Hà Tĩnh", "T34-42-NV", "T34-42", WrittenAs.NAME),
        ("UBND tỉnh Hà Tĩnh", "T34-42-NV", "T34-42", WrittenAs.NAME),
        ("Sở Thông tin và Truyền thông", "T34-42-NV", "T34-42-STTTT63", WrittenAs.NAME),
        ("Bộ Tài chính", "T34-42-NV", "TW-BTC", WrittenAs.NAME),
        ("UBND tỉnh Đồng Nai", "T34-75-NV", "T34-75", WrittenAs.FORMER_NAME),
    ],
)
def test_resolve(known: AgencyNames, text: str, near: str, code: str, written_as: WrittenAs):
    found = known.resolve(text, near=path(near))
    assert found is not None
    assert (found.agency.code, found.written_as) == (code, written_as)


@pytest.mark.parametrize(
    "text", ["", "   ", "Sở Hàng không vũ trụ", "UBND xã Không Có Thật", "\x00", "a" * 10_000]
)
def test_resolve_what_nobody_is_called(known: AgencyNames, text: str):
    assert known.resolve(text, near=path("T34-42")) is None


def test_resolve_never_guesses_between_two_far_agencies(known: AgencyNames):
    assert known.resolve("Sở Nội vụ", near=path("TW-BTC")) is None


def test_resolve_of_a_department_of_a_province_merged_away(known: AgencyNames):
    found = known.resolve("Sở Thông tin và Truyền thông", near=path("T34-08-NV"))
    assert found is not None
    assert found.agency.dissolved_on == date(2025, 3, 1)


def test_successors_of_a_dissolved_department(known: AgencyNames):
    gone = Agency.objects.get(code="T34-42-STTTT63")
    assert {one.name for one in known.successors(gone.pk)} == {
        "Sở Khoa học và Công nghệ", "Sở Văn hóa, Thể thao và Du lịch",
    }  # fmt: skip


def test_suggest_a_name_with_a_slip(known: AgencyNames):
    assert known.suggest("Sở Nội vu5", near=path("T34-42"))[0].code == "T34-42-NV"
    assert known.suggest("UBND xã Ky Thuong", near=path("T34-42"))[0].name == "UBND xã Kỳ Thượng"


@pytest.mark.usefixtures("known")
def test_names_are_read_again_after_an_agency_changed():
    agency = Agency.objects.get(code="T34-42-NV")
    amend_agency(agency=agency, by=None, aliases=["Tổ chức cán bộ Hà Tĩnh"])
    found = agency_names().resolve("Tổ chức cán bộ Hà Tĩnh", near=path("T34-42"))
    assert found is not None
    assert found.agency.agency_id == agency.pk


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("", AgencyVerdict.MISSING),
        ("Sở Nội vụ", AgencyVerdict.CURRENT),
        ("So Noi vu", AgencyVerdict.CURRENT),
        ("Tỉnh Hà Tĩnh", AgencyVerdict.ANCESTOR),
        ("Sở Tư pháp", AgencyVerdict.OTHER),
        ("Sở Thông tin và Truyền thông", AgencyVerdict.OTHER),
        ("Sở Hàng không vũ trụ", AgencyVerdict.UNKNOWN),
    ],
)
def test_judge_agency(known: AgencyNames, text: str, verdict: AgencyVerdict):
    found = judge_agency(text=text, resolved_id=None, own_path=path("T34-42-NV"), known=known)
    assert found.verdict == verdict


def test_agency_meant_is_of_the_book_and_nothing_is_guessed(known: AgencyNames):
    del known
    near = path("T34-42-NV")
    meant = agency_meant(" Sở Nội vụ ", near=near)
    assert meant is not None
    assert meant.code == "T34-42-NV"
    assert agency_meant("Sở Nội vụ", near="") is None
    assert agency_meant("  ", near=near) is None
    assert agency_meant("Công ty Hoa Mai", near=near) is None
