import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from accounts import services as book
from accounts.models import Entry, NilReturn, Official, OfficialRecord
from common.errors import ConflictError
from registry.intake import services
from registry.intake.models import Import, StaffRow, State
from tests.registry.intake.offices import accounts_file, load, people, province, staff_file

pytestmark = pytest.mark.django_db(transaction=True)


def in_thread(work: Callable[[], object]):
    """Run on a connection of its own; return what it raised."""
    raised = []

    def run() -> None:
        try:
            work()
        except ConflictError as error:
            raised.append(error.code)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    return raised


def test_two_lists_of_one_branch_at_once_one_is_told(tmp_path: Path):
    office = province()
    file = staff_file(tmp_path, people(3))
    first = services.plan_staff(source=file, agency=office.province, by=None)
    second = services.plan_staff(source=file, agency=office.home, by=None)
    with transaction.atomic():
        services.apply(job=first, by=None)
        assert in_thread(lambda: services.apply(job=second, by=None)) == ["import_running"]
    assert in_thread(lambda: services.apply(job=second, by=None)) == ["plan_stale"]
    assert OfficialRecord.objects.count() == 3
    assert Import.objects.get(pk=second.pk).state == State.PLANNED


def test_two_workers_do_one_import_once(tmp_path: Path):
    office = province()
    job = services.plan_staff(source=staff_file(tmp_path, people(3)), agency=office.province, by=None)
    services.start_apply(job=job, by=None)

    def works() -> None:
        services.work(job.pk)
        connection.close()

    threads = [threading.Thread(target=works) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    job.refresh_from_db()
    assert (job.state, OfficialRecord.objects.count()) == (State.APPLIED, 3)


def test_connection_killed_while_applying_leaves_the_plan_to_be_applied_again(tmp_path: Path):
    office = province()
    job = services.plan_staff(source=staff_file(tmp_path, people(3)), agency=office.province, by=None)

    def dies() -> None:
        try:
            with transaction.atomic():
                services.apply(job=job, by=None)
                with connection.cursor() as cursor:
                    cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
        except Exception:  # noqa: BLE001, S110 - how the driver words it is not the point
            pass

    in_thread(dies)
    assert not OfficialRecord.objects.exists()
    services.apply(job=job, by=None)
    assert OfficialRecord.objects.count() == 3


def waiter() -> int:
    """The backend that comes to wait for a lock of ours."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pid FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
            )
            if found := cursor.fetchone():
                return int(found[0])
        time.sleep(0.01)
    raise AssertionError("nobody came to wait")


def kept_files() -> set[Path]:
    """The files of imports, other tests' among them."""
    return set((Path(settings.PRIVATE_MEDIA_ROOT) / "imports").glob("*"))


@contextmanager
def killed_at(table: str) -> Iterator[None]:
    """Kill the connection that first writes into a table inside."""

    def kill() -> None:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
                locked.set()
                cursor.execute("SELECT pg_terminate_backend(%s)", [waiter()])
        finally:
            connection.close()

    locked = threading.Event()
    killer = threading.Thread(target=kill)
    killer.start()
    assert locked.wait(30)
    yield
    killer.join(30)
    assert not killer.is_alive()


@pytest.mark.parametrize("table", ["intake_staffrow", "accounts_officialrecord"])
def test_command_whose_database_is_lost_says_so_and_leaves_nothing(tmp_path: Path, table: str):
    office = province()
    file = staff_file(tmp_path, people(3))
    out, files = StringIO(), kept_files()
    with killed_at(table), pytest.raises(CommandError, match="Cơ sở dữ liệu không phản hồi") as error:
        call_command("import_staff", str(file), "--agency", office.province.code, "--json", stdout=out)
    assert error.value.returncode == 2
    assert '"code": "no_database"' in out.getvalue()
    assert not Import.objects.exists()
    assert not StaffRow.objects.exists()
    assert not OfficialRecord.objects.exists()
    assert kept_files() == files


def test_command_on_a_database_that_is_not_set_up_says_what_to_do(tmp_path: Path):
    office = province()
    file = staff_file(tmp_path, people(1))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE intake_import RENAME TO not_yet_there")
    try:
        with pytest.raises(CommandError, match=r"manage\.py migrate") as error:
            call_command("import_staff", str(file), "--agency", office.province.code, stdout=StringIO())
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE not_yet_there RENAME TO intake_import")
    assert error.value.returncode == 2


def test_accounts_applied_while_somebody_says_they_have_none(tmp_path: Path):
    office = province()
    load(tmp_path, office.province, people(1))
    row = ("HT-000", "Facebook", "https://fb.com/levanan", "Lê Văn An", "Sở Nội vụ", "", "", "")
    job = services.plan_accounts(
        source=accounts_file(tmp_path, [row]), photos=None, agency=office.province, by=None
    )
    applying = threading.Thread(target=lambda: in_thread(lambda: services.apply(job=job, by=None)))
    with transaction.atomic():
        book.record_nil(official=Official.objects.get(), by=None)
        applying.start()
        waiter()
    applying.join(30)
    assert Entry.objects.current().count() == 1
    assert NilReturn.objects.count() == 1
    assert not NilReturn.objects.current().exists()
