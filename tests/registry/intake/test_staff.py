import datetime as dt
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts import services as book
from accounts.models import OfficialRecord, Status
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.intake import selectors, services, staff_reading
from registry.intake.models import Action, Import, Kind, RefusedCell, StaffRow, State
from registry.users.models import Role
from tests.factories.agencies import AgencyFactory, SuccessionFactory
from tests.factories.officials import OfficialFactory
from tests.registry.intake.offices import (
    HEADINGS,
    Province,
    Row,
    codes,
    counts,
    load,
    officer,
    people,
    person,
    province,
    record,
    staff_file,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Province:
    return province()


def test_plan_staff_writes_nothing_into_the_register(tmp_path: Path, office: Province):
    job = services.plan_staff(source=staff_file(tmp_path, people(3)), agency=office.province, by=None)
    assert job.state == State.PLANNED
    assert counts(job) == (3, 0, 0, 0, 0)
    assert not OfficialRecord.objects.exists()


def test_apply_records_what_the_row_says(tmp_path: Path, office: Province):
    load(tmp_path, office.province, [person("HT-001", "Đặng  Thị\u00a0Ánh", unit="Sở Tài chính")])
    made = record("HT-001")
    assert made.full_name == "Đặng Thị Ánh"
    assert (made.agency, made.official.branch) == (office.finance, office.province)
    assert (made.position, made.category, made.status) == ("Chuyên viên", "cong_chuc", "in_post")
    assert (made.work_email, made.employed_since) == ("a.b@hatinh.example.vn", dt.date(2016, 5, 5))
    one_by_one = book.record_official(
        agency=office.home, staff_code="HT-002", full_name="Đặng Thị Ánh", by=None, category="cong_chuc"
    )
    single = OfficialRecord.objects.get(official=one_by_one)
    assert (single.sort_key, single.search_key) == (made.sort_key, made.search_key)


def test_second_import_of_the_same_file_changes_nothing(tmp_path: Path, office: Province):
    rows = [*people(5), person("HT-900", "Hồ Văn Hưu", status="Nghỉ hưu"), person("", "Không Mã")]
    assert counts(load(tmp_path, office.province, rows)) == (5, 0, 0, 1, 1)
    before = list(OfficialRecord.objects.order_by("pk").values())
    assert counts(load(tmp_path, office.province, rows)) == (0, 0, 6, 0, 1)
    assert list(OfficialRecord.objects.order_by("pk").values()) == before


def test_changed_row_ends_a_record_and_shows_before_and_after(tmp_path: Path, office: Province):
    load(tmp_path, office.province, people(3))
    moment = timezone.now()
    rows = people(3)
    rows[1] = person("HT-001", "Trần Thị Bích", position="Trưởng phòng", unit="Sở Tài chính")
    job = load(tmp_path, office.province, rows)
    assert counts(job) == (0, 1, 2, 0, 0)
    (shown,) = selectors.plan_rows(job, action=Action.CHANGED)
    assert {(one.field, one.before, one.after) for one in shown.changes} == {
        ("agency_id", "Sở Nội vụ", "Sở Tài chính"),
        ("position", "Chuyên viên", "Trưởng phòng"),
    }
    assert record("HT-001").position == "Trưởng phòng"
    then = OfficialRecord.objects.as_of(moment).get(official__staff_code="HT-001")
    assert then.position == "Chuyên viên"


def test_column_the_list_lacks_leaves_what_is_on_record(tmp_path: Path, office: Province):
    load(tmp_path, office.province, people(2))
    rows = [row[:3] + row[4:5] for row in people(2)]
    headings = HEADINGS[:3] + HEADINGS[4:5]
    assert counts(load(tmp_path, office.province, rows, headings=headings)) == (0, 0, 2, 0, 0)


@pytest.mark.parametrize(
    ("unit", "code"), [("Sở Không Có Thật", "unknown_unit"), ("Sở Thông tin và Truyền thông", "former_unit")]
)
def test_unit_that_cannot_be_understood_is_refused(tmp_path: Path, office: Province, unit: str, code: str):
    former = AgencyFactory(name="Sở Thông tin và Truyền thông", parent=office.province)
    SuccessionFactory(predecessor=former, successor=office.home, on=dt.date(2025, 3, 1))
    job = services.plan_staff(
        source=staff_file(tmp_path, [person(unit=unit), person("HT-002", "Lê An Bình")]),
        agency=office.province,
        by=None,
    )
    assert codes(job) == [(4, code)]
    assert job.counts["new"] == 1
    cell = RefusedCell.objects.get(import_id=job.pk)
    assert (cell.column, cell.value) == ("Đơn vị công tác", unit)
    if code == "former_unit":
        assert "01/03/2025" in cell.message
        assert cell.suggestion == "Sở Nội vụ"


def test_unit_of_another_agency_is_foreign(tmp_path: Path, office: Province):
    rows = [person(), person("HT-002", "Lê An Bình", unit="Sở Tài chính")]
    job = services.plan_staff(source=staff_file(tmp_path, rows), agency=office.home, by=None)
    assert codes(job) == [(5, "foreign_unit")]


def test_code_of_another_agencys_person_is_refused_and_tells_nothing(tmp_path: Path, office: Province):
    OfficialFactory(agency=office.finance, staff_code="HT-002", full_name="Bí Mật Lắm", by=None)
    rows = [person(), person("HT-002", "Lê An Bình")]
    job = services.plan_staff(source=staff_file(tmp_path, rows), agency=office.home, by=None)
    assert codes(job) == [(5, "foreign_person")]
    assert counts(job) == (1, 0, 0, 0, 1)
    assert "Bí Mật" not in str(list(RefusedCell.objects.values()))
    assert not StaffRow.objects.filter(import_id=job.pk, staff_code="HT-002").exists()


def test_person_another_agency_released_is_taken_over(tmp_path: Path, office: Province):
    OfficialFactory(agency=office.finance, staff_code="HT-002", status=Status.MOVED, by=None)
    job = load(tmp_path, office.home, [person("HT-002", "Lê An Bình")])
    assert counts(job) == (1, 0, 0, 0, 0)
    assert record("HT-002").agency == office.home
    assert selectors.plan_rows(job)[0].changes == ()


def test_duplicate_code_refuses_the_second_row(tmp_path: Path, office: Province):
    rows = [person(), person("HT-001", "Người Khác Hẳn"), person("HT-002", "Lê An Bình", email="sai")]
    job = load(tmp_path, office.province, rows)
    assert codes(job) == [(5, "duplicate_code"), (6, "bad_email")]
    assert record("HT-001").full_name == "Nguyễn Thị Kim Linh"


def test_row_wrong_in_two_cells_is_one_refused_row(tmp_path: Path, office: Province):
    job = load(tmp_path, office.province, [person(email="sai", since="31/02/2020"), person("HT-002")])
    assert job.counts["refused"] == 1
    assert codes(job) == [(4, "bad_email"), (4, "bad_date")]
    assert sum(job.counts[name] for name in ("new", "changed", "unchanged", "left", "refused")) == 2


def test_people_missing_from_a_listed_unit_have_left(tmp_path: Path, office: Province):
    load(tmp_path, office.province, [*people(4), person("HT-500", "Cao Xa Lạ", unit="Sở Tài chính")])
    rows = people(4)
    del rows[2]
    job = load(tmp_path, office.province, rows)
    assert (job.counts["left"], job.counts["absent"]) == (1, 1)
    assert record("HT-002").status == Status.LEFT
    assert record("HT-500").status == Status.IN_POST  # nobody of that unit is listed


def test_people_in_refused_rows_are_not_absent(tmp_path: Path, office: Province):
    load(tmp_path, office.province, people(4))
    rows = people(4)
    rows[1] = person("HT-001", "Trần Thị Bích", email="sai")
    rows[2] = person("", "Phạm Hữu Châu")
    job = load(tmp_path, office.province, rows)
    assert counts(job) == (0, 0, 2, 0, 2)
    assert OfficialRecord.objects.current().filter(status=Status.LEFT).count() == 0


def test_many_absent_are_asked_about_first(tmp_path: Path, office: Province):
    load(tmp_path, office.province, people(10))
    job = services.plan_staff(source=staff_file(tmp_path, people(4)), agency=office.province, by=None)
    with pytest.raises(RegistryError) as refusal:
        services.apply(job=job, by=None)
    assert refusal.value.code == "many_left"
    assert refusal.value.extra == {"absent": 6, "on_record": 10}
    assert not OfficialRecord.objects.filter(status=Status.LEFT).exists()
    services.apply(job=job, by=None, accept_left=True)
    assert OfficialRecord.objects.current().filter(status=Status.LEFT).count() == 6


def test_apply_refuses_a_plan_of_what_no_longer_stands(tmp_path: Path, office: Province):
    load(tmp_path, office.province, people(2))
    job = services.plan_staff(
        source=staff_file(tmp_path, people(2, position="Trưởng phòng")), agency=office.province, by=None
    )
    book.amend_official(official=record("HT-000").official, by=None, position="Phó phòng")
    with pytest.raises(ConflictError) as refusal:
        services.apply(job=job, by=None)
    assert refusal.value.code == "plan_stale"
    assert (record("HT-000").position, record("HT-001").position) == ("Phó phòng", "Chuyên viên")


def test_apply_refuses_when_somebody_recorded_a_new_person_meanwhile(tmp_path: Path, office: Province):
    job = services.plan_staff(source=staff_file(tmp_path, people(2)), agency=office.province, by=None)
    OfficialFactory(agency=office.home, staff_code="HT-001", by=None)
    with pytest.raises(ConflictError) as refusal:
        services.apply(job=job, by=None)
    assert refusal.value.code == "plan_stale"
    assert OfficialRecord.objects.count() == 1


def test_apply_that_fails_in_the_middle_writes_nothing(tmp_path: Path, office: Province):
    load(tmp_path, office.province, people(3))
    rows = [*people(3, position="Trưởng phòng"), person("HT-777", "Cấm Ghi Tên")]
    job = services.plan_staff(source=staff_file(tmp_path, rows), agency=office.province, by=None)
    before = list(OfficialRecord.objects.order_by("pk").values())
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "ALTER TABLE accounts_officialrecord"
            " ADD CHECK (recorded_until IS NOT NULL OR position <> 'Trưởng phòng')"
        )
    with pytest.raises(ConflictError):
        services.apply(job=job, by=None)
    assert list(OfficialRecord.objects.order_by("pk").values()) == before
    assert Import.objects.get(pk=job.pk).state == State.PLANNED


