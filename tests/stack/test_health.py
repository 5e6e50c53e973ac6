"""The container's health check."""

import pytest
from django.test import Client


@pytest.mark.django_db
def test_health_with_a_database_is_ok(client: Client):
    answer = client.get("/health/")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})
