"""The catalogue holds together: modules, codes, tests of each rule, for whom rules speak."""

import importlib
from types import ModuleType
from typing import Any

import pytest

from accounts.models import Agency, OwnerStatus
from accounts.names import NameVerdict
from registry.findings.services import verdicts
from registry.rules import catalogue as rules
from registry.rules.rule import Rule
from tests.factories.comparisons import make_comparison
from tests.registry.rules.catalogue import answers
from tests.registry.rules.catalogue.answers import TODAY

MODULES = rules.modules()
every_module = pytest.mark.parametrize("module", MODULES)


def rule_of(module: str) -> Rule:
    found: Rule = importlib.import_module(f"{rules.__name__}.{module}").RULE
    return found


def beside(module: str) -> ModuleType:
    return importlib.import_module(f"{answers.__name__.rpartition('.')[0]}.test_{module}")


@every_module
def test_rule_has_tests_of_both_sides(module: str):
    rule, tests = rule_of(module), beside(module)
    if rule.is_set_rule:
        assert rule.code == tests.CODE
        sides: set[Any] = {side for side in ("fires", "silent") for name in vars(tests) if side in name}
        assert sides == {"fires", "silent"}
        return
    cases = tests.CASES
    assert cases.code == rule.code
    assert cases.fires
    assert cases.silent
    assert bool(cases.unchecked) == (rule.unchecked is not None)


@every_module
def test_rule_says_what_whom_and_how_to_repair(module: str):
    explanation = rules.rule(rule_of(module).code).explanation
    heads = [line.partition(":")[0] for line in explanation.splitlines()]
    assert explanation.splitlines()[0].endswith(".")
    wanted = {"Fires on", "Silent on", "Binds", "Repair"}
    if rule_of(module).cause is not None:
        wanted.add("Could not be checked")
    assert wanted <= set(heads)


@pytest.mark.django_db
def test_rules_of_persons_are_silent_on_an_agency_s_own_page(agency: Agency):
    row = make_comparison(
        agency, owner_status=OwnerStatus.AGENCY, name_verdict=NameVerdict.DIFFERENT, rival_claims=1
    )
    assert verdicts(row, TODAY) == []
