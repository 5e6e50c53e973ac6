from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import AgencyRecord, OfficialComparison
from bench import pages, visitors
from bench.pages import Line, Served
from registry.demo.generating import generate
from registry.findings import services
from registry.users.models import RoleGrant, User
from tests.registry.demo.filled import filled


def _fill() -> None:
    generate(40)
    services.work(run=services.start_sweep())


@pytest.fixture(scope="module")
def _register(
    django_db_setup: None,  # noqa: ARG001 - the database must be there first
    django_db_blocker: Any,
    _private_media: None,
) -> Iterator[None]:
    with filled(django_db_blocker, _fill):
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("_register")
def test_visitors_find_their_pages_and_leave_nobody_behind() -> None:
    before = User.objects.count(), RoleGrant.objects.count()
    somebody = OfficialComparison.objects.filter(accounts__gt=1).order_by("pk")[0]
    code = AgencyRecord.objects.current().get(path=somebody.agency_path).agency.code

    came = visitors.come(code)

    assert [each["who"].split()[0] for each in came] == ["hr", "hr", "auditor", "auditor", "employee"]
    for each in came:
        browser = Client()
        browser.cookies[settings.SESSION_COOKIE_NAME] = each["cookie"].partition("=")[2]
        answers = {name: browser.get(address).status_code for name, address in each["pages"]}
        assert set(answers.values()) <= {200, 302, 405}
        assert sum(status == 200 for status in answers.values()) > 8

    visitors.go()

    assert (User.objects.count(), RoleGrant.objects.count()) == before


class _Counts(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_response(500 if self.path == "/broken" else 200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_about: Any) -> None: ...


@pytest.fixture
def counting() -> Iterator[Served]:
    """A server that counts what it is asked."""
    _Counts.asked = 0
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Counts)
    Thread(target=server.serve_forever, daemon=True).start()
    yield Served("a register", server.server_address[1])
    server.shutdown()
    server.server_close()


def test_at_once_asks_as_often_as_told_and_takes_each(counting: Served) -> None:
    taken = pages.at_once(counting, "/", "", 50)

    assert (len(taken), _Counts.asked) == (50, 50)
    assert all(each > 0 for each in taken)


def test_at_once_ends_in_its_time(counting: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "SECONDS", 0.0)

    assert len(pages.at_once(counting, "/", "", 10_000)) <= 2 * pages.USERS


def test_at_once_tells_when_a_page_breaks(counting: Served) -> None:
    with pytest.raises(RuntimeError, match="broke under load"):
        pages.at_once(counting, "/broken", "", 5)


def test_p95_is_above_most() -> None:
    assert pages.p95([float(number) for number in range(1, 101)]) == pytest.approx(95.05)


def test_table_says_what_is_over_and_puts_the_worst_first() -> None:
    lines = [Line("hr", "even", 40, 50), Line("hr", "grows", 100, 200), Line("hr", "slow", 400, 600)]

    told = pages.table(lines).splitlines()

    assert [line.split(":")[1].split()[0] for line in told[1:4]] == ["grows", "slow", "even"]
    assert [line.rpartition("x")[2].strip() for line in told[1:4]] == ["ratio", "time", ""]
    assert told[4] == "3 pages; 2 over 1.5 times or 500 ms"
    assert Line("hr", "both", 300, 900).over == "ratio and time"
