import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection, transaction

from accounts.models import OfficialRecord
from common.errors import ConflictError
from registry.intake import services
from registry.intake.models import Import, State
from tests.registry.intake.offices import people, province, staff_file

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
