"""Whom a rule binds on a day, by which article, and how heavily: rules meeting profiles."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from registry.rules.legal import article
from registry.rules.profiles import PROFILES, Polarity
from registry.rules.rule import Rule, Severity, severity_of


@dataclass(frozen=True, slots=True)
class Binding:
    """Under one profile, the article a rule speaks for and the weight that gives it."""

    profile: int
    article: str  # "" for a condition of the register's own
    severity: Severity


def bindings_of(rule: Rule, as_of: date) -> tuple[Binding, ...]:
    """Under which profiles a rule speaks on a day; of several articles the strongest is cited."""
    found = []
    for profile in PROFILES.values():
        if rule.asks_for_agency and profile.agency_shown is not Polarity.SHOW:
            continue
        if not rule.basis:
            found.append(Binding(profile.number, "", rule.own_severity))
            continue
        asked = profile.basis_on(rule.basis, as_of)
        if asked:
            strongest, force = asked[0]
            found.append(Binding(profile.number, strongest.code, severity_of(force)))
        elif rule.row_says_who:
            first = article(rule.basis[0])
            found.append(Binding(profile.number, first.code, severity_of(first.force)))
    return tuple(found)


def profiles_of(rule: Rule, as_of: date) -> frozenset[int] | None:
    """The numbers of the profiles a rule speaks under; None: all, so that nothing need be asked."""
    numbers = frozenset(binding.profile for binding in bindings_of(rule, as_of))
    return None if len(numbers) == len(PROFILES) else numbers


def fingerprint(rule: Rule, as_of: date) -> str:
    """What a rule's answers depend on besides the facts: its version, and whom it binds by what."""
    whom = [f"{each.profile}:{each.article}:{each.severity}" for each in bindings_of(rule, as_of)]
    return sha256("|".join([rule.code, str(rule.version), *whom]).encode()).hexdigest()
