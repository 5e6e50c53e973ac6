"""Naming a unit: from a list, and where the list would be too long, by a search that needs no script."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import AgencyRecord
from registry.intake.models import Import
from registry.web import units
from tests.factories import AgencyFactory, OfficialFactory
from tests.registry.people import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def many(country: Country, monkeypatch: pytest.MonkeyPatch) -> Country:
    """More units than the list holds: two of one name, and some that begin alike."""
    monkeypatch.setattr(units, "LISTED", 3)
    for parent in (country.health, country.culture):
        AgencyFactory.create(parent=parent, name="Phòng Tổ chức")
    AgencyFactory.create(parent=country.health, name="Trung tâm Y tế Một")
    AgencyFactory.create(parent=country.elsewhere, name="Sở Y tế tỉnh Hai")
    return country


def code_of(name: str) -> list[str]:
    return list(
        AgencyRecord.objects.current()
        .filter(name=name)
        .order_by("agency")
        .values_list("agency__code", flat=True)
    )


def shown(page: Any) -> str:
    return str(page.content.decode())


def test_staff_of_few_units_offers_them_in_a_list(hr_province: Client, country: Country):
    page = shown(hr_province.get(reverse("reviewer:staff")))
    assert f'<option value="{country.health.code}">Sở Y tế</option>' in page


@pytest.mark.parametrize("text", ["Sở Y tế", "so y te", "  SỞ Y TẾ "])
def test_staff_of_many_units_finds_one_by_its_name(hr_province: Client, many: Country, text: str):
    other = OfficialFactory.create(agency=many.culture, full_name="Đinh Bộ Lĩnh")
    answer = hr_province.get(reverse("reviewer:staff"), {"unit": text})
    assert answer.status_code == 200
    page = shown(answer)
    assert "<option" not in page.partition('name="unit"')[0].rpartition("<label")[2]
    assert f'value="Sở Y tế ({many.health.code})"' in page
    assert "Trần Thị Lan" in page
    assert other.records.get().full_name not in page


def test_staff_finds_the_same_again_by_what_the_field_shows(hr_province: Client, many: Country):
    text = f"Sở Y tế ({many.health.code})"
    page = shown(hr_province.get(reverse("reviewer:staff"), {"unit": text}))
    assert "Trần Thị Lan" in page
    invite = reverse("reviewer:invitations")
    assert re.search(rf'href="{invite}\?[^"]*&amp;unit={many.health.code}"', page)  # the people of it


def test_staff_offers_the_units_of_one_name_with_what_is_above_them(hr_province: Client, many: Country):
    del many
    answer = hr_province.get(reverse("reviewer:staff"), {"unit": "phong to chuc"})
    assert answer.status_code == 422
    page = shown(answer)
    assert "Phòng Tổ chức · Sở Y tế" in page
    assert "Phòng Tổ chức · Sở Văn hóa" in page
    first, second = code_of("Phòng Tổ chức")
    assert f'type="radio" name="unit" value="{first}"' in page
    chosen = hr_province.get(reverse("reviewer:staff"), {"unit": ["phong to chuc", second]})
    assert chosen.status_code == 200
    assert f'value="Phòng Tổ chức ({second})"' in shown(chosen)


def test_staff_of_words_that_begin_the_names_of_several(hr_province: Client, many: Country):
    del many
    page = shown(hr_province.get(reverse("reviewer:staff"), {"unit": "y t"}))
    assert "Trung tâm Y tế Một" in page
    assert "Sở Y tế" in page
    assert "tỉnh Hai" not in page  # another province's


@pytest.mark.parametrize("text", ["Bộ Không Có", "%", "(", "a\x00b", "x" * 5000, "()", "T34-99 (zz)"])
def test_staff_of_a_unit_that_is_not_there(hr_province: Client, many: Country, text: str):
    del many
    answer = hr_province.get(reverse("reviewer:staff"), {"unit": text})
    assert answer.status_code == 422
    assert "cd-field-error" in shown(answer)


def test_staff_of_anothers_unit_is_no_more_there_than_one_that_does_not_exist(
    hr_province: Client, many: Country
):
    for text in (many.elsewhere.code, "Sở Y tế tỉnh Hai"):
        answer = hr_province.get(reverse("reviewer:staff"), {"unit": text})
        assert answer.status_code == 422
        page = shown(answer)
        assert "UBND tỉnh Hai" not in page
        assert 'type="radio"' not in page


def test_findings_of_a_unit_searched_for(hr_province: Client, many: Country):
    answer = hr_province.get(reverse("reviewer:findings"), {"unit": "so y te"})
    assert answer.status_code == 200
    assert f'value="Sở Y tế ({many.health.code})"' in shown(answer)
    assert hr_province.get(reverse("reviewer:findings"), {"unit": "phong"}).status_code == 422


def test_upload_for_a_unit_searched_for(hr_province: Client, many: Country):
    where = reverse("reviewer:upload", args=["staff"])
    assert f"UBND tỉnh Một ({many.province.code})" in shown(hr_province.get(where))

    def send(unit: str) -> Any:
        rows = "Mã cán bộ,Họ và tên,Đơn vị,Đối tượng\nA1,Trần Văn An,Sở Y tế,Viên chức\n".encode()
        return hr_province.post(where, {"unit": unit, "file": SimpleUploadedFile("ds.csv", rows)})

    assert send("phòng").status_code == 422
    assert send("").status_code == 422
    assert not Import.objects.exists()
    answer = send("so y te")
    assert answer.status_code == 302
    assert Import.objects.get().agency == many.health


def test_edit_of_an_official_moved_to_a_unit_searched_for(many: Country, signed_in: Callable[..., Client]):
    hr_province = signed_in(many.hr_province)
    where = reverse("reviewer:edit", args=[many.lan.public_id])
    page = shown(hr_province.get(where))
    assert f'value="Sở Y tế ({many.health.code})"' in page
    record = many.lan.records.get()
    said = {
        "full_name": record.full_name, "unit": "van hoa", "position": "", "category": record.category,
        "work_email": record.work_email, "employed_since": "", "status": record.status, "record": record.pk,
    }  # fmt: skip
    assert hr_province.post(where, said).status_code == 302
    assert many.lan.records.current().get().agency == many.culture
