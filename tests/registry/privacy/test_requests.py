"""Asking for one's data to be corrected or erased: the clocks, who answers, what is written down."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.audit.models import AuditEvent
from common.errors import ConflictError, NotAllowedError, NotFoundError, RegistryError
from registry.notifications.models import Message, Template
from registry.privacy import services
from registry.privacy.models import Asked, DataRequest, Outcome
from registry.privacy.selectors import own_requests, request_for, requests_for
from registry.rules.legal import ARTICLES
from registry.rules.legal.data_requests import (
    CLOCKS,
    DEADLINES,
    Right,
    acknowledge_by,
    answer_by,
    extended_to,
)
from registry.web.paging import page_by_key
from tests.factories import UserFactory
from tests.registry.people import Country, officer

FRIDAY = dt.date(2026, 11, 27)
TIME = dt.datetime(2026, 11, 27, 3, tzinfo=dt.UTC)


def asked(country: Country, kind: Asked = Asked.ERASE) -> DataRequest:
    return services.ask(official=country.lan, kind=kind, text="Tài khoản đã bán", by=country.lan_login)


@pytest.mark.parametrize(
    ("day", "last"),
    [
        (FRIDAY - dt.timedelta(days=4), dt.date(2026, 11, 25)),  # Monday → Wednesday
        (FRIDAY - dt.timedelta(days=1), dt.date(2026, 11, 30)),  # Thursday → Monday
        (FRIDAY, dt.date(2026, 12, 1)),
        (FRIDAY + dt.timedelta(days=1), dt.date(2026, 12, 1)),
        (FRIDAY + dt.timedelta(days=2), dt.date(2026, 12, 1)),
    ],
)
def test_acknowledge_by_skips_saturday_and_sunday(day: dt.date, last: dt.date):
    assert acknowledge_by(day) == last


@pytest.mark.parametrize(
    ("right", "days"), [(Right.COPY, 10), (Right.CORRECT, 10), (Right.RESTRICT, 15), (Right.ERASE, 20)]
)
def test_answer_by_is_what_the_decree_gives(right: Right, days: int):
    assert answer_by(right, FRIDAY) == FRIDAY + dt.timedelta(days=days)
    assert f"{days} ngày" in ARTICLES[DEADLINES].duty_vi


@pytest.mark.parametrize("right", Right)
def test_every_right_rests_on_articles_that_are_there(right: Right):
    clock = CLOCKS[right]
    assert clock.refusals
    assert {clock.basis, *clock.refusals} <= set(ARTICLES)
    assert right.value in Asked.values


@time_machine.travel(TIME, tick=False)
def test_ask_starts_the_clocks_and_is_written_down(country: Country):
    made = asked(country)
    assert (made.acknowledge_by, made.answer_by) == (dt.date(2026, 12, 1), dt.date(2026, 12, 17))
    assert made.deadline == made.acknowledge_by
    event = AuditEvent.objects.latest("pk")
    assert (event.act, event.subject_id, event.actor_id) == (
        "data.asked",
        country.lan.pk,
        country.lan_login.pk,
    )
    assert "đã bán" not in str(event.payload)


def test_ask_without_words_is_refused(country: Country):
    with pytest.raises(RegistryError) as refused:
        services.ask(official=country.lan, kind=Asked.ERASE, text="  ", by=country.lan_login)
    assert refused.value.code == "reason_missing"


def test_ask_for_somebody_else_is_refused(country: Country):
    with pytest.raises(NotAllowedError):
        services.ask(official=country.lan, kind=Asked.ERASE, text="x", by=country.hr)
    with pytest.raises(NotFoundError):
        services.ask(official=country.lan, kind=Asked.ERASE, text="x", by=country.hr_elsewhere)


def test_acknowledge_moves_the_deadline_on_and_is_done_once(country: Country):
    made = asked(country)
    held = services.acknowledge(request=made, by=country.hr)
    assert held.acknowledged_by == country.hr
    assert held.deadline == held.answer_by
    with pytest.raises(ConflictError):
        services.acknowledge(request=made, by=country.hr2)
    assert AuditEvent.objects.filter(act="data.acknowledged", actor_id=country.hr.pk).count() == 1


@pytest.mark.parametrize("right", Right)
def test_extended_to_is_as_many_days_again(right: Right):
    last = answer_by(right, FRIDAY)
    assert extended_to(right, last) - last == last - FRIDAY
    assert "gia hạn" in ARTICLES[DEADLINES].duty_vi


@time_machine.travel(TIME, tick=False)
def test_extend_moves_the_last_day_once_and_tells_the_person(country: Country):
    held = services.extend(request=asked(country), text="Phải hỏi nền tảng", by=country.hr)
    assert (held.answer_by, held.extended_to) == (dt.date(2026, 12, 17), dt.date(2027, 1, 6))
    assert held.deadline == held.last_day == held.extended_to
    assert (held.extended_by, held.acknowledged_by) == (country.hr, country.hr)
    assert not held.is_late(dt.date(2027, 1, 6))
    assert held.is_late(dt.date(2027, 1, 7))
    event = AuditEvent.objects.latest("pk")
    assert (event.act, event.payload["until"]) == ("data.extended", "2027-01-06")
    assert "nền tảng" not in str(event.payload)
    letter = Message.objects.get()
    assert (letter.template, letter.context["until"]) == (Template.DATA_EXTENDED, "06/01/2027")
    assert letter.context["paths"] == [f"/me/data/requests/{held.public_id}/"]
    with pytest.raises(ConflictError) as refused:
        services.extend(request=held, text="Lần nữa", by=country.hr2)
    assert refused.value.code == "extended"
    services.answer(request=held, outcome=Outcome.DONE, text="Đã xóa", by=country.hr)
    assert Message.objects.latest("pk").template == Template.DATA_ANSWERED
    assert Message.objects.count() == 2


def test_extend_after_the_last_day_or_the_answer_is_refused(country: Country):
    made = asked(country)
    with time_machine.travel(timezone.now() + dt.timedelta(days=21)), pytest.raises(RegistryError) as late:
        services.extend(request=made, text="Chưa kịp", by=country.hr)
    assert late.value.code == "too_late"
    with pytest.raises(RegistryError) as wordless:
        services.extend(request=made, text=" ", by=country.hr)
    assert wordless.value.code == "reason_missing"
    services.answer(request=made, outcome=Outcome.DONE, text="Đã xóa", by=country.hr)
    with pytest.raises(ConflictError) as over:
        services.extend(request=made, text="Chưa kịp", by=country.hr)
    assert over.value.code == "not_now"
    made.refresh_from_db()
    assert made.extended_at is None


def test_extend_by_somebody_else_is_refused(country: Country):
    made = asked(country)
    for other in (country.hr_culture, country.lan_login):
        with pytest.raises(NotFoundError):
            services.extend(request=made, text="x", by=other)
    made.refresh_from_db()
    assert made.extended_at is None


def test_requests_for_are_ordered_by_the_extended_day(country: Country):
    with time_machine.travel(TIME, tick=False):
        first = services.extend(request=asked(country, Asked.CORRECT), text="x", by=country.hr)
        second = services.acknowledge(request=asked(country, Asked.RESTRICT), by=country.hr)
    page = page_by_key(requests_for(country.hr, answered=False), "due_next", "id")
    assert page.rows == [second, first]


def test_answer_done_acknowledges_too(country: Country):
    held = services.answer(request=asked(country), outcome=Outcome.DONE, text="Đã xóa", by=country.hr)
    assert (held.outcome, held.answered_by, held.acknowledged_by) == ("done", country.hr, country.hr)
    with pytest.raises(ConflictError):
        services.answer(request=held, outcome=Outcome.DONE, text="Lần nữa", by=country.hr)


@pytest.mark.parametrize("basis", ["", "ND-147.36-press-name", "none-such"])
def test_answer_refused_without_its_ground_is_no_answer(country: Country, basis: str):
    made = asked(country)
    with pytest.raises(RegistryError) as refused:
        services.answer(request=made, outcome=Outcome.REFUSED, text="Không", basis=basis, by=country.hr)
    assert (refused.value.code, refused.value.field) == ("basis_missing", "basis")
    made.refresh_from_db()
    assert made.answered_at is None


def test_answer_refused_with_its_ground_says_it(country: Country):
    held = services.answer(
        request=asked(country),
        outcome=Outcome.REFUSED,
        text="Phải giữ theo luật",
        basis="LUAT-91.19-no-consent",
        by=country.hr_province,
    )
    assert held.basis == "LUAT-91.19-no-consent"
    assert AuditEvent.objects.latest("pk").payload["outcome"] == "refused"


def test_answer_by_the_officer_concerned_is_refused(country: Country):
    alone = officer(country.health, "Trần Thị Lan", official=None)
    login = UserFactory.create(official=None)
    made = asked(country)
    country.lan_login.official = None
    country.lan_login.save()
    alone.official = country.lan
    alone.save()
    with pytest.raises(NotAllowedError) as refused:
        services.answer(request=made, outcome=Outcome.DONE, text="Xong", by=alone)
    assert refused.value.code == "own_request"
    with pytest.raises(NotFoundError):
        services.acknowledge(request=made, by=login)
    with pytest.raises(NotFoundError):
        services.acknowledge(request=made, by=country.hr_culture)


def test_requests_for_are_those_of_the_branch_oldest_deadline_first(country: Country):
    with time_machine.travel(TIME, tick=False):
        late = services.acknowledge(request=asked(country, Asked.ERASE), by=country.hr)
        soon = asked(country, Asked.CORRECT)
    first = page_by_key(requests_for(country.hr, answered=False), "due_next", "id", size=1)
    assert first.rows == [soon]
    rest = requests_for(country.hr, answered=False)
    assert page_by_key(rest, "due_next", "id", cursor=first.next_cursor).rows == [late]
    assert not requests_for(country.hr_culture, answered=False).exists()
    assert not requests_for(country.hr_elsewhere, answered=False).exists()
    with pytest.raises(NotFoundError):
        request_for(country.hr_elsewhere, soon.public_id)
    assert list(own_requests(country.lan_login)) == [soon, late]


def test_is_late_the_day_after_the_last(country: Country):
    made = asked(country)
    assert not made.is_late(made.acknowledge_by)
    assert made.is_late(made.acknowledge_by + dt.timedelta(days=1))
    services.acknowledge(request=made, by=country.hr)
    made.refresh_from_db()
    assert not made.is_late(made.answer_by)
    assert made.is_late(made.answer_by + dt.timedelta(days=1))
    services.answer(request=made, outcome=Outcome.DONE, text="Xong", by=country.hr)
    made.refresh_from_db()
    assert not made.is_late(made.answer_by + dt.timedelta(days=99))


@pytest.mark.parametrize(
    "facts",
    [
        {"acknowledged_at": TIME},
        {"outcome": "done"},
        {"outcome": "refused", "answered_at": TIME, "acknowledged_at": TIME},
        {"basis": "LUAT-91.19-no-consent"},
        {"extended_to": FRIDAY},
        {"extended_at": TIME},
        {"extension_text": "Chưa kịp"},
    ],
)
def test_request_with_half_a_fact_is_refused_by_the_database(country: Country, facts: dict[str, object]):
    made = asked(country)
    with pytest.raises(IntegrityError), transaction.atomic():
        DataRequest.objects.filter(pk=made.pk).update(**facts)
    assert timezone.now() >= made.asked_at
