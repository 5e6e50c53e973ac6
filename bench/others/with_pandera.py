"""pandera on polars: a schema with a check a rule: `python -m bench.others.with_pandera`.

Reading is counted.
"""

from datetime import date

import django

django.setup()

import pandera.polars as pa  # noqa: E402 - Django first
import polars as pl  # noqa: E402
from pandera.errors import SchemaErrors  # noqa: E402

from bench.others.conditions import translated  # noqa: E402
from bench.others.told import tell  # noqa: E402
from bench.others.with_polars import Polars, read  # noqa: E402
from registry.rules.rule import Subject  # noqa: E402


def check(code: str, fires: pl.Expr) -> pa.Check:
    """A rule as a check: true where the row is in line."""
    return pa.Check(lambda data: data.lazyframe.select((~fires).alias("in_line")), name=code, error=code)


def judge(as_of: date) -> dict[str, int]:
    """How many rows fail each check."""
    fired: dict[str, int] = {}
    for subject in Subject:
        rules = translated(subject, as_of, Polars())
        schema = pa.DataFrameSchema(checks=[check(rule.code, fires) for rule, fires, _cannot in rules])
        frame = read(subject, as_of)
        fired |= dict.fromkeys((rule.code for rule, _fires, _cannot in rules), 0)
        try:
            schema.validate(frame, lazy=True)
        except SchemaErrors as failed:
            for error in failed.schema_errors:
                cases = error.failure_cases
                fired[str(error.check.name)] = cases.height if isinstance(cases, pl.DataFrame) else 0
    return fired


if __name__ == "__main__":
    tell(judge)
