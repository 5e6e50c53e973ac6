"""Lists asked for and made by a worker: taken over, told, fetched by who asked, erased in time."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from common.errors import RegistryError
from common.holding import held
from registry.exports import ordering
from registry.exports.models import Export, Format, Order
from registry.findings.selectors import ComplianceFilter
from registry.rules.rule import Subject
from tests.registry.exports.conftest import Audited

pytestmark = pytest.mark.django_db


def asked(audited: Audited) -> Order:
    """A list the auditor asked for."""
    wanted = ComplianceFilter(rules=("ACC-02",), subjects=(Subject.ACCOUNT,))
    return ordering.order(agency=audited.health, by=audited.auditor, day=None, form=Format.CSV, wanted=wanted)


def test_make_makes_what_was_asked_for_once(audited: Audited):
    order = asked(audited)
    ordering.make(order.pk)
    ordering.make(order.pk)
    order.refresh_from_db()
    assert order.state == Order.State.MADE
    assert ordering.file_of(order).stat().st_mode & 0o777 == 0o600
    export = Export.objects.get()
    assert (order.export, order.done) == (export, export.rows)
    assert export.filter["subjects"] == ["account"]


def test_order_of_what_cannot_be_given_is_refused_at_once(audited: Audited):
    with pytest.raises(RegistryError) as refused:
        ordering.order(
            agency=audited.health,
            by=audited.auditor,
            day=timezone.localdate() + timedelta(days=1),
            form=Format.CSV,
            wanted=ComplianceFilter(),
        )
    assert refused.value.code == "as_of_future"
    assert not Order.objects.exists()


def test_make_that_breaks_off_is_tried_again_and_then_told(audited: Audited, monkeypatch: pytest.MonkeyPatch):
    order = asked(audited)

    def broken(_found: Order) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(ordering, "_make", broken)
    for _time in range(ordering.MOST_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            ordering.make(order.pk)
        assert ordering.resume_waiting() == 1
    ordering.make(order.pk)
    order.refresh_from_db()
    assert order.state == Order.State.FAILED
    assert order.error_message
    assert ordering.resume_waiting() == 0
    assert held(ordering.LOCK) == set()


def test_make_for_somebody_who_lost_the_branch_gives_nothing(audited: Audited):
    order = asked(audited)
    audited.auditor.grants.update(ended_at=timezone.now())
    ordering.make(order.pk)
    order.refresh_from_db()
    assert order.state == Order.State.FAILED
    assert not Export.objects.exists()


def test_file_is_erased_a_day_later(audited: Audited):
    order = asked(audited)
    ordering.make(order.pk)
    order.refresh_from_db()
    path = ordering.file_of(order)
    assert ordering.erase_old() == 0
    with time_machine.travel(timezone.now() + ordering.KEEP + timedelta(minutes=1)):
        assert ordering.erase_old() == 1
    assert not path.exists()
    order.refresh_from_db()
    with pytest.raises(RegistryError) as refused:
        ordering.file_of(order)
    assert refused.value.code == "erased"
