"""Every page as it is installed: what comes down the line, who is kept out, whether it fits and speaks right.

Style sheets, scripts and letters are collected and compressed as in production, by what serves them there.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import override_settings
from django.test.testcases import LiveServerThread
from playwright.sync_api import Page, expect
from whitenoise import compress  # type: ignore[import-untyped]  # it ships no types

from registry.settings.base import MIDDLEWARE
from registry.users.models import User
from tests.browser.conftest import PHONE, WIDE
from tests.factories import UserFactory
from tests.once import made_once
from tests.registry.web.everything import Everything, make_everything
from tests.registry.web.reviewer.test_walk import POST_ONLY
from tests.registry.web.test_help import NO_PAGE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LARGEST = 250_000  # bytes of style sheets, scripts and letters of a page, compressed
# Whose pages: as whom one sees all of an area, and by which names.
AREAS: dict[str, dict[str, tuple[str, ...]]] = {
    "official": {"owner": ("official:", "password_change")},
    "reviewer": {"hr above": ("reviewer:", "home")},
    "auditor": {"auditor above": ("auditor:",)},
    "rest": {
        "administrator": ("style",),
        "nobody": ("home",),
        "anonymous": ("law:", "glossary", "login", "activate"),
    },
}
TAKES_A_POST = {"official:confirm", "official:change", *(f"reviewer:{name}" for name in POST_ONLY)}
NOT_OURS = ("admin*", "rest_framework*", "*.rtl.*", "*-grid*", "*-reboot*", "*-utilities*", "*bundle*")
WEIGHED = """async () => {
    await document.fonts.ready;
    return performance.getEntriesByType("resource").map(each => [each.name, each.encodedBodySize]);
}"""
A_YEAR_FIRST = re.compile(r"\b(19|20)\d\d-\d\d-\d\d\b")


@pytest.fixture(scope="session")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What production's collectstatic makes of the files that pages ask for."""

    def make(folder: Path) -> None:
        unfinished = folder.with_suffix(".unfinished")
        with (
            pytest.MonkeyPatch.context() as patched,
            override_settings(STATIC_ROOT=unfinished, STORAGES=_as_installed()),
        ):
            patched.setattr(compress, "brotli_installed", False)  # it is only where the tests' own tools are
            call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=list(NOT_OURS))
        unfinished.rename(folder)

    return made_once(tmp_path_factory, "static", make)


def _as_installed() -> dict[str, Any]:
    return {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }


@pytest.fixture
def server_url(collected: Path, settings: Any) -> Iterator[str]:
    """The register behind the server of files that production has, instead of Django's for development."""
    assert "whitenoise.middleware.WhiteNoiseMiddleware" in MIDDLEWARE
    settings.STATIC_ROOT = collected
    settings.STORAGES = _as_installed()
    # any function of an application does
    thread = LiveServerThread("localhost", lambda app: app)  # type: ignore[arg-type]
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    assert thread.error is None
    yield f"http://localhost:{thread.port}"
    thread.terminate()


@pytest.fixture
def everything(transactional_db: None) -> Everything:
    """One of each thing."""
    del transactional_db
    return make_everything()


def pages_of(everything: Everything, area: str) -> Iterator[tuple[User | None, str, str]]:
    """Everything there is to look at in an area: by whom, what, where."""
    for login, names in AREAS[area].items():
        user = everything.logins.get(login)
        for name, address in everything.pages.items():
            if name.startswith(names) and name not in NO_PAGE | TAKES_A_POST:
                yield user, name, address
        yield user, f"{login}-not-there", "/no/such/page/"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("area", AREAS)
def test_every_page(
    everything: Everything,
    open_page: Callable[..., Page],
    shoot: Callable[[Page, str], None],
    hurdles: Callable[[Page], list[str]],
    area: str,
    language: str,
):
    # The colours are the same in both languages, so one of them is looked at by night.
    scheme = {"vi": "light", "en": "dark"}[language]
    windows: dict[User | None, Page] = {}
    wrong: list[str] = []
    for user, name, address in pages_of(everything, area):
        if user not in windows:
            windows[user] = open_page(user, language=language, scheme=scheme)
        page = windows[user]
        page.goto(address)
        wrong += [f"{name}: {told}" for told in [*hurdles(page), *weighed(page), *misspelt(page)]]
        for size in (WIDE, PHONE):
            page.set_viewport_size({"width": size[0], "height": size[1]})
            shoot(page, f"every-{name.replace(':', '-').replace(' ', '-')}-{scheme}")
        page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
    assert wrong == []
    assert windows


