"""The pages of the law: open to everybody, dated, linked both ways, in both languages."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import translation

from registry.rules.catalogue import catalogue
from registry.rules.coverage import is_explained, rules_by_article, uncovered
from registry.rules.legal import ARTICLES, SOURCES
from registry.rules.profiles import PROFILES
from registry.users.models import User
from registry.web.law.rules import bound_by, paragraphs
from tests.registry.people import make_country

pytestmark = pytest.mark.django_db
EVE, DAY = "2026-03-04", "05/03/2026"  # of the code of 2026, in both ways of writing


def ask(name: str, *args: object, client: Client | None = None, **query: str) -> Any:
    """The answer; it must be there."""
    answer = (client or Client()).get(reverse(f"law:{name}", args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer


def text(name: str, *args: object, client: Client | None = None, **query: str) -> str:
    return str(ask(name, *args, client=client, **query).content.decode())


def test_sources_are_all_there_and_the_articles_no_rule_covers():
    page = text("sources")
    for code in SOURCES:
        assert reverse("law:source", args=[code]) in page
    covered = set(rules_by_article())
    for code in set(ARTICLES) - covered:
        assert f'id="{code}"' in page
    for code in covered:
        assert f'id="{code}"' not in page


def test_every_article_without_a_rule_says_why():
    with translation.override("vi"):
        page = text("sources")
        for each in uncovered():
            assert str(each.reason) in page
            assert is_explained(each), each.article.code


def test_sources_when_sought_by_the_slip_finds_the_right_number_and_says_so():
    answer = ask("sources", q="847/QĐ-BTTTT")
    assert [each[0].code for each in answer.context["sources"]] == ["QD-874"]
    assert "874/QĐ-BTTTT" in answer.content.decode()
    assert answer.context["slips"][0].slip == "847/QĐ-BTTTT"


def test_sources_when_nothing_matches_says_what_to_do():
    assert 'class="cd-empty' in text("sources", q="99999/QĐ-XYZ")


@pytest.mark.parametrize("code", SOURCES)
def test_source_shows_its_articles_and_what_replaced_it(code: str):
    page = text("source", code)
    for each in ARTICLES.values():
        if each.source.code == code:
            assert reverse("law:article", args=[each.code]) in page
    if SOURCES[code].replaced_by:
        assert reverse("law:source", args=[SOURCES[code].replaced_by]) in page
        assert reverse("law:source", args=[code]) in text("source", SOURCES[code].replaced_by)


@pytest.mark.parametrize("code", ARTICLES)
def test_article_links_its_rules_or_says_why_there_is_none(code: str):
    page = text("article", code)
    rules = rules_by_article().get(code, ())
    for rule in rules:
        assert reverse("law:rule", args=[rule.code]) in page
    assert ("minus-circle" in page or "cd-neutral" in page) == (not rules)


@pytest.mark.parametrize("rule", catalogue(), ids=lambda rule: rule.code)
def test_rule_links_its_articles(rule: Any):
    page = text("rule", rule.code)
    for code in rule.basis:
        assert reverse("law:article", args=[code]) in page


def test_rule_binds_by_what_was_in_force_on_the_day():
    then = {each.code: each.article for each in ask("rule", "ACC-02", on=EVE).context["bound"]}
    now = {each.code: each.article for each in ask("rule", "ACC-02", on=DAY).context["bound"]}
    assert then["code-2021"] == "QD-874.4-2"
    assert "code-2026" not in then
    assert now["code-2026"] == "QD-423.real-name"
    assert "code-2021" not in now


def test_rule_without_a_day_speaks_of_today():
    with time_machine.travel("2026-03-04T10:00:00+07:00"):
        assert ask("rule", "ACC-02").context["on"] == date(2026, 3, 4)
        assert "code-2021" in {each.code for each in ask("rule", "ACC-02").context["bound"]}


def test_bound_by_before_any_text_is_nobody():
    name = next(rule for rule in catalogue() if rule.code == "ACC-03")
    assert bound_by(name, date(2018, 12, 10)) == []
    assert [each.code for each in bound_by(name, date(2018, 12, 11))] == ["draft-2018"]


def test_bound_by_an_own_regulation_says_so():
    declared = next(rule for rule in catalogue() if rule.code == "OFF-01")
    by_regulation = {each.code for each in bound_by(declared, date(2026, 11, 22)) if each.by_regulation}
    assert "draft-2018" in by_regulation
    assert "province-with-duty-to-declare" not in by_regulation


@pytest.mark.parametrize("name", ["rule", "article", "profile"])
def test_day_that_cannot_be_read_is_said_at_its_field(name: str):
    code = {"rule": "ACC-02", "article": "QD-874.4-2", "profile": "code-2021"}[name]
    answer = Client().get(reverse(f"law:{name}", args=[code]), {"on": "no day"})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["on"]


def test_article_tells_its_force_on_the_day():
    assert ask("article", "QD-874.4-2", on=EVE).context["force_then"]
    assert not ask("article", "QD-874.4-2", on=DAY).context["force_then"]
    forces = {code: force for code, _n, force in ask("article", "QD-874.4-2", on=EVE).context["profiles"]}
    assert forces["code-2021"]


@pytest.mark.parametrize("code", PROFILES)
def test_profile_shows_articles_force_dates_and_parameters(code: str):
    answer = ask("profile", code, on="2026-11-22")
    page = answer.content.decode()
    profile = PROFILES[code]
    for article in profile.bindings:
        assert reverse("law:article", args=[article]) in page
    assert profile.code in page
    applies = {each.basis.code for each in answer.context["bindings"] if each.applies}
    assert applies == {each for each in profile.bindings if profile.force_on(each, date(2026, 11, 22))}


def test_profile_dates_are_where_profile_and_source_both_speak():
    bound = {each.basis.code: each for each in ask("profile", "code-2021").context["bindings"]}
    old = bound["QD-874.4-2"]
    assert (old.begins, old.ends) == (date(2021, 6, 17), date(2026, 3, 5))


@pytest.mark.parametrize(
    ("name", "code"), [("source", "NONE"), ("article", "NONE"), ("rule", "ACC-99"), ("profile", "none")]
)
def test_what_is_none_is_404(name: str, code: str):
    assert Client().get(reverse(f"law:{name}", args=[code])).status_code == 404


PAGES: list[tuple[str, tuple[str, ...]]] = [
    ("sources", ()), ("source", ("QD-874",)), ("article", ("OWN.declare",)), ("rules", ()),
    ("rule", ("OFF-01",)), ("profiles", ()), ("profile", ("defence",)),
]  # fmt: skip


@pytest.mark.parametrize(("name", "args"), PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_pages_are_drawn_in_both_languages(name: str, args: tuple[str, ...], language: str):
    client = Client()
    client.cookies["django_language"] = language
    page = ask(name, *args, client=client).content.decode()
    assert f'<html lang="{language}"' in page
    assert "{%" not in page
    assert "{{" not in page


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_pages_are_open_to_every_role_and_take_no_writes(
    name: str, args: tuple[str, ...], signed_in: Callable[[User], Client]
):
    country = make_country()
    for user in (country.lan_login, country.hr):
        assert ask(name, *args, client=signed_in(user))
    assert Client().post(reverse(f"law:{name}", args=args)).status_code == 405


def test_rule_offers_its_findings_to_auditors_only(signed_in: Callable[[User], Client]):
    country = make_country()
    listed = reverse("auditor:list") + "?rule=ACC-02"
    assert listed not in ask("rule", "ACC-02").content.decode()
    assert listed not in ask("rule", "ACC-02", client=signed_in(country.hr)).content.decode()


def test_rule_explanations_are_all_in_vietnamese():
    texts = [each for rule in catalogue() for each in paragraphs(rule.explanation)]
    with translation.override("vi"):
        assert [each for each in texts if translation.gettext(each) == each] == []