def test_apply_twice_is_applying_once(tmp_path: Path, office: Province):
    job = load(tmp_path, office.province, people(2))
    services.apply(job=job, by=None)
    assert OfficialRecord.objects.count() == 2
    assert AuditEvent.objects.filter(act="import.applied").count() == 1


def test_list_compared_in_many_batches_is_planned_as_in_one(
    tmp_path: Path, office: Province, monkeypatch: pytest.MonkeyPatch
):
    load(tmp_path, office.province, people(9))
    rows = [*people(8)[1:], person("HT-001", "Lê Văn Trùng"), person("HT-900", "Lê Sai Thư", email="sai")]
    rows[3] = person(rows[3][0], rows[3][1], position="Trưởng phòng")
    rows += [person(f"HT-5{number}", "Lê Thị Mới") for number in range(10, 15)]
    file = staff_file(tmp_path, rows)

    def planned() -> list[tuple[int, str, str] | tuple[int, str]]:
        job = services.plan_staff(source=file, agency=office.province, by=None)
        found = StaffRow.objects.filter(import_id=job.pk).order_by("id")
        return [*found.values_list("row", "action", "staff_code"), *codes(job)]

    whole = planned()
    assert {action for _row, action, *_code in whole} >= {"new", "changed", "unchanged", "absent"}
    monkeypatch.setattr(staff_reading, "CHUNK", 2)
    assert planned() == whole


