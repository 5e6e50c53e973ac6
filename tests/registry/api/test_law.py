"""The law and the rules for machines: open, read only, in both languages, refusals as problem documents."""

import pytest
from django.test import Client

from registry.rules.catalogue import catalogue
from registry.rules.legal import SOURCES

pytestmark = pytest.mark.django_db


def test_rules_lists_the_whole_catalogue_to_anybody(client: Client):
    rules = client.get("/api/v1/rules/").json()["rules"]
    assert [rule["code"] for rule in rules] == [rule.code for rule in catalogue()]


def test_rule_shows_what_it_rests_on(client: Client):
    rule = client.get("/api/v1/rules/ACC-09/").json()
    assert rule["articles"][0]["force"] == "draft"
    assert "Fires on" in rule["explanation"]


def test_rule_that_is_none_is_a_problem_document(client: Client):
    answer = client.get("/api/v1/rules/ACC-99/")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == "no_such_rule"


def test_law_gives_every_source_with_dates_and_doubt(client: Client):
    sources = client.get("/api/v1/law/").json()["sources"]
    assert len(sources) == len(SOURCES)
    replaced = next(source for source in sources if source["number"].startswith("874"))
    assert replaced["in_force_until"] == "2026-03-05"
    assert {source["seen"] for source in sources} <= {"full", "summary", "press"}


def test_law_speaks_the_language_chosen(client: Client):
    vietnamese = client.get("/api/v1/law/").json()["sources"][0]["title"]
    client.cookies["django_language"] = "en"
    assert client.get("/api/v1/law/").json()["sources"][0]["title"] != vietnamese


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_law_can_only_be_read(client: Client, method: str):
    answer = getattr(client, method)("/api/v1/law/")
    assert answer.status_code == 405
    assert answer["Content-Type"].startswith("application/problem+json")
