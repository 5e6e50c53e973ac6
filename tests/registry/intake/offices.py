"""A small province and its lists, for the tests of imports."""

import csv
import datetime as dt
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import xlsxwriter

from accounts.models import Agency, AgencyKind, Official, OfficialRecord
from registry.intake import services
from registry.intake.models import Import
from registry.intake.refused import refusals_of
from registry.users.models import Role, User
from tests.factories.agencies import AgencyFactory
from tests.factories.people import RoleGrantFactory, UserFactory

HEADINGS = (
    "Mã CBCCVC", "Họ và tên", "Đơn vị công tác", "Chức vụ", "Đối tượng", "Thư điện tử công vụ",
    "Ngày bắt đầu công tác", "Tình trạng",
)  # fmt: skip
ACCOUNT_HEADINGS = (
    "Mã CBCCVC", "Nền tảng", "Liên kết trang", "Tên hiển thị", "Cơ quan hiển thị", "Tuyên bố cá nhân",
    "Ảnh", "Ngày khai",
)  # fmt: skip
Row = tuple[Any, ...]


@dataclass
class Province:
    """A province with two departments."""

    province: Agency
    home: Agency
    finance: Agency


def agency(**facts: Any) -> Agency:
    """An agency with its record."""
    return cast("Agency", AgencyFactory(**facts))


def province() -> Province:
    """A province under the Government, as the shipped agencies stand."""
    government = agency(name="Chính phủ", kind=AgencyKind.GOVERNMENT)
    root = agency(name="UBND tỉnh Hà Tĩnh", kind=AgencyKind.PROVINCE, parent=government)
    return Province(
        root,
        agency(name="Sở Nội vụ", parent=root),
        agency(name="Sở Tài chính", parent=root),
    )


def person(code: str = "HT-001", name: str = "Nguyễn Thị Kim Linh", **facts: Any) -> Row:
    """A row of the staff list."""
    return (
        code,
        name,
        facts.get("unit", "Sở Nội vụ"),
        facts.get("position", "Chuyên viên"),
        facts.get("category", "Công chức"),
        facts.get("email", "a.b@hatinh.example.vn"),
        facts.get("since", dt.date(2016, 5, 5)),
        facts.get("status", "Đang công tác"),
    )


def people(count: int, **facts: Any) -> list[Row]:
    """Rows of several people, with codes from HT-000 on."""
    names = ("Lê Văn An", "Trần Thị Bích", "Phạm Hữu Châu", "Vũ Đức Dũng", "Võ Minh Giang", "Hồ Thu Hà")
    return [
        person(f"HT-{n:03}", f"{names[n % 6]} {'Xuân' * (n // 6)}".strip(), **facts) for n in range(count)
    ]


def staff_file(folder: Path, rows: list[Row], headings: Row = HEADINGS, name: str = "ds.xlsx") -> Path:
    """A workbook with a title above the headings: the first person stands in row 4."""
    path = folder / name
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("DANH SACH")
        sheet.write_string(0, 0, "DANH SÁCH CÁN BỘ, CÔNG CHỨC")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate([headings, *rows], 2):
            for column, cell in enumerate(row):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(number, column, dt.datetime(*cell.timetuple()[:3]), day)  # noqa: DTZ001 - a sheet knows no zones
                else:
                    sheet.write_string(number, column, cell)
    return path


def accounts_file(folder: Path, rows: list[Row], headings: Row = ACCOUNT_HEADINGS) -> Path:
    """A CSV as the sample's; the first account stands in row 2."""
    path = folder / "tai_khoan.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";").writerows([headings, *rows])
    return path


def archive(folder: Path, **photos: bytes) -> Path:
    """A ZIP of photos named a_jpg → a.jpg."""
    path = folder / "anh.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name, data in photos.items():
            packed.writestr(name.replace("_", "."), data)
    return path


def load(folder: Path, agency: Agency, rows: list[Row], **options: Any) -> Import:
    """Import a staff list wholly."""
    headings = options.pop("headings", HEADINGS)
    job = services.plan_staff(
        source=staff_file(folder, rows, headings), agency=agency, by=options.pop("by", None)
    )
    return services.apply(job=job, by=job.uploaded_by, **options)


def codes(job: Import) -> list[tuple[int, str]]:
    """Row and code of every refusal."""
    return [(refusal.row, refusal.code) for refusal in refusals_of(job)]


def counts(job: Import) -> tuple[int, ...]:
    """New, changed, unchanged, left, refused."""
    names = ("new", "changed", "unchanged", "left", "refused")
    return tuple(job.counts[name] for name in names)


def record(code: str) -> OfficialRecord:
    """The record that stands for a staff code."""
    return OfficialRecord.objects.current().get(official__staff_code=code)


def officer(agency: Agency, role: Role = Role.HR_OFFICER, official: Official | None = None) -> User:
    """A login with a role over an agency."""
    user = cast("User", UserFactory(official=official))
    RoleGrantFactory(user=user, agency=agency, role=role)
    return user