def test_officer_of_another_branch_may_not_import(tmp_path: Path, office: Province):
    stranger = officer(office.finance)
    with pytest.raises(NotFoundError):
        services.plan_staff(source=staff_file(tmp_path, people(1)), agency=office.home, by=stranger)
    auditor = officer(office.home, Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        services.plan_staff(source=staff_file(tmp_path, people(1)), agency=office.home, by=auditor)
    assert not Import.objects.exists()


def test_imports_for_shows_only_ones_own_branch(tmp_path: Path, office: Province):
    hr = officer(office.home)
    stranger = officer(office.finance)
    job = load(tmp_path, office.home, people(1), by=hr)
    assert selectors.import_for(hr, job.public_id) == job
    with pytest.raises(NotFoundError):
        selectors.import_for(stranger, job.public_id)
    assert record("HT-000").recorded_by == hr


def test_plan_rows_pages_by_key(tmp_path: Path, office: Province):
    job = services.plan_staff(source=staff_file(tmp_path, people(7)), agency=office.province, by=None)
    seen, after = [], 0
    while page := selectors.plan_rows(job, action=Action.NEW, after=after, limit=3):
        seen += [row.row for row in page]
        after = page[-1].key
    assert seen == list(range(4, 11))


def test_refused_rows_come_back_as_a_workbook_that_can_be_loaded(tmp_path: Path, office: Province):
    job = load(tmp_path, office.province, [*people(2), person("HT-009", "Lê Sai Thư", email="sai")])
    back = tmp_path / "tra-lai.xlsx"
    assert services.refused_workbook(job=job, path=back) == 1
    again = services.plan_staff(source=back, agency=office.province, by=None)
    assert codes(again) == [(2, "bad_email")]


def test_work_plans_then_applies_what_waits(tmp_path: Path, office: Province):
    file = staff_file(tmp_path, people(2))
    job = services.receive(kind=Kind.STAFF, source=file, agency=office.province, by=None, file_name="ds.xlsx")
    services.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.counts["rows"]) == (State.PLANNED, 2)
    services.start_apply(job=job, by=None)
    services.work(job.pk)
    services.work(job.pk)
    job.refresh_from_db()
    assert (job.state, OfficialRecord.objects.count()) == (State.APPLIED, 2)


