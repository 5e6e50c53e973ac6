"""A real browser on a live server. What the browser complains about fails the test."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]  # it ships no types
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer

from registry.users.models import User

WIDE, PHONE = (1280, 900), (390, 844)
# What axe holds against the page, and nothing of all else it can tell: that is much to carry for nobody.
_HURDLES = f"""{AXE_SCRIPT};
axe.run({{resultTypes: ["violations"]}}).then(({{violations}}) => violations.flatMap(
    ({{id, nodes}}) => nodes.map(({{html}}) => `${{id}}: ${{html.slice(0, 200)}}`)))
"""


@pytest.fixture
def server_url(live_server: LiveServer) -> str:
    """Where the browser finds the register; a module may put another server there."""
    return str(live_server.url)


@pytest.fixture
def open_page(chromium: Browser, server_url: str) -> Iterator[Callable[..., Page]]:
    """Open a window: `open_page(user, language="en", size=PHONE)`. Complaints fail the test at its end.

    Without `scripts` the browser runs none; `scheme` is what the person's system prefers.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        # Chromium reports a page that answers 4xx as an error; here a refused form does that by design.
        refused = message.text.startswith("Failed to load resource: the server responded with a status of 4")
        if not (refused and message.location.get("url", "").startswith(server_url)):
            complaints.append(f"console: {message.text}")

    def watch(request: Request) -> None:
        if not request.url.startswith((server_url, "data:", "blob:")):
            complaints.append(f"request to another host: {request.url}")

    def opened(
        user: User | None = None,
        *,
        language: str = "vi",
        size: tuple[int, int] = WIDE,
        scripts: bool = True,
        scheme: Literal["light", "dark"] = "light",
    ) -> Page:
        context = chromium.new_context(
            base_url=server_url,
            viewport={"width": size[0], "height": size[1]},
            locale="en-GB",
            reduced_motion="reduce",
            color_scheme=scheme,
            java_script_enabled=scripts,
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if user is not None:
            client = Client()
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        for name, value in cookies.items():
            context.add_cookies([{"name": name, "value": value, "url": server_url}])
        page = context.new_page()
        page.on("console", complain)
        page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
        page.on("request", watch)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def hurdles() -> Callable[[Page], list[str]]:
    """What axe finds on a page that keeps somebody out (WCAG 2.2 AA and best practice)."""

    def found(page: Page) -> list[str]:
        page.wait_for_load_state()
        hindering: list[str] = page.evaluate(_HURDLES)
        return hindering

    return found


@pytest.fixture
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures are kept: the folder SCREENSHOTS, else one that goes with the tests' others."""
    folder = Path(os.environ.get("SCREENSHOTS") or tmp_path_factory.mktemp("screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def shoot(pictures: Path) -> Callable[[Page, str], None]:
    """Keep a picture of a page; see that nothing sticks out to the side."""

    def shot(page: Page, name: str) -> None:
        page.wait_for_load_state()  # the page a click led to has begun, and need not be there yet
        width = page.evaluate("window.innerWidth")
        language = page.evaluate("document.documentElement.lang")
        wider = page.evaluate("document.documentElement.scrollWidth")
        if "SCREENSHOTS" in os.environ:  # one in a folder that goes is for nobody
            page.screenshot(path=pictures / f"{name}-{language}-{width}.png", full_page=True)
        assert wider <= width, f"{name} is {wider} pixels wide on a screen of {width}"

    return shot
