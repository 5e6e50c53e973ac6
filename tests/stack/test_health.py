"""A lost database is a 503 and a retry, never a trace."""

import pytest
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from registry.health import failed
from registry.urls import urlpatterns as real


def lose_the_database(_request: HttpRequest) -> HttpResponse:
    raise OperationalError("server closed the connection unexpectedly: host=secret")


def break_otherwise(_request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("secret")


urlpatterns = [*real, path("lost/", lose_the_database), path("broken/", break_otherwise)]
handler500 = failed


@pytest.mark.django_db
def test_health_with_a_database_is_ok(client: Client):
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


@pytest.mark.urls("tests.stack.test_health")
@pytest.mark.parametrize(("address", "status"), [("/lost/", 503), ("/broken/", 500)])
def test_failed_page_shows_no_trace(address: str, status: int):
    answer = Client(raise_request_exception=False).get(address)
    assert answer.status_code == status
    assert b"secret" not in answer.content
    assert ("Retry-After" in answer.headers) == (status == 503)