def test_work_tells_why_a_file_could_not_be_read(tmp_path: Path, office: Province):
    bad = tmp_path / "ds.xlsx"
    bad.write_bytes(b"%PDF-1.7 \x00\x01")
    job = services.receive(kind=Kind.STAFF, source=bad, agency=office.province, by=None)
    services.work(job.pk)
    job.refresh_from_db()
    assert (job.state, job.error_code) == (State.FAILED, "wrong_type")
    assert job.error_message


_PLACES = st.sampled_from(["Sở Nội vụ", "Sở Tài chính", "Sở Không Có"])
_ROWS = st.lists(
    st.builds(
        lambda code, name, unit, status, email: person(code, name, unit=unit, status=status, email=email),
        st.sampled_from(["", "HT-001", "HT-002", "HT-003", "HT-004"]),
        st.sampled_from(["Lê Văn An", "Trần Thị Bích", "H’Hen Niê", ""]),
        _PLACES,
        st.sampled_from(["Đang công tác", "Nghỉ hưu", "Chuyển công tác", ""]),
        st.sampled_from(["", "a@b.vn", "sai"]),
    ),
    min_size=1,
    max_size=6,
).filter(lambda rows: any(row[0] and row[1] for row in rows))


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=_ROWS, second=_ROWS)
def test_any_list_loaded_twice_changes_nothing_the_second_time(
    tmp_path: Path, first: list[Row], second: list[Row]
):
    office = province()
    for rows in (first, second):
        once = load(tmp_path, office.province, rows)
        assert sum(counts(once)) - once.counts["absent"] == once.counts["rows"] == len(rows)
        before = list(OfficialRecord.objects.order_by("pk").values())
        again = load(tmp_path, office.province, rows)
        assert counts(again)[:2] == (0, 0)
        assert again.counts["left"] == 0
        assert list(OfficialRecord.objects.order_by("pk").values()) == before
