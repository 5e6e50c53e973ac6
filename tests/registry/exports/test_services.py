"""An exported list says what the register says, proves it, and is written down."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.exceptions import ImproperlyConfigured
from django.db import ProgrammingError, transaction
from django.utils import timezone, translation

from accounts import services as book
from accounts.models import AgencyRecord
from common.audit.models import AuditEvent
from common.errors import NotFoundError, RegistryError
from registry.exports import services, signing
from registry.exports.as_of import instant_of, read_day
from registry.exports.manifest import verify
from registry.exports.models import Export, Format
from registry.exports.protection import restore
from registry.exports.selectors import exports_for
from registry.findings.selectors import ComplianceFilter
from registry.rules.rule import Subject
from tests.factories import OfficialFactory, SuccessionFactory
from tests.registry.exports.conftest import Audited, judge

pytestmark = pytest.mark.django_db


def read(path: Path) -> list[dict[str, str]]:
    text = path.read_bytes().decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    return [{head: restore(cell) for head, cell in row.items()} for row in rows]


def test_export_compliance_says_each_finding_in_words(audited: Audited, tmp_path: Path):
    with translation.override("en"):
        made = services.export_compliance(agency=audited.health, folder=tmp_path, by=audited.auditor)
    rows = read(made.path)
    assert made.export.rows == len(rows)
    name = next(row for row in rows if row["Rule"] == "ACC-02" and row["State"] == "Not in line")
    assert name["Full name"] == "Trần Thị Lan"
    assert name["Staff code"] == "YT-001"
    assert name["Agency"] == "Sở Y tế"
    assert name["Account"] == "@lan.yt" or name["Account"] == "lan.yt"
    assert name["Link"] == "https://www.tiktok.com/@lan.yt"
    assert "Mẹ Bắp" in name["What was found"]
    assert name["What should be so"] == "The name shown is the name on record"
    assert name["Legal basis"].endswith("(only proposed in a draft)")
    assert name["Since"] == f"{timezone.localdate():%d/%m/%Y}"
    undeclared = next(row for row in rows if row["Staff code"] == "YT-002")
    assert undeclared["Full name"] == "=Đỗ Văn Bình"
    assert (undeclared["Rule"], undeclared["State"]) == ("OFF-01", "Violation of the agency's own regulation")
    nil = next(row for row in rows if row["Staff code"] == "YT-003")
    assert (nil["Rule"], nil["State"], nil["Legal basis"]) == ("", "In line", "")
    assert nil["Standing in the register"] == "States to have no account"
    unsure = [row for row in rows if row["Rule"] == "ACC-02" and row is not name]
    assert [row["State"].split(":")[0] for row in unsure] == ["Could not be checked"]
    assert {row["Agency code"] for row in rows} == {"TINH-1-YT"}


def test_export_compliance_says_of_units_what_it_says_of_people(audited: Audited, tmp_path: Path):
    with translation.override("en"):
        made = services.export_compliance(
            agency=audited.province,
            folder=tmp_path,
            by=None,
            wanted=ComplianceFilter(subjects=[Subject.AGENCY]),
        )
    rows = read(made.path)
    assert made.export.rows == len(rows)
    # side by side, and yet each by its own name
    assert sorted((row["Agency code"], row["Agency"], row["Rule"]) for row in rows) == [
        ("TINH-1-VH", "Sở Văn hóa", "AGE-02"),
        ("TINH-1-YT", "Sở Y tế", "AGE-02"),
    ]
    for row in rows:
        assert (row["About"], row["State"]) == ("Agency", "Not in line")
        assert row["What should be so"] == "A contact in HR is recorded"
        assert row["Agency"] in row["What was found"]
        assert row["Legal basis"] == "Condition of the register itself"
        assert {
            row[head]
            for head in (
                "Staff code",
                "Full name",
                "Position",
                "Platform",
                "Account",
                "Link",
                "Registered on",
            )
        } == {""}


def test_export_compliance_says_of_each_line_what_it_is_about(audited: Audited, tmp_path: Path):
    with translation.override("en"):
        made = services.export_compliance(agency=audited.health, folder=tmp_path, by=audited.auditor)
    rows = read(made.path)
    assert [row["About"] for row in rows][:2] == ["Agency", "Official"]
    assert {(row["About"], bool(row["Staff code"]), bool(row["Account"])) for row in rows} == {
        ("Agency", False, False),
        ("Official", True, False),
        ("Account", True, True),
    }


def test_export_compliance_never_tells_a_telephone_number(audited: Audited, tmp_path: Path):
    made = services.export_compliance(agency=audited.health, folder=tmp_path, by=audited.auditor)
    text = made.path.read_text("utf-8-sig")
    assert "Zalo" in text
    assert "912345678" not in text
    assert "912345678" not in made.manifest_path.read_text()


def test_export_compliance_is_in_vietnamese_unless_asked_otherwise(audited: Audited, tmp_path: Path):
    made = services.export_compliance(agency=audited.health, folder=tmp_path, by=audited.auditor)
    assert {"Mã cán bộ", "Họ và tên", "Căn cứ pháp lý"} <= set(read(made.path)[0])


def test_export_compliance_as_xlsx_holds_the_same_cells(audited: Audited, tmp_path: Path):
    from python_calamine import CalamineWorkbook  # noqa: PLC0415 - only this test reads a workbook

    day = timezone.localdate()
    as_csv = services.export_compliance(agency=audited.health, folder=tmp_path, by=None, day=day)
    as_xlsx = services.export_compliance(
        agency=audited.health, folder=tmp_path, by=None, day=day, form=Format.XLSX
    )
    heads, *cells = CalamineWorkbook.from_path(as_xlsx.path).get_sheet_by_index(0).to_python()
    rows = read(as_csv.path)
    at = list(rows[0])[-1]  # the two were made a moment apart
    assert heads == list(rows[0])
    assert [dict(zip(heads, row, strict=True)) | {at: ""} for row in cells] == [
        row | {at: ""} for row in rows
    ]


@pytest.mark.parametrize(
    "wanted",
    [
        ComplianceFilter(rules=("ACC-02",)),
        ComplianceFilter(states=("in_line",)),
        ComplianceFilter(subjects=(Subject.AGENCY,)),
        ComplianceFilter(platform="tiktok"),
        ComplianceFilter(staff_code="YT-002"),
    ],
)
def test_export_compliance_when_filtered_holds_a_part(
    audited: Audited, tmp_path: Path, wanted: ComplianceFilter
):
    whole = services.export_compliance(agency=audited.health, folder=tmp_path, by=None).export.rows
    part = services.export_compliance(
        agency=audited.health, folder=tmp_path, by=None, wanted=wanted
    ).export.rows
    assert 0 < part < whole


def test_export_compliance_as_of_a_day_gives_what_the_register_held(audited: Audited, tmp_path: Path):
    yesterday = timezone.localdate()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        book.amend_official(official=audited.lan, by=None, full_name="Trần Thị Lan Anh")
        judge()
        then = services.export_compliance(agency=audited.health, folder=tmp_path, by=None, day=yesterday)
        now = services.export_compliance(agency=audited.health, folder=tmp_path, by=None)
    assert "Trần Thị Lan Anh" not in then.path.read_text("utf-8-sig")
    assert "Trần Thị Lan Anh" in now.path.read_text("utf-8-sig")
    assert {row["Tính đến"] for row in read(then.path)} == {f"23:59 {yesterday:%d/%m/%Y}"}


def test_export_compliance_takes_in_what_was_merged_into_the_agency(audited: Audited, tmp_path: Path):
    SuccessionFactory.create(predecessor=audited.culture, successor=audited.health, on=timezone.localdate())
    made = services.export_compliance(agency=audited.health, folder=tmp_path, by=audited.auditor)
    assert "Người Văn Hóa" in made.path.read_text("utf-8-sig")


def test_export_compliance_of_a_foreign_agency_is_not_found_and_leaves_nothing(
    audited: Audited, tmp_path: Path
):
    for agency in (audited.culture, audited.province):
        with pytest.raises(NotFoundError):
            services.export_compliance(agency=agency, folder=tmp_path, by=audited.auditor)
    assert list(tmp_path.glob("*.csv")) == []
    assert Export.objects.count() == 0


def test_export_compliance_of_a_day_before_the_agency_was_known_is_refused(audited: Audited, tmp_path: Path):
    with pytest.raises(RegistryError) as refused:
        services.export_compliance(
            agency=audited.health, folder=tmp_path, by=None, day=read_day("01/01/2001")
        )
    assert refused.value.code == "not_there_yet"


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        (ComplianceFilter(rules=("ACC-99",)), "unknown_rule"),
        (ComplianceFilter(states=("fine",)), "unknown_state"),
    ],
)
def test_export_compliance_when_filter_names_nothing_known_is_refused(
    audited: Audited, tmp_path: Path, wanted: ComplianceFilter, code: str
):
    with pytest.raises(RegistryError) as refused:
        services.export_compliance(agency=audited.health, folder=tmp_path, by=None, wanted=wanted)
    assert refused.value.code == code


def test_export_compliance_is_entered_in_ledger_and_trail(audited: Audited, tmp_path: Path):
    wanted = ComplianceFilter(rules=("ACC-02",), subjects=(Subject.ACCOUNT,))
    made = services.export_compliance(
        agency=audited.health, folder=tmp_path, by=audited.auditor, wanted=wanted
    )
    event = AuditEvent.objects.get(act="list.exported")
    assert event.actor_id == audited.auditor.pk
    assert (event.subject_kind, event.subject_id) == ("agency", audited.health.pk)
    assert event.agency_path == AgencyRecord.objects.current().get(agency=audited.health).path
    assert event.payload["sha256"] == made.export.sha256
    assert event.payload["rows"] == made.export.rows
    assert event.payload["filter"]["rules"] == ["ACC-02"]
    assert event.payload["filter"]["subjects"] == ["account"]
    assert list(exports_for(audited.auditor)) == [made.export]
    assert list(exports_for(audited.stranger)) == []


@pytest.mark.parametrize("act", ["update", "delete"])
def test_export_ledger_is_never_rewritten(audited: Audited, tmp_path: Path, act: str):
    services.export_compliance(agency=audited.health, folder=tmp_path, by=None)
    rows = Export.objects.all()
    with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
        rows.update(rows=0) if act == "update" else rows.delete()


def test_manifest_says_what_was_exported(audited: Audited, tmp_path: Path):
    made = services.export_compliance(agency=audited.health, folder=tmp_path, by=audited.auditor)
    manifest = json.loads(made.manifest_path.read_bytes())["manifest"]
    assert manifest["agency"] == {"code": "TINH-1-YT", "name": "Sở Y tế"}
    assert manifest["profile"] == "draft-2018"
    assert manifest["generated_by"] == "thanhtra"
    assert datetime.fromisoformat(manifest["as_of"]) == made.export.as_of
    assert manifest["rows"] == made.export.rows
    assert manifest["rules"]["ACC-02"] == 1
    assert manifest["file"]["bytes"] == made.path.stat().st_size
    assert manifest["software"]["version"] != "unknown"
    assert verify(made.path).is_true


@pytest.mark.parametrize("form", list(Format))
def test_exported_zip_holds_file_and_manifest_that_verify(audited: Audited, tmp_path: Path, form: Format):
    with services.exported_zip(
        agency=audited.health, by=audited.auditor, day=None, form=form, wanted=ComplianceFilter()
    ) as (packed, export):
        assert export == Export.objects.get()
        assert verify(packed).is_true
        zipfile.ZipFile(packed).extractall(tmp_path)
        folder = packed.parent
    assert not folder.exists()
    (file,) = tmp_path.glob(f"*.{form}")
    assert verify(file).is_true


def test_instant_of_a_past_day_is_its_last_instant_in_vietnam():
    assert instant_of(read_day("2026-06-30")) == datetime(2026, 6, 30, 16, 59, 59, 999999, tzinfo=UTC)


def test_instant_of_a_day_to_come_is_refused():
    with pytest.raises(RegistryError) as refused:
        instant_of(timezone.localdate() + timedelta(days=1))
    assert refused.value.code == "as_of_future"


@pytest.mark.parametrize("text", ["", "30-06-2026x", "31/02/2026", "hôm qua"])
def test_read_day_when_it_is_none_is_refused(text: str):
    with pytest.raises(RegistryError) as refused:
        read_day(text)
    assert refused.value.code == "as_of_unreadable"


def test_signing_key_from_settings_is_the_one_that_signs(settings: pytest.FixtureRequest):
    import base64  # noqa: PLC0415 - only here

    before = signing.key_id(signing.public_key())
    settings.EXPORT_SIGNING_KEY = base64.b64encode(bytes(range(32))).decode()  # type: ignore[attr-defined]
    assert signing.key_id(signing.public_key()) != before
    # RFC 8032's key pair arithmetic, checked with a public key computed elsewhere for this seed.
    assert signing.public_key().public_bytes_raw().hex() == (
        "03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"
    )


def test_signing_key_when_it_is_no_key_stops_with_a_how_to(settings: pytest.FixtureRequest):
    settings.EXPORT_SIGNING_KEY = "short"  # type: ignore[attr-defined]
    with pytest.raises(ImproperlyConfigured, match="32 random bytes"):
        signing.sign(b"x")


def test_signing_key_made_at_first_use_stays_and_is_private(tmp_path: Path):
    first = signing.sign(b"x")
    kept = tmp_path / "private" / "export-signing-key"
    assert kept.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]
    assert signing.sign(b"x") == first


def test_export_compliance_of_an_empty_agency_has_no_line_and_verifies(audited: Audited, tmp_path: Path):
    OfficialFactory.create()  # elsewhere
    made = services.export_compliance(
        agency=audited.health, folder=tmp_path, by=None, wanted=ComplianceFilter(staff_code="none")
    )
    assert made.export.rows == 0
    assert verify(made.path).is_true
