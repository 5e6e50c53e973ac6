"""The catalogue: every rule is a module of this package with one `RULE`, found by itself."""

import importlib
import inspect
import pkgutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from types import MappingProxyType

from registry.rules.rule import Rule, Subject


def modules() -> list[str]:
    """Names of the rule modules, in order."""
    return sorted(found.name for found in pkgutil.iter_modules(__path__))


def assemble(rules: Sequence[Rule]) -> tuple[Rule, ...]:
    """Rules in the order of their codes; raises ValueError where a code or a subject's bit is used twice."""
    codes: set[str] = set()
    bits: set[tuple[Subject, int]] = set()
    for rule in rules:
        if rule.code in codes or (rule.subject, rule.bit) in bits:
            raise ValueError(f"{rule.code}: its code or its bit {rule.bit} is used twice")
        codes.add(rule.code)
        bits.add((rule.subject, rule.bit))
    return tuple(sorted(rules, key=lambda rule: rule.code))


@cache
def catalogue() -> tuple[Rule, ...]:
    """Every rule, each with its module's docstring as explanation."""
    rules = []
    for name in modules():
        module = importlib.import_module(f"{__name__}.{name}")
        rules.append(replace(module.RULE, explanation=inspect.cleandoc(module.__doc__ or "")))
    return assemble(rules)


def rules_of(subject: Subject) -> tuple[Rule, ...]:
    """The rules of one subject."""
    return tuple(rule for rule in catalogue() if rule.subject is subject)


def rule(code: str) -> Rule:
    """The rule with this code; raises KeyError for a code that never was."""
    return MappingProxyType({each.code: each for each in catalogue()})[code]
