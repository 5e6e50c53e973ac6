"""Translations compiled without GNU tools."""

import gettext
from pathlib import Path

import pytest
from django.utils import translation

from stack.catalogues import build_catalogues
from tests.stack.launcher import PROJECT


@pytest.fixture
def locale(tmp_path: Path) -> Path:
    (tmp_path / "parts").mkdir()
    return tmp_path


def write(locale: Path, part: str, *pairs: tuple[str, str]) -> None:
    text = "\n".join(f'msgid "{english}"\nmsgstr "{vietnamese}"\n' for english, vietnamese in pairs)
    (locale / "parts" / f"{part}.po").write_text(text, encoding="utf-8")


def test_build_catalogues_merges_the_parts(locale: Path):
    write(locale, "one", ("Name", "Họ và tên"))
    write(locale, "two", ("Agency", "Cơ quan"), ("Name", "Họ và tên"))
    assert build_catalogues(locale) == []
    with (locale / "vi" / "LC_MESSAGES" / "django.mo").open("rb") as compiled:
        catalogue = gettext.GNUTranslations(compiled)
    assert catalogue.gettext("Name") == "Họ và tên"
    assert catalogue.gettext("Agency") == "Cơ quan"


def test_build_catalogues_names_what_two_parts_translate_differently(locale: Path):
    write(locale, "one", ("Name", "Họ và tên"))
    write(locale, "two", ("Name", "Tên"))
    assert build_catalogues(locale) == ["two.po: 'Name' is translated otherwise in one.po"]


def test_build_catalogues_names_what_is_not_translated_or_loses_a_placeholder(locale: Path):
    write(locale, "one", ("Empty", ""), ("Row %(row)s", "Dòng"))
    empty, placeholder = build_catalogues(locale)
    assert empty == "one.po: 'Empty' has no translation"
    assert placeholder == "one.po: 'Row %(row)s' and its translation differ in %(row)s"


def test_build_catalogues_survives_a_part_that_cannot_be_read(locale: Path):
    write(locale, "one", ("Name", "Họ và tên"))
    (locale / "parts" / "torn.po").write_text('msgid "half', encoding="utf-8")
    (problem,) = build_catalogues(locale)
    assert problem.startswith("torn.po: cannot be read")


def test_build_catalogues_of_this_project_finds_nothing_wrong():
    assert build_catalogues(PROJECT / "locale") == []


def test_catalogue_of_this_project_reaches_django():
    with translation.override("vi"):
        sentence = translation.gettext(
            "The register cannot be reached for a moment. This page tries again by itself."
        )
    assert sentence == "Tạm thời chưa truy cập được sổ đăng ký. Trang này sẽ tự thử lại."
