"""All row rules of a subject folded into one expression: a bit a rule, one pass over the comparison table.

The same expression judges a slice of a sweep, a changed subject and a draft under review.
"""

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Any

from django.db.models import BigIntegerField, Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable

from accounts.models import OwnerStatus, StandingCode
from registry.rules.bindings import profiles_of
from registry.rules.profiles import PROFILES
from registry.rules.rule import Rule, Subject

_BIG = BigIntegerField()
WITH_DRAFTS = (Subject.ACCOUNT, Subject.PAGE)  # what an account is judged as
_AGENCYS_OWN = Q(owner_status=OwnerStatus.AGENCY)


@dataclass(frozen=True, eq=False)
class Folded:
    """The rules that could be folded, and those that could not, with the class of what went wrong."""

    subject: Subject
    as_of: date
    rules: tuple[Rule, ...]
    broken: dict[str, str]
    kept: int  # bits nobody judges here (set rules, broken rules): they stay as they stand

    def judged(self, rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
        """`rows` with `now_fired` and `now_unchecked`: the masks as they should be."""
        fired, unchecked = [], []
        for rule in self.rules:
            fires, cannot_tell = _of_anybody(rule, self.as_of)
            fired.append(_bit(rule, fires, unless=cannot_tell))
            if cannot_tell is not None:
                unchecked.append(_bit(rule, cannot_tell))
        # whom each rule binds is asked once a row, as a mask, not once a rule
        whom = bound(self.rules, self.subject, self.as_of)
        judged: QuerySet[Any, Any] = rows.annotate(
            now_fired=_joined(F("fired").bitand(self.kept), fired, whom),
            now_unchecked=_joined(F("unchecked").bitand(self.kept), unchecked, whom),
        )
        return judged


def conditions(rule: Rule, as_of: date) -> tuple[Q, Q | None]:
    """When a row rule fires and when it cannot tell, on a day, for those it binds then."""
    fires, cannot_tell = _of_anybody(rule, as_of)
    whom = speaks_to(rule, as_of)
    return fires & whom, None if cannot_tell is None else cannot_tell & whom


def speaks_to(rule: Rule, as_of: date) -> Q:
    """The rows a rule is about: bound by their profile on that day, and a person's.

    Agencies' own pages are nobody's personal account: the rules of persons do not speak of them.
    """
    persons = ~_AGENCYS_OWN if rule.subject is Subject.ACCOUNT else Q()
    numbers = profiles_of(rule, as_of)
    return persons if numbers is None else persons & Q(profile__in=sorted(numbers))


def bound(rules: Sequence[Rule], subject: Subject, as_of: date) -> Case:
    """The rules that speak of a row, as a mask: what `speaks_to` says of each, for all at once."""
    of_all, by_profile = 0, dict.fromkeys(sorted(profile.number for profile in PROFILES.values()), 0)
    for rule in rules:
        numbers = profiles_of(rule, as_of)
        if numbers is None:
            of_all |= rule.mask
        for number in numbers or ():
            by_profile[number] |= rule.mask
    whens = [When(profile=number, then=_number(of_all | mask)) for number, mask in by_profile.items()]
    if subject is Subject.ACCOUNT:
        whens.insert(0, When(_AGENCYS_OWN, then=_number(0)))
    return Case(*whens, default=_number(of_all), output_field=_BIG)


def live(subject: Subject) -> QuerySet[Any, Any]:
    """Comparison rows that findings may be about: drafts never are."""
    rows: QuerySet[Any, Any] = subject.table._default_manager.all()  # noqa: SLF001 - Django's own name for it
    return rows.filter(standing__gt=StandingCode.DRAFT) if subject in WITH_DRAFTS else rows


def fold(rules: Sequence[Rule], subject: Subject, as_of: date, *, broken: Iterable[str] = ()) -> Folded:
    """Fold the row rules among `rules` for a day.

    A rule that raises, or whose condition is no SQL, is left out and named: the others finish. `broken` names
    rules already known to fail when they run.
    """
    whole, failures = [], dict.fromkeys(broken, "DatabaseError")
    for rule in rules:
        if rule.is_set_rule or rule.code in failures:
            continue
        try:
            for condition in conditions(rule, as_of):
                if condition is not None:
                    str(subject.table._default_manager.filter(condition).query)  # noqa: SLF001 - as above
        except Exception as error:  # noqa: BLE001 - one rule's mistake, whatever it is, must not stop the others
            failures[rule.code] = type(error).__name__
        else:
            whole.append(rule)
    judged = {rule.code for rule in whole}
    return Folded(
        subject=subject,
        as_of=as_of,
        rules=tuple(whole),
        broken=failures,
        kept=sum(rule.mask for rule in rules if rule.code not in judged),
    )


def _of_anybody(rule: Rule, as_of: date) -> tuple[Q, Q | None]:
    """When a row rule would fire and when it could not tell, whomever it binds."""
    if rule.when is None:
        raise ValueError(f"{rule.code} is a set rule")
    return rule.when(as_of), rule.unchecked(as_of) if rule.unchecked else None


def _bit(rule: Rule, condition: Q, *, unless: Q | None = None) -> Case:
    whens = [When(condition, then=_number(rule.mask))]
    if unless is not None:
        whens.insert(0, When(unless, then=_number(0)))
    return Case(*whens, default=_number(0), output_field=_BIG)


def _joined(kept: Combinable, bits: Sequence[Case], whom: Case) -> Combinable:
    if not bits:
        return kept
    # the bits are distinct, so adding them is joining them
    total: Any = reduce(operator.add, bits)
    joined: Combinable = kept + total.bitand(whom)
    return joined


def _number(value: int) -> Value:
    return Value(value, output_field=_BIG)
