"""The page of all parts, the font, and light or dark."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from fontTools.ttLib import TTFont

from accounts.data import NameGenerator
from accounts.names import sort_key
from registry.users.models import User
from registry.web.theme import COOKIE
from stack.fonts import STATIC
from tests.factories import UserFactory

TEMPLATES = Path(settings.BASE_DIR) / "registry" / "web" / "templates"
PARTS = sorted(path.stem for path in (TEMPLATES / "cotton").glob("*.html"))
pytestmark = pytest.mark.django_db


def test_style_shows_every_component():
    page = (TEMPLATES / "web" / "style.html").read_text()
    assert {part for part in PARTS if f"<c-{part.replace('_', '-')}" not in page} == set()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_style_is_drawn_for_administrators_only(
    browser: Client, signed_in: Callable[[User], Client], language: str
):
    assert browser.get("/style/").status_code == 404
    administrator = signed_in(UserFactory.create(administrator=True))
    administrator.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    answer = administrator.get("/style/")
    assert answer.status_code == 200
    assert "data-error-summary" in answer.content.decode()
    assert administrator.post("/style/", {"text": "x"}).content.decode().count('value="x"') == 0


def test_font_has_every_letter_of_vietnamese_names_and_the_interface():
    letters = set(TTFont(STATIC / "inter.woff2").getBestCmap())
    written = "".join(name for name, _gender in NameGenerator("font").names(2000))
    for part in (Path(settings.BASE_DIR) / "locale").rglob("*.po"):
        written += part.read_text()
    missing = {letter for letter in written if not letter.isspace()} - set(map(chr, letters))
    assert missing <= {"\u0430"}  # a Cyrillic letter, shown as what some names are disguised with


def test_theme_follows_the_system_unless_chosen(browser: Client):
    assert "data-theme" not in browser.get("/glossary/").content.decode()
    for chosen in ("dark", "light"):
        answer = browser.post("/theme/", {"theme": chosen, "next": "/glossary/?a=1"})
        assert (answer.status_code, answer["Location"]) == (302, "/glossary/?a=1")
        page = browser.get("/glossary/").content.decode()
        assert f'data-theme="{chosen}"' in page
        assert re.search(rf'value="{chosen}" aria-pressed="true"', page)
    browser.post("/theme/", {"theme": ""})
    assert "data-theme" not in browser.get("/glossary/").content.decode()


@pytest.mark.parametrize("theme", ["no-such", '"><script>', "x" * 5000])
def test_theme_that_is_none_is_as_the_system(theme: str):
    browser = Client()
    assert browser.post("/theme/", {"theme": theme, "next": "https://elsewhere.example/"})["Location"] == "/"
    browser.cookies[COOKIE] = theme
    assert "data-theme" not in browser.get("/glossary/").content.decode()


def test_theme_holds_on_a_page_of_failure():
    browser = Client()
    browser.cookies[COOKIE] = "dark"
    assert 'data-theme="dark"' in browser.get("/no-such-page/").content.decode()


CELL = re.compile(r'<td class="[^"]*(?:cd-number|text-end)[^"]*">\s*(?:<a [^>]*>)?\{\{ ([^}]*) \}\}')
SHAPED = ("|intcomma", "|date:", "|floatformat")
# The number of a line in somebody's file, as its own program writes it; a difference in words.
AS_THEY_ARE = {"cell.row", "one.by"}


@pytest.mark.parametrize(
    "path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: str(path.relative_to(TEMPLATES))
)
def test_every_number_in_a_table_has_its_thousands_told_apart(path: Path):
    cells = CELL.findall(path.read_text())
    assert {cell for cell in cells if not any(shape in cell for shape in SHAPED)} <= AS_THEY_ARE


@pytest.mark.parametrize(("language", "number"), [("vi", "1.234.567"), ("en", "1,234,567")])
def test_numbers_and_days_are_written_as_offices_do(
    signed_in: Callable[[User], Client], language: str, number: str
):
    administrator = signed_in(UserFactory.create(administrator=True))
    administrator.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = administrator.get("/style/").content.decode()
    assert f"{number} · {timezone.localdate():%d/%m/%Y}" in page


def test_names_of_the_example_stand_in_the_order_of_a_vietnamese_list(
    signed_in: Callable[[User], Client],
):
    names = signed_in(UserFactory.create(administrator=True)).get("/style/").context["names"]
    assert list(names) == sorted(names, key=sort_key)
