"""The law and the rules for machines: open, read only, documented, kept until they change."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from registry.rules.catalogue import catalogue
from registry.rules.coverage import rules_by_article
from registry.rules.legal import ARTICLES, SOURCES
from registry.rules.profiles import PROFILES

pytestmark = pytest.mark.django_db

ADDRESSES = [
    "/api/v1/rules/", "/api/v1/rules/ACC-02/", "/api/v1/law/", "/api/v1/law/QD-874/", "/api/v1/articles/",
    "/api/v1/articles/QD-874.4-2/", "/api/v1/profiles/", "/api/v1/profiles/defence/",
]  # fmt: skip
every_address = pytest.mark.parametrize("address", ADDRESSES)


def facts(client: Client, address: str, **query: str) -> Any:
    answer = client.get(f"/api/v1/{address}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def documented() -> dict[str, set[str]]:
    """Headings of docs/api.md → the fields each names, those it takes over included."""
    text = (Path(settings.BASE_DIR) / "docs" / "api.md").read_text(encoding="utf-8")
    found: dict[str, set[str]] = {}
    for part in text.split("\n## ")[1:]:
        heading, _, body = part.partition("\n")
        taken = re.search(r"All of \*([^*]+)\*", body)
        own = set(re.findall(r"^\| `(\w+)` \|", body, re.MULTILINE))
        found[heading] = own | (found[taken.group(1)] if taken else set())
    return found


@pytest.mark.parametrize(
    ("heading", "address", "within"),
    [
        ("rule", "rules/", "rules"),
        ("rule in full", "rules/ACC-02/", ""),
        ("document with articles", "law/", "sources"),
        ("document with articles", "law/QD-874/", ""),
        ("article", "articles/", "articles"),
        ("article in full", "articles/OWN.declare/", ""),
        ("document", "articles/OWN.declare/", "document"),
        ("profile", "profiles/", "profiles"),
        ("profile in full", "profiles/defence/", ""),
    ],
)
def test_shape_is_the_documented_one(client: Client, heading: str, address: str, within: str):
    found = facts(client, address)
    things = found[within] if within else found
    for thing in things if isinstance(things, list) else [things]:
        assert set(thing) == documented()[heading]


def test_rules_lists_the_whole_catalogue_to_anybody(client: Client):
    assert [rule["code"] for rule in facts(client, "rules/")["rules"]] == [rule.code for rule in catalogue()]


def test_rule_shows_what_it_rests_on(client: Client):
    rule = facts(client, "rules/ACC-09/")
    assert rule["articles"][0]["force"] == "draft"
    assert "Fires on" in rule["explanation"]


def test_rule_binds_by_what_was_in_force_on_the_day(client: Client):
    def by_profile(on: str) -> dict[str, str]:
        bound = facts(client, "rules/ACC-02/", on=on)["binds"]
        return {each["profile"]: each["article"] for each in bound}

    assert by_profile("2026-03-04")["code-2021"] == "QD-874.4-2"
    assert "code-2021" not in by_profile("2026-03-05")
    assert by_profile("2026-03-05")["code-2026"] == "QD-423.real-name"


def test_law_gives_every_source_with_dates_and_doubt(client: Client):
    sources = facts(client, "law/")["sources"]
    assert [each["code"] for each in sources] == list(SOURCES)
    replaced = next(source for source in sources if source["number"].startswith("874"))
    assert (replaced["in_force_until"], replaced["replaced_by"]) == ("2026-03-05", "QD-423")


@pytest.mark.parametrize("written", ["874/QĐ-BTTTT", "847/QĐ-BTTTT", "QĐ 874"])
def test_law_is_found_by_number_and_by_the_known_slip(client: Client, written: str):
    assert [each["code"] for each in facts(client, "law/", q=written)["sources"]] == ["QD-874"]


def test_articles_have_a_rule_or_a_reason(client: Client):
    articles = facts(client, "articles/")["articles"]
    assert [each["code"] for each in articles] == sorted(ARTICLES)
    for each in articles:
        assert bool(each["rules"]) == (each["code"] in rules_by_article())
        assert bool(each["rules"]) == (each["no_rule_because"] is None)


def test_article_has_its_force_of_the_day(client: Client):
    assert facts(client, "articles/QD-874.4-2/", on="2026-03-04")["force_on"] == "should"
    assert facts(client, "articles/QD-874.4-2/", on="2026-03-05")["force_on"] is None


def test_profiles_are_all_there_and_one_binds_on_the_day(client: Client):
    assert [each["code"] for each in facts(client, "profiles/")["profiles"]] == list(PROFILES)
    bound = {each["code"]: each for each in facts(client, "profiles/code-2021/", on="2026-03-05")["articles"]}
    old = bound["QD-874.4-2"]
    assert (old["from"], old["until"], old["force_on"]) == ("2021-06-17", "2026-03-05", None)


def test_texts_come_in_both_languages_whatever_the_reader_chose(client: Client):
    vietnamese = client.get("/api/v1/law/QD-874/").json()
    client.cookies["django_language"] = "en"
    assert client.get("/api/v1/law/QD-874/").json() == vietnamese
    assert vietnamese["title"]["vi"] != vietnamese["title"]["en"]


@every_address
def test_answer_is_given_again_only_when_it_changed(client: Client, address: str):
    first = client.get(address)
    assert first["ETag"]
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.parametrize("address", ["rules/ACC-99/", "law/NONE/", "articles/NONE/", "profiles/none/"])
def test_unknown_code_is_a_problem_document(client: Client, address: str):
    answer = client.get(f"/api/v1/{address}")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == "no_such_code"


@pytest.mark.parametrize("on", ["30/06/2026", "2026-02-30", "x"])
def test_day_that_cannot_be_read_is_a_problem_document(client: Client, on: str):
    answer = client.get("/api/v1/rules/ACC-02/", {"on": on})
    assert answer.status_code == 422
    assert answer.json()["code"] == "on_unreadable"


@every_address
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_law_can_only_be_read(client: Client, address: str, method: str):
    answer = getattr(client, method)(address)
    assert answer.status_code == 405
    assert answer["Content-Type"].startswith("application/problem+json")
