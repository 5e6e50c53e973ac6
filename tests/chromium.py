"""One browser for all tests of a process: Playwright can be started once in a thread."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

_ARGUMENTS = [
    "--no-sandbox",  # the machine that tests may be root in a container
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # Each page runs axe once, too short a time for machine code to repay what making it took.
    "--js-flags=--no-opt --no-maglev",
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own Chromium, else the one Playwright brought.

    The headless shell first: Chromium itself draws its whole window, page or not, even where nobody sees it.
    """
    with pytest.MonkeyPatch.context() as patched:
        # Playwright's loop runs in this thread; the tests use the database beside it, not inside it.
        patched.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("CHROMIUM")
                or shutil.which("chromium-headless-shell")
                or shutil.which("chromium"),
                args=_ARGUMENTS,
            )
            yield browser
            browser.close()
