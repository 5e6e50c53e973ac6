"""Great Expectations on the database itself: an expectation a rule, each its own query.

`python -m bench.others.with_great_expectations`. Nothing is read out: it asks for the rows that are not in
line, counted by the database.
"""

import os
from datetime import date

import django

django.setup()

import great_expectations as gx  # noqa: E402 - Django first
from great_expectations.expectations import UnexpectedRowsExpectation  # noqa: E402

from bench.others.conditions import row_rules, where  # noqa: E402
from bench.others.told import tell  # noqa: E402
from registry.rules.rule import Subject  # noqa: E402


def judge(as_of: date) -> dict[str, int]:
    """How many rows each rule finds."""
    os.environ["GX_ANALYTICS_ENABLED"] = "false"
    context = gx.get_context(mode="ephemeral")
    source = context.data_sources.add_sql("register", connection_string=os.environ["BENCH_SQLALCHEMY"])
    fired = {}
    for subject in Subject:
        table = subject.table._meta.db_table  # noqa: SLF001 - _meta is Django's documented API
        batch = source.add_table_asset(table, table_name=table).add_batch_definition_whole_table("all")
        suite = gx.ExpectationSuite(name=table)
        for rule in row_rules(subject):
            suite.add_expectation(
                UnexpectedRowsExpectation(
                    unexpected_rows_query=f"SELECT 1 FROM {{batch}} WHERE {where(rule, subject, as_of)}",  # noqa: S608 - the ORM's
                    description=rule.code,
                )
            )
        for result in batch.get_batch().validate(suite).results:
            code = str(result.expectation_config.description)
            if "observed_value" not in result.result:  # it keeps its troubles to itself
                raise RuntimeError(f"{code}: {result.exception_info}")
            fired[code] = int(result.result["observed_value"])
    return fired


if __name__ == "__main__":
    tell(judge)
