"""Catalogue, documents, translations and tests hold together; a contradictory rule is refused."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.utils.translation import override

from registry.findings.evidence import facts_of
from registry.rules.bindings import bindings_of, profiles_of
from registry.rules.catalogue import assemble, catalogue, modules, rule
from registry.rules.legal import ARTICLES, Force
from registry.rules.profiles import PROFILES
from registry.rules.rule import Cause, Rule, Severity, Subject, severity_of
from registry.web.law.rules import paragraphs
from tests.architecture.test_translations import translated

DAY = date(2026, 11, 22)
TRANSLATED = translated()
# The codes ever given out, with their subjects and bits: never re-used, never changed.
GIVEN_OUT = {
    "ACC-01": (Subject.ACCOUNT, 0),
    "ACC-02": (Subject.ACCOUNT, 1),
    "ACC-03": (Subject.ACCOUNT, 2),
    "ACC-04": (Subject.ACCOUNT, 3),
    "ACC-05": (Subject.ACCOUNT, 4),
    "ACC-06": (Subject.ACCOUNT, 5),
    "ACC-07": (Subject.ACCOUNT, 6),
    "ACC-08": (Subject.ACCOUNT, 7),
    "ACC-09": (Subject.ACCOUNT, 8),
    "ACC-10": (Subject.ACCOUNT, 9),
    "ACC-11": (Subject.ACCOUNT, 10),
    "ACC-12": (Subject.ACCOUNT, 11),
    "ACC-13": (Subject.ACCOUNT, 12),
    "ACC-14": (Subject.ACCOUNT, 13),
    "ACC-15": (Subject.ACCOUNT, 14),
    "ACC-16": (Subject.ACCOUNT, 15),
    "ACC-17": (Subject.ACCOUNT, 16),
    "ACC-18": (Subject.ACCOUNT, 17),
    "ACC-19": (Subject.ACCOUNT, 18),
    "ACC-20": (Subject.ACCOUNT, 19),
    "ACC-21": (Subject.ACCOUNT, 20),
    "ACC-22": (Subject.ACCOUNT, 21),
    "ACC-23": (Subject.ACCOUNT, 22),
    "ACC-24": (Subject.ACCOUNT, 23),
    "ACC-25": (Subject.ACCOUNT, 24),
    "OFF-01": (Subject.OFFICIAL, 0),
    "OFF-02": (Subject.OFFICIAL, 1),
    "OFF-03": (Subject.OFFICIAL, 2),
    "OFF-04": (Subject.OFFICIAL, 3),
    "OFF-05": (Subject.OFFICIAL, 4),
    "OFF-06": (Subject.OFFICIAL, 5),
    "OFF-07": (Subject.OFFICIAL, 6),
    "OFF-08": (Subject.OFFICIAL, 7),
    "AGE-01": (Subject.AGENCY, 0),
    "AGE-02": (Subject.AGENCY, 1),
    "PAG-01": (Subject.PAGE, 0),
    "PAG-02": (Subject.PAGE, 1),
    "PAG-03": (Subject.PAGE, 2),
    "PAG-04": (Subject.PAGE, 3),
    "PAG-05": (Subject.PAGE, 4),
    "PAG-06": (Subject.PAGE, 5),
    "PAG-07": (Subject.PAGE, 6),
    "PAG-08": (Subject.PAGE, 7),
    "PAG-09": (Subject.PAGE, 8),
    "PAG-10": (Subject.PAGE, 9),
    "PAG-11": (Subject.PAGE, 10),
    "PAG-12": (Subject.PAGE, 11),
    "PAG-13": (Subject.PAGE, 12),
    "PAG-14": (Subject.PAGE, 13),
    "PAG-15": (Subject.PAGE, 14),
}


def test_catalogue_gives_every_code_the_bit_it_was_given():
    assert {each.code: (each.subject, each.bit) for each in catalogue()} == GIVEN_OUT
    assert len(modules()) == len(catalogue())


@pytest.mark.parametrize("each", catalogue(), ids=lambda each: each.code)
def test_rule_is_based_and_in_the_document(each: Rule):
    """Its explanation and its tests: catalogue/test_catalogue.py."""
    assert set(each.basis) <= set(ARTICLES)
    assert set(each.evidence) <= facts_of(each.subject)
    document = (Path(settings.BASE_DIR) / "docs" / "rules.md").read_text(encoding="utf-8")
    with override("en"):
        assert f"## {each.code}\n\n**{each.title}** (version {each.version})" in document


@pytest.mark.parametrize("each", catalogue(), ids=lambda each: each.code)
def test_rule_has_title_and_explanation_in_vietnamese(each: Rule):
    with override("en"):
        said = [str(each.title), *paragraphs(each.explanation)]
    missing = [text for text in said if not TRANSLATED.get((None, text))]
    assert not missing


@pytest.mark.parametrize("cause", Cause)
def test_cause_is_translated(cause: Cause):
    with override("en"):
        assert TRANSLATED.get((None, str(cause.label)))


def test_rules_document_is_up_to_date():
    call_command("rules_docs", "--check")


def test_rules_docs_says_when_the_document_is_stale(tmp_path: Path, settings: pytest.FixtureRequest):
    settings.BASE_DIR = tmp_path  # type: ignore[attr-defined]
    with pytest.raises(CommandError):
        call_command("rules_docs", "--check")
    call_command("rules_docs")
    call_command("rules_docs", "--check")


@pytest.mark.parametrize(
    "changes",
    [
        {"bit": 62},
        {"bit": -1},
        {"when": None},
        {"unchecked": lambda _day: Q()},
        {"cause": Cause.NEEDS_A_LOOK},
        {"neighbours": lambda _rows: None},
    ],
)
def test_a_rule_that_contradicts_itself_is_refused(changes: dict[str, object]):
    with pytest.raises(ValueError, match="ACC-01"):
        replace(rule("ACC-01"), **changes)  # type: ignore[arg-type]


def test_assemble_refuses_a_code_or_a_bit_used_twice():
    first, second = rule("ACC-01"), rule("ACC-02")
    with pytest.raises(ValueError, match="twice"):
        assemble([first, replace(second, code="ACC-01")])
    with pytest.raises(ValueError, match="twice"):
        assemble([first, replace(second, bit=0)])


def test_severity_follows_the_force():
    assert [severity_of(force) for force in (Force.MUST, Force.MUST_NOT)] == [Severity.HIGH] * 2
    assert severity_of(Force.ENCOURAGED) < severity_of(Force.SHOULD) < severity_of(Force.MUST)


def test_bindings_cite_the_strongest_article_of_each_profile():
    by_profile = {each.profile: each for each in bindings_of(rule("ACC-02"), DAY)}
    assert by_profile[PROFILES["draft-2018"].number].article == "DRAFT-2018.o1"
    assert by_profile[PROFILES["code-2026"].number].severity == Severity.LOW
    own = by_profile[PROFILES["province-with-duty-to-declare"].number]
    assert (own.article, own.severity) == ("OWN.own-name", Severity.HIGH)


def test_a_rule_that_asks_for_the_agency_is_silent_where_it_is_hidden():
    hiding = {PROFILES[code].number for code in ("defence", "procuracy", "police")}
    for code in ("ACC-06", "ACC-07", "ACC-08"):
        speaks = profiles_of(rule(code), DAY)
        assert speaks is not None
        assert not speaks & hiding


def test_a_rule_of_the_register_s_own_speaks_everywhere():
    assert profiles_of(rule("ACC-10"), DAY) is None
