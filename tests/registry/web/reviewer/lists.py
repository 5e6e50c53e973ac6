"""Lists as an office sends them, small."""

import io
from collections.abc import Iterable

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from registry.intake import services as intake
from registry.intake.models import Import

HEADINGS = ("Mã cán bộ", "Họ và tên", "Đơn vị", "Chức vụ", "Loại", "Email công vụ")


def staff_bytes(
    rows: Iterable[tuple[str, str, str]], *, position: str = "Chuyên viên", headings: tuple[str, ...] = ()
) -> bytes:
    """A staff list as CSV: code, name and unit of each; `headings` are columns beyond the usual."""
    lines = [",".join([*HEADINGS, *headings])]
    lines += [
        ",".join(
            [*row, position, "Công chức", f"{row[0].lower()}@example.gov.vn", *("x" for _one in headings)]
        )
        for row in rows
    ]
    return "\ufeff".encode() + "\r\n".join(lines).encode()


def staff_list(rows: Iterable[tuple[str, str, str]]) -> io.BytesIO:
    """The same as an open file."""
    return io.BytesIO(staff_bytes(rows))


def upload(content: bytes, name: str = "danh-sach.csv") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content, content_type="text/csv")


def confirm_columns(browser: Client, job: Import, **other: str) -> None:
    """Say that the columns are as recognised (`C="unit"` says otherwise), and let a worker read the list."""
    address = reverse("reviewer:import_columns", args=[job.public_id])
    form = browser.get(address).context["form"]
    said = {name: field.initial for name, field in form.fields.items()}
    said |= {f"column-{place}": name for place, name in other.items()}
    answer = browser.post(address, said)
    assert answer.status_code == 302, answer.context["form"].errors
    intake.work(job.pk)
