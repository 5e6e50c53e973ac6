"""Every refusal and failure is a page in the design, in words, and never a trace."""

import logging

import pytest
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from structlog.stdlib import ProcessorFormatter

from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.urls import handler400, handler403, handler404, handler500  # noqa: F401 - read from here
from registry.urls import urlpatterns as real

ERRORS = {
    "gone": (NotFoundError("unknown", "SECRET reason"), 404),
    "raced": (ConflictError("decided_already", "Lan approved this at 10:00."), 409),
    "refused": (NotAllowedError("own", "Another officer decides this."), 403),
    "wrong": (RegistryError("bad", "The file is empty."), 422),
    "lost": (OperationalError("server closed the connection: host=SECRET"), 503),
    "broken": (ZeroDivisionError("SECRET"), 500),
}


@login_not_required
def stumble(_request: HttpRequest, how: str) -> HttpResponse:
    raise ERRORS[how][0]


urlpatterns = [*real, path("stumble/<how>/", stumble)]
pytestmark = pytest.mark.django_db


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("how", ERRORS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_failure_is_a_page_in_the_design_without_secrets(how: str, language: str):
    browser = Client(raise_request_exception=False)
    browser.cookies["django_language"] = language
    answer = browser.get(f"/stumble/{how}/")
    text = answer.content.decode()
    assert answer.status_code == ERRORS[how][1]
    assert f'<html lang="{language}">' in text
    assert "cd-header" in text
    assert "SECRET" not in text
    assert "Traceback" not in text
    assert ("Retry-After" in answer.headers) == (answer.status_code == 503)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("how", ["raced", "refused", "wrong"])
def test_refusals_of_services_are_told_in_their_own_words(client: Client, how: str):
    assert str(ERRORS[how][0]) in client.get(f"/stumble/{how}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_lost_database_is_503_and_a_retry(
    browser: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """The connection really fails: it is pointed at a socket where nobody listens."""
    browser.raise_request_exception = False
    assert browser.get("/me/").status_code == 200
    connection.close()
    with monkeypatch.context() as patched:
        patched.setitem(connection.settings_dict, "HOST", "/nonexistent")
        answer = browser.get("/me/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert b"nonexistent" not in answer.content
    # The log keeps the trace, without asking the lost database for the values in it.
    (ours,) = (each for each in logging.root.handlers if isinstance(each.formatter, ProcessorFormatter))
    logged = "".join(ours.format(record) for record in caplog.records if record.exc_info)
    assert "connection is bad" in logged
    assert "locals" not in logged
    assert browser.get("/me/").status_code == 200


def test_an_unknown_address_is_404_for_anybody(client: Client):
    assert client.get("/no/such/page/").status_code == 404


def test_a_stale_form_is_told_in_words():
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "x", "password": "y"})
    assert answer.status_code == 403
    assert "cd-header" in answer.content.decode()
