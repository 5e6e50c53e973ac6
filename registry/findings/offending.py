"""Which of a few rows a set rule names: its statement is written once, and asked of whatever rows."""

from collections.abc import Collection
from datetime import date
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from accounts.paths import listed
from registry.rules.rule import Rule

_NOBODY: Final = -(2**63)  # stands in the statement for the keys of the rows


def offending(rule: Rule, as_of: date, row_ids: Collection[int]) -> set[int]:
    """The keys of those of some rows that a set rule names on a day.

    Raises:
        ValueError: it is no set rule, or asks for its rows otherwise than by `one_of`.
    """
    statement, params = _statement(rule, as_of)
    rows = listed(row_ids)
    with connection.cursor() as cursor:
        cursor.execute(statement, [rows if each == listed([_NOBODY]) else each for each in params])
        return {pk for (pk,) in cursor.fetchall()}


@lru_cache(maxsize=8)
def _statement(rule: Rule, as_of: date) -> tuple[str, tuple[Any, ...]]:
    if rule.offenders is None:
        raise ValueError(f"{rule.code} is no set rule")
    statement, params = rule.offenders(as_of, [_NOBODY]).query.sql_with_params()
    if listed([_NOBODY]) not in params or _NOBODY in params:
        raise ValueError(f"{rule.code} asks for its rows otherwise than by `one_of`")
    return statement, tuple(params)
