"""polars: read the columns by ADBC, judge them: `python -m bench.others.with_polars`.

Reading is counted: the data lives in the database and changes there.
"""

import os
from datetime import date
from typing import Any

import django

django.setup()

import polars as pl  # noqa: E402 - Django first

from bench.others.conditions import columns, translated  # noqa: E402
from bench.others.told import tell  # noqa: E402
from registry.findings.folding import WITH_DRAFTS  # noqa: E402
from registry.rules.rule import Subject  # noqa: E402


class Polars:
    """Conditions as polars expressions."""

    def column(self, name: str) -> pl.Expr:
        """As it is called."""
        return pl.col(name)

    def constant(self, value: object) -> pl.Expr:
        """A literal."""
        return pl.lit(value)

    def bit_and(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """Bits."""
        return left & right

    def compare(self, how: str, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """False where null."""
        sign = {"exact": "eq", "gt": "gt", "gte": "ge", "lt": "lt", "lte": "le"}[how]
        compared: pl.Expr = getattr(left, sign)(right)
        return compared.fill_null(value=False)

    def is_null(self, value: pl.Expr) -> pl.Expr:
        """No value."""
        return value.is_null()

    def one_of(self, value: pl.Expr, among: list[Any]) -> pl.Expr:
        """Membership."""
        return value.is_in(among).fill_null(value=False)

    def both(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """And."""
        return left & right

    def either(self, left: pl.Expr, right: pl.Expr) -> pl.Expr:
        """Or."""
        return left | right

    def no(self, value: pl.Expr) -> pl.Expr:
        """Not."""
        return ~value

    def always(self) -> pl.Expr:
        """True."""
        return pl.lit(value=True)


def read(subject: Subject, as_of: date) -> pl.DataFrame:
    """The columns rules and comparison of masks need."""
    table = subject.table._meta.db_table  # noqa: SLF001 - _meta is Django's documented API
    names = ", ".join((*columns(subject, as_of), "fired", "unchecked"))
    drafts = " WHERE standing > 0" if subject in WITH_DRAFTS else ""
    return pl.read_database_uri(
        f"SELECT {names} FROM {table}{drafts}",  # noqa: S608 - names of ours
        os.environ["BENCH_URI"],
        engine="adbc",
    )


def judge(as_of: date) -> dict[str, int]:
    """How often each rule fires; whether the masks changed is asked as well, as a check must."""
    fired: dict[str, int] = {}
    for subject in Subject:
        rules = translated(subject, as_of, Polars())
        now = pl.sum_horizontal(
            [pl.when(fires).then(rule.mask).otherwise(0).cast(pl.Int64) for rule, fires, _cannot in rules]
        )
        frame = read(subject, as_of).lazy()
        counts = frame.select(
            *[fires.sum().alias(rule.code) for rule, fires, _cannot in rules],
            (now != pl.col("fired")).sum().alias("changed"),
        ).collect()
        fired |= {name: int(value) for name, value in counts.row(0, named=True).items() if name != "changed"}
    return fired


if __name__ == "__main__":
    tell(judge)
