"""Every refusal and failure in a real browser: in the design, for everybody, in both languages."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.db import connection
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.conftest import PHONE, WIDE
from tests.registry.web.test_shaping import ERRORS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Shoot = Callable[[Page, str], None]
Hurdles = Callable[[Page], list[str]]


@pytest.mark.urls("tests.registry.web.test_shaping")
@pytest.mark.parametrize(("language", "size"), [("vi", PHONE), ("en", WIDE)])
def test_every_failure_is_a_page_for_everybody(
    chromium: Browser,
    live_server: LiveServer,
    shoot: Shoot,
    hurdles: Hurdles,
    language: str,
    size: tuple[int, int],
):
    context = chromium.new_context(base_url=live_server.url, viewport={"width": size[0], "height": size[1]})
    context.add_cookies([{"name": "django_language", "value": language, "url": live_server.url}])
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    try:
        for how, (_error, status) in ERRORS.items():
            answer = page.goto(f"/stumble/{how}/")
            assert answer is not None
            assert answer.status == status
            assert page.locator(".cd-header").count() == 1
            assert hurdles(page) == [], how
            shoot(page, f"error-{status}")
    finally:
        context.close()
    assert broken == []


def test_a_lost_database_is_a_page_that_comes_back_by_itself(
    chromium: Browser, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
):
    """The connections of the server really fail: they are pointed at a socket where nobody listens."""
    context = chromium.new_context(base_url=live_server.url)
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": "somebody", "url": live_server.url}])
    page = context.new_page()
    try:
        with monkeypatch.context() as patched:
            patched.setitem(connection.settings_dict, "HOST", "/nonexistent")
            answer = page.goto("/hr/")
            assert answer is not None
            assert answer.status == 503
            assert page.locator(".cd-header").count() == 1
        page.wait_for_url("**/login/**", timeout=30_000)  # by itself, once the database is back
    finally:
        context.close()