def weighed(page: Page) -> Iterator[str]:
    """What came down the line for the page, where it is too much."""
    sizes = page.evaluate(WEIGHED)
    parts = {url: size for url, size in sizes if url.partition("?")[0].endswith((".css", ".js", ".woff2"))}
    if {Path(url).suffix for url in parts} != {".css", ".js", ".woff2"} or 0 in parts.values():
        yield f"not all of it was weighed: {parts}"
    if sum(parts.values()) > LARGEST:
        yield f"{sum(parts.values())} bytes: {parts}"


def misspelt(page: Page) -> Iterator[str]:
    """Days that are written year first."""
    if told := A_YEAR_FIRST.findall(page.locator("main").inner_text()):
        yield f"a day written year first: {told}"


def test_what_is_weighed_is_compressed(server_url: str, open_page: Callable[..., Page]):
    page = open_page()
    with page.expect_response(re.compile(r"/registry\.\w+\.css$")) as waited:
        page.goto("/login/")
    assert waited.value.headers["content-encoding"] == "gzip"
    assert "immutable" in waited.value.headers["cache-control"]
    assert waited.value.url.startswith(server_url)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_light_or_dark_is_the_system_s_until_chosen(open_page: Callable[..., Page], scripts: bool):  # noqa: FBT001
    page = open_page(language="en", scripts=scripts, scheme="dark")
    page.goto("/glossary/")
    body, dark, light = page.locator("body"), "rgb(20, 25, 27)", "rgb(246, 247, 245)"
    expect(body).to_have_css("background-color", dark)
    page.get_by_role("button", name="Light", exact=True).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.url.endswith("/glossary/")
    expect(body).to_have_css("background-color", light)
    page.get_by_role("button", name="Dark", exact=True).click()
    page.emulate_media(color_scheme="light")
    expect(body).to_have_css("background-color", dark)
    page.emulate_media(media="print")  # paper is white, whatever the screen is
    expect(body).to_have_css("background-color", light)
    expect(page.get_by_role("button", name="Dark", exact=True)).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="As the system").click()
    expect(body).to_have_css("background-color", light)


def test_pages_go_on_paper(everything: Everything, open_page: Callable[..., Page], pictures: Path):
    for login, name in (
        ("owner", "official:home"),
        ("hr above", "reviewer:official"),
        ("hr above", "reviewer:case"),
        ("auditor above", "auditor:list"),
    ):
        page = open_page(everything.logins[login], scheme="dark")
        page.goto(everything.pages[name])
        sheets = page.pdf(path=pictures / f"paper-{name.replace(':', '-')}.pdf", format="A4")
        assert 1 <= len(re.findall(rb"/Type\s*/Page\b", sheets)) <= 3
        page.emulate_media(media="print")
        for control in ("nav", "button", "a.btn", "form[role=search]"):
            assert not any(each.is_visible() for each in page.locator(f"{control}:visible").all()), control
        expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_letters_are_the_pages_own(open_page: Callable[..., Page]):
    page = open_page()
    page.goto("/login/")
    assert page.evaluate("() => document.fonts.ready.then(() => document.fonts.check('16px Inter', 'ẫỡỰĐ'))")
    assert page.evaluate("() => [...document.fonts].map(each => each.status)") == ["loaded"]


def test_first_key_leads_past_the_header(open_page: Callable[..., Page]):
    page = open_page(language="en")
    page.goto("/glossary/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


SEEN = """() => {
    const told = getComputedStyle(document.activeElement);
    const drawn = told.outlineStyle !== "none" && parseFloat(told.outlineWidth) >= 2;
    return [document.activeElement.outerHTML.slice(0, 80), drawn];
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whatever_has_the_focus_shows_it(open_page: Callable[..., Page], scheme: str):
    page = open_page(UserFactory.create(administrator=True), scheme=scheme)
    page.goto("/style/")
    page.locator(".cd-skip").focus()  # the page begins at what was refused
    told = []
    for _each in range(200):
        page.keyboard.press("Tab")
        told.append(page.evaluate(SEEN))
        if page.evaluate("document.activeElement.name") == "theme":  # the last of the page
            break
    assert len(told) > 40
    assert [what for what, seen in told if not seen] == []
