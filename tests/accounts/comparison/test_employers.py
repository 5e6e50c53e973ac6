"""Where the employer is named: whole words, folded; in handles whole pieces; never the person's own name."""

from collections.abc import Sequence

import pytest

from accounts import names
from accounts.comparison.employers import judge_employer
from accounts.models import EmployerNamed

POLICE = names.Phrases(
    ["Công an tỉnh Hà Tĩnh", "Công an Hà Tĩnh", "CA Hà Tĩnh", "Bộ Công an", "BCA", "Công an"]
)


def judged(
    name: str = "Trần Thị Hoa",
    handles: Sequence[str] = (),
    disclaimer: str = "",
    agency: str = "",
    *,
    full_name: str = "Trần Thị Hoa",
    shows_own: bool = False,
) -> EmployerNamed:
    return judge_employer(
        phrases=POLICE,
        name_shown=name,
        full_name=full_name,
        handles=handles,
        disclaimer=disclaimer,
        agency_shown=agency,
        shows_own=shows_own,
    )


@pytest.mark.parametrize(
    "name",
    ["Hoa Công an", "Hoa - CONG AN HA TINH", "Hoa (BCA)", "hoa bca", "Trần Thị Hoa | Công an tỉnh Hà Tĩnh"],
)
def test_judge_employer_named_in_the_name(name: str):
    assert judged(name) == EmployerNamed.NAME


@pytest.mark.parametrize(
    ("name", "full_name"),
    [
        ("Nguyễn Công An", "Nguyễn Công An"),
        ("Nguyen Cong An", "Nguyễn Công An"),
        ("Công An Nguyễn", "Nguyễn Công An"),
        ("Nguyễn Công Ân", "Trần Thị Hoa"),  # another word
        ("Trần Thị Bca Lan", "Trần Thị Bca Lan"),
        ("Hoa BCAA", "Trần Thị Hoa"),
        ("", "Trần Thị Hoa"),
    ],
)
def test_judge_employer_is_not_the_person_s_own_name_nor_part_of_a_longer_word(name: str, full_name: str):
    assert judged(name, full_name=full_name) == EmployerNamed.NOWHERE


@pytest.mark.parametrize(
    "handle",
    ["cong.an.ha.tinh", "hoa_congan", "@CongAnHaTinh", "hoa-congan-38", "hoaCongAn", "hoa.bca", "bca38"],
)
def test_judge_employer_named_in_the_handle(handle: str):
    assert judged(handles=["tranthihoa", handle]) == EmployerNamed.HANDLE


@pytest.mark.parametrize("handle", ["congancuchi", "hoabca", "b.c.a", "congoan", "", "@", "123"])
def test_judge_employer_of_a_handle_stands_inside_no_longer_word(handle: str):
    assert judged(handles=[handle]) == EmployerNamed.NOWHERE


def test_judge_employer_of_a_handle_that_is_the_person_s_own_name():
    assert judged(handles=["nguyen.cong.an"], full_name="Nguyễn Công An") == EmployerNamed.NOWHERE
    assert judged(handles=["nguyen.cong.an"], full_name="Trần Thị Hoa") == EmployerNamed.HANDLE


@pytest.mark.parametrize(
    ("disclaimer", "agency", "shows_own", "places"),
    [
        ("Trang cá nhân, không đại diện cho Bộ Công an", "", False, EmployerNamed.DISCLAIMER),
        ("Trang cá nhân, không đại diện cho cơ quan", "", False, EmployerNamed.NOWHERE),
        ("", "Công an", False, EmployerNamed.AGENCY_FIELD),
        ("", "Phòng cũ của tôi", True, EmployerNamed.AGENCY_FIELD),  # read as it, by a former name
        ("", "Sở Y tế", False, EmployerNamed.NOWHERE),
        ("BCA", "BCA", True, EmployerNamed.DISCLAIMER | EmployerNamed.AGENCY_FIELD),
    ],
)
def test_judge_employer_in_notice_and_agency_field(
    disclaimer: str, agency: str, *, shows_own: bool, places: EmployerNamed
):
    assert judged(disclaimer=disclaimer, agency=agency, shows_own=shows_own) == places
