import json
import zipfile
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Entry, OfficialRecord
from registry.intake.models import Import, RefusedCell, StaffRow
from tests.registry.intake.offices import (
    Province,
    accounts_file,
    officer,
    people,
    person,
    province,
    staff_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Province:
    return province()


def run(command: str, *arguments: object, **options: Any):
    out = StringIO()
    call_command(command, *map(str, arguments), stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def refused(command: str, *arguments: object):
    with pytest.raises(CommandError) as error:
        run(command, *arguments)
    assert not Import.objects.exists()
    assert not StaffRow.objects.exists()
    assert not RefusedCell.objects.exists()
    assert not OfficialRecord.objects.exists()
    return error.value.returncode, str(error.value)


def test_import_staff_answers_with_one_object(tmp_path: Path, office: Province):
    file = staff_file(tmp_path, [*people(2), person("HT-009", "Lê Sai Thư", email="sai")])
    answer = json.loads(run("import_staff", file, "--agency", office.province.code, "--json"))
    assert {name: answer[name] for name in ("new", "changed", "unchanged", "left", "refused", "absent")} == {
        "new": 2, "changed": 0, "unchanged": 0, "left": 0, "refused": 1, "absent": 0,
    }  # fmt: skip
    (refusal,) = answer["refusals"]
    assert set(refusal) == {"row", "column", "code", "value", "message", "suggestion"}
    assert (refusal["row"], refusal["code"], refusal["value"]) == (6, "bad_email", "sai")
    assert refusal["message"] == "Đây không phải địa chỉ thư điện tử."
    assert answer["state"] == "applied"
    assert OfficialRecord.objects.count() == 2


def test_plan_only_shows_the_plan_and_leaves_nothing(tmp_path: Path, office: Province):
    file = staff_file(tmp_path, people(2))
    answer = json.loads(run("import_staff", file, "--agency", office.province.code, "--plan-only", "--json"))
    assert (answer["new"], answer["state"]) == (2, "planned")
    assert not OfficialRecord.objects.exists()
    assert not Import.objects.exists()


def test_import_staff_tells_a_person_in_vietnamese(tmp_path: Path, office: Province):
    said = run("import_staff", staff_file(tmp_path, people(1)), "--agency", office.province.code)
    assert "Thêm mới: 1" in said
    assert "\r" not in said


def test_refused_rows_are_written_where_asked(tmp_path: Path, office: Province):
    back = tmp_path / "sai.xlsx"
    file = staff_file(tmp_path, [person(email="sai"), person("HT-002", "Lê An Bình")])
    run("import_staff", file, "--agency", office.province.code, "--refused", back)
    assert zipfile.is_zipfile(back)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 \x00",
        b"\x00" * 5000,
        b"PK\x03\x04broken",
        "Một dòng chữ\n".encode(),
        b"\xff\xfe\x00\xd8",
    ],
)
def test_file_that_is_no_list_is_refused_with_exit_code_2(tmp_path: Path, office: Province, content: bytes):
    file = tmp_path / "ds.xlsx"
    file.write_bytes(content)
    assert refused("import_staff", file, "--agency", office.province.code)[0] == 2


@pytest.mark.parametrize("name", ["khong-co.xlsx", "", "\x00"])
def test_file_that_is_not_there_is_refused(tmp_path: Path, office: Province, name: str):
    assert refused("import_staff", tmp_path / name, "--agency", office.province.code)[0] == 2


def test_unknown_agency_and_login_are_refused(tmp_path: Path, office: Province):
    file = staff_file(tmp_path, people(1))
    assert refused("import_staff", file, "--agency", "KHONG-CO")[0] == 2
    returned, said = refused("import_staff", file, "--agency", office.province.code, "--by", "ai-do")
    assert (returned, "ai-do" in said) == (2, True)


def test_login_without_scope_is_refused(tmp_path: Path, office: Province):
    stranger = officer(office.finance)
    file = staff_file(tmp_path, people(1))
    arguments = (file, "--agency", office.home.code, "--by", stranger.username)
    assert refused("import_staff", *arguments)[0] == 2


def test_refusal_of_the_whole_file_is_an_object_too(tmp_path: Path, office: Province):
    file = tmp_path / "ds.xlsx"
    file.write_bytes(b"")
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("import_staff", str(file), "--agency", office.province.code, "--json", stdout=out)
    assert json.loads(out.getvalue())["error"]["code"] == "empty_file"


def test_hostile_cells_are_refused_and_nothing_breaks(tmp_path: Path, office: Province):
    file = tmp_path / "ds.csv"
    lines = [
        "Mã CBCCVC;Họ và tên;Đơn vị công tác;Đối tượng",
        f"HT-001;{'A' * 10_000};Sở Nội vụ;Công chức",
        "HT-002;Lê\x00Văn;Sở Nội vụ;Công chức",
        "HT-003;=cmd|' /C calc'!A0;Sở Nội vụ;Công chức",
        "HT-004;Lê \\N An;Sở Nội vụ;Công chức",
        "HT\\005;Trần\\tBích;Sở Nội vụ;Công chức",
    ]
    file.write_bytes("\n".join(lines).encode())
    answer = json.loads(run("import_staff", file, "--agency", office.province.code, "--json"))
    assert {row["row"] for row in answer["refusals"]} == {2, 3, 4}
    names = dict(OfficialRecord.objects.values_list("official__staff_code", "full_name"))
    assert names == {"HT-004": "Lê \\N An", "HT\\005": "Trần\\tBích"}


def test_archive_that_is_no_zip_is_refused_whole(tmp_path: Path, office: Province):
    file = accounts_file(tmp_path, [("HT-001", "Facebook", "https://fb.com/an", "An", "", "", "a.jpg", "")])
    bad = tmp_path / "anh.rar"
    bad.write_bytes(b"Rar!\x1a\x07")
    assert refused("import_accounts", file, "--photos", bad, "--agency", office.province.code)[0] == 2
    assert not Entry.objects.exists()
