"""The catalogue's conditions, translated: whoever is compared with us judges by the very same rules.

A rule's condition is a Django `Q` over columns of the comparison table. Here it becomes the source of a
Python expression over an object, or a polars expression. What this does not know is an error, never a guess.
"""

from collections.abc import Callable
from datetime import date
from typing import Any, Protocol, TypeVar

from django.db import connection
from django.db.models import F, Func, Q
from django.db.models.expressions import CombinedExpression, Value
from django.db.models.lookups import Lookup
from psycopg import ClientCursor

from registry.findings.folding import WITH_DRAFTS, conditions, live
from registry.rules.catalogue import rules_of
from registry.rules.rule import Rule, Subject

T = TypeVar("T")
_COMPARISONS = ("exact", "gt", "gte", "lt", "lte")


class Language(Protocol[T]):
    """What a translation is made of."""

    def column(self, name: str) -> T:
        """The value of a column."""

    def constant(self, value: object) -> T:
        """A value as it stands."""

    def bit_and(self, left: T, right: T) -> T:
        """The bits both have."""

    def compare(self, how: str, left: T, right: T) -> T:
        """One of `_COMPARISONS`; false where a side is null."""

    def is_null(self, value: T) -> T:
        """Whether there is no value."""

    def one_of(self, value: T, among: list[object]) -> T:
        """Whether it is one of these."""

    def both(self, left: T, right: T) -> T:
        """And."""

    def either(self, left: T, right: T) -> T:
        """Or."""

    def no(self, value: T) -> T:
        """Not."""

    def always(self) -> T:
        """True."""


def row_rules(subject: Subject) -> list[Rule]:
    """The rules a row is judged by on its own; those that compare rows with each other are left to nobody."""
    return [rule for rule in rules_of(subject) if not rule.is_set_rule]


def translated(subject: Subject, as_of: date, into: Language[T]) -> list[tuple[Rule, T, T | None]]:
    """Each row rule with when it fires (where it can tell) and when nobody can."""
    found = []
    for rule in row_rules(subject):
        fires, cannot = (None if each is None else _tree(each, into) for each in conditions(rule, as_of))
        if fires is None:
            raise TypeError(rule.code)
        found.append((rule, fires if cannot is None else into.both(fires, into.no(cannot)), cannot))
    return found


def columns(subject: Subject, as_of: date) -> list[str]:
    """The columns those rules read, beside the two masks."""
    seen: set[str] = set()

    class Reader(_Python):
        def column(self, name: str) -> str:
            seen.add(name)
            return super().column(name)

    translated(subject, as_of, Reader())
    if subject in WITH_DRAFTS:
        seen.add("standing")  # drafts are nobody's
    return sorted(seen)


def python(subject: Subject, as_of: date) -> Callable[[Any], tuple[int, int]]:
    """A function from a row's object to its two masks."""
    fired, cannot = ["0"], ["0"]
    for rule, fires, unchecked in translated(subject, as_of, _Python()):
        fired.append(f"({rule.mask} if {fires} else 0)")
        if unchecked is not None:
            cannot.append(f"({rule.mask} if {unchecked} else 0)")
    source = f"lambda row: ({' | '.join(fired)}, {' | '.join(cannot)})"
    judged: Callable[[Any], tuple[int, int]] = eval(source, {"date": date})  # noqa: S307 - made above
    return judged


def where(rule: Rule, subject: Subject, as_of: date) -> str:
    """Where one rule fires, as SQL with its values in it."""
    fires, cannot = conditions(rule, as_of)
    rows = live(subject).filter(fires if cannot is None else fires & ~cannot).order_by().values("pk")
    query, params = rows.query.sql_with_params()
    connection.ensure_connection()
    table = subject.table._meta.db_table  # noqa: SLF001 - _meta is Django's documented API
    told = ClientCursor(connection.connection).mogrify(query, params)
    return told.partition(" WHERE ")[2].replace(f'"{table}".', "")


def _tree(node: Any, into: Language[T]) -> T:
    if isinstance(node, Lookup):
        return _lookup(node, into)
    if isinstance(node, tuple):
        return _leaf(node[0], node[1], into)
    told = into.always()
    for number, child in enumerate(node.children):
        said = _tree(child, into)
        if number == 0:
            told = said
        else:
            told = into.both(told, said) if node.connector == Q.AND else into.either(told, said)
    return into.no(told) if node.negated else told


def _leaf(path: str, value: Any, into: Language[T]) -> T:
    name, _, how = path.partition("__")
    left = into.column(name)
    if how == "isnull":
        return into.is_null(left) if value else into.no(into.is_null(left))
    if how == "in":
        return into.one_of(left, [_plain(each) for each in value])
    if (how or "exact") not in _COMPARISONS:
        raise TypeError(path)
    return into.compare(how or "exact", left, _value(value, into))


def _lookup(node: Any, into: Language[T]) -> T:
    if node.lookup_name not in _COMPARISONS:
        raise TypeError(node.lookup_name)
    return into.compare(node.lookup_name, _value(node.lhs, into), _value(node.rhs, into))


def _value(node: Any, into: Language[T]) -> T:
    if isinstance(node, F):
        name: str = node.name  # type: ignore[attr-defined]  # the stubs forget it
        return into.column(name)
    if isinstance(node, CombinedExpression) and node.connector == "&":
        return into.bit_and(_value(node.lhs, into), _value(node.rhs, into))
    if isinstance(node, Value):
        return into.constant(_plain(node.value))
    if isinstance(node, Func):
        raise TypeError(type(node).__name__)
    return into.constant(_plain(node))


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


class _Python:
    """Python source over `row`."""

    def column(self, name: str) -> str:
        return f"row.{name}"

    def constant(self, value: object) -> str:
        return f"date({value.year}, {value.month}, {value.day})" if isinstance(value, date) else repr(value)

    def bit_and(self, left: str, right: str) -> str:
        return f"({left} & {right})"

    def compare(self, how: str, left: str, right: str) -> str:
        sign = {"exact": "==", "gt": ">", "gte": ">=", "lt": "<", "lte": "<="}[how]
        if how == "exact" or not left.startswith("row."):
            return f"({left} {sign} {right})"
        return f"({left} is not None and {left} {sign} {right})"

    def is_null(self, value: str) -> str:
        return f"({value} is None)"

    def one_of(self, value: str, among: list[object]) -> str:
        return f"({value} in {tuple(among)!r})"

    def both(self, left: str, right: str) -> str:
        return f"({left} and {right})"

    def either(self, left: str, right: str) -> str:
        return f"({left} or {right})"

    def no(self, value: str) -> str:
        return f"(not {value})"

    def always(self) -> str:
        return "True"
