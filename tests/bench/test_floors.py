import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from python_calamine import CalamineWorkbook

from accounts import services as book
from accounts.models import AgencyRecord, Standing
from accounts.platforms import recognise
from bench import floors, staff_file
from bench.__main__ import Report
from registry.demo.generating import generate
from registry.findings import engine, services
from registry.findings.folding import fold, live
from registry.findings.selectors import compliance_rows
from registry.rules.catalogue import rules_of
from registry.rules.rule import Subject
from tests.registry.demo.filled import filled


def _fill() -> None:
    generate(40)
    agency = AgencyRecord.objects.current().filter(agency__code="TW-CP").get().agency
    account = book.account_for(link=recognise("https://www.facebook.com/chinhphu.thu"), by=None)
    facts = book.state_page(account=account, agency=agency, name_shown="Trang", administrators=[], by=None)
    book.enter(facts=facts, standing=Standing.CONFIRMED, by=None)
    services.run_changed()
    services.work(run=services.start_sweep())


@pytest.fixture(scope="module")
def _register(
    django_db_setup: None,  # noqa: ARG001 - the database must be there first
    django_db_blocker: Any,
    _private_media: None,
) -> Iterator[None]:
    with filled(django_db_blocker, _fill):
        yield


@pytest.mark.django_db
def test_check_floor_reads_every_column_the_rules_read() -> None:
    for subject in Subject:
        table = subject.table._meta.db_table
        folded = fold(rules_of(subject), subject, timezone.localdate())
        sql, _params = engine._sql(folded.judged(live(subject)).values_list("now_fired", "now_unchecked"))

        assert set(re.findall(rf'"{table}"\."(\w+)"', sql)) <= set(floors.CHECK[table])


@pytest.mark.django_db
@pytest.mark.usefixtures("_register")
def test_check_floor_is_a_bare_scan() -> None:
    with connection.cursor() as cursor:
        for statement in floors.check_scans():
            cursor.execute(statement)
            assert cursor.fetchone()[0] > 0
            cursor.execute(f"EXPLAIN (COSTS OFF) {statement}")
            assert [row[0].strip(" ->").split(" on ")[0] for row in cursor.fetchall()] == [
                "Aggregate",
                "Seq Scan",
            ]


@pytest.mark.django_db
@pytest.mark.usefixtures("_register")
def test_export_floor_has_the_lines_of_the_export() -> None:
    government = AgencyRecord.objects.current().get(agency__code="TW-CP").path
    exported = [
        (row.subject, row.staff_code, row.agency_code, row.account_shown, row.rule or None)
        for row in compliance_rows([government], timezone.now())
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT kind, staff_code, code, shown, rule FROM ({floors.EXPORT}) f")  # noqa: S608 - a constant
        floor = cursor.fetchall()

    assert len(floor) > 100
    assert {row[0] for row in floor} == set(Subject)
    assert sorted(floor, key=str) == sorted(exported, key=str)


def test_staff_file_has_titles_groups_and_every_person(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    staff_file.write(path, 1200)

    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()

    people = [row for row in rows if isinstance(row[0], float)]
    assert len(people) == 1200
    assert len({row[1] for row in people}) == 1200
    assert sum("NHÓM" in str(row[0]) for row in rows) == 3
    assert str(rows[0][0]).startswith("UBND")


def test_report_shows_medians_and_their_ratio() -> None:
    report = Report()
    report.add("work", [9.0, 2.0, 3.0], [1.0, 1.5, 8.0], "<= 4x", "noted")

    line = report.table().splitlines()[1]

    assert "3.000s" in line
    assert "1.500s" in line
    assert "2.0x" in line
    assert line.endswith("3  noted")
