"""Reminders, over a real SMTP conversation."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import services as book
from accounts.models import Official
from common.audit.models import AuditEvent
from common.errors import ConflictError, NotFoundError, RegistryError
from registry.notifications import reminders, services
from registry.notifications.models import Message, Reminder, State, Template
from registry.notifications.reminders import Reach, progress_of, reach_of, remind, reminder_for
from registry.notifications.services import Sent
from registry.users.models import User
from tests.factories import OfficialFactory
from tests.registry.notifications.conftest import text_of
from tests.registry.notifications.mailbox import Mailbox
from tests.registry.people import Country, make_country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country() -> Country:
    """A province with two departments, another province, and people in them."""
    return make_country()


def test_remind_sends_one_letter_each_and_tells_how_far_it_is(country: Country, mailbox: Mailbox):
    other = OfficialFactory.create(
        agency=country.health, full_name="Lê Văn Bình", work_email="binh@so.gov.vn"
    )
    made = remind(officials=[country.lan.pk, other.pk], by=country.hr)
    assert (made.people, made.letters) == (2, 2)
    assert progress_of(made) == {State.WAITING: 2}
    assert services.send_waiting() == Sent(sent=2)
    assert progress_of(made) == {State.SENT: 2}
    assert {str(letter["To"]) for letter in mailbox.letters} == {
        country.lan_login.email or country.lan.records.get().work_email, "binh@so.gov.vn",
    }  # fmt: skip
    assert {str(letter["Subject"]).strip() for letter in mailbox.letters} == {
        "Nhắc việc về tài khoản mạng xã hội"
    }
    body = text_of(mailbox)
    assert "Kính gửi" in body
    assert "https://so.example.gov.vn/" in body
    event = AuditEvent.objects.get(act="reminder.sent")
    assert (event.actor_id, event.subject_id) == (country.hr.pk, made.pk)


def test_remind_in_the_language_of_the_login_and_to_its_address(country: Country, mailbox: Mailbox):
    User.objects.filter(pk=country.lan_login.pk).update(language="en", email="lan@home.gov.vn")
    remind(officials=[country.lan.pk], by=country.hr)
    services.send_waiting()
    assert str(mailbox.letters[0]["Subject"]).strip() == "A reminder about your social accounts"
    assert mailbox.letters[0]["To"] == "lan@home.gov.vn"


def test_remind_never_twice_a_day_to_one_person_whoever_asks(country: Country):
    other = OfficialFactory.create(agency=country.health)
    remind(officials=[country.lan.pk], by=country.hr)
    assert reach_of([country.lan.pk, other.pk]) == Reach(due=1, already=1, without=0, gone=0)
    assert remind(officials=[country.lan.pk, other.pk], by=country.hr2).letters == 1
    with pytest.raises(ConflictError) as refused:
        remind(officials=[country.lan.pk], by=country.hr_province)
    assert refused.value.code == "nobody"
    assert Message.objects.filter(template=Template.REMINDER).count() == 2
    assert Reminder.objects.count() == 2  # what reached nobody leaves nothing behind


def test_remind_again_the_next_day(country: Country):
    with time_machine.travel(dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC), tick=False):
        remind(officials=[country.lan.pk], by=country.hr)
    late = dt.datetime(2026, 3, 2, 16, 59, tzinfo=dt.UTC)  # a minute before midnight in Hà Nội
    with time_machine.travel(late, tick=False), pytest.raises(ConflictError):
        remind(officials=[country.lan.pk], by=country.hr)
    with time_machine.travel(dt.datetime(2026, 3, 2, 17, tzinfo=dt.UTC), tick=False):
        assert remind(officials=[country.lan.pk], by=country.hr).letters == 1


@pytest.mark.parametrize("email", ["", "không có", "@so.gov.vn", "a@" + "b" * 260 + ".vn"])
def test_remind_leaves_out_who_cannot_be_written_to(country: Country, email: str):
    silent = OfficialFactory.create(agency=country.health, work_email=email)
    gone = OfficialFactory.create(agency=country.health)
    book.amend_official(official=gone, by=None, status="left")
    officials = [country.lan.pk, silent.pk, gone.pk]
    assert reach_of(officials) == Reach(due=1, already=0, without=1, gone=1)
    assert remind(officials=officials, by=country.hr).letters == 1


@pytest.mark.parametrize("who", ["hr_culture", "hr_elsewhere", "lan_login"])
def test_remind_somebody_elses_people_is_not_found(country: Country, who: str):
    mine = OfficialFactory.create(agency=country.culture)
    with pytest.raises(NotFoundError):
        remind(officials=[mine.pk, country.lan.pk], by=getattr(country, who))
    assert not Message.objects.exists()


def test_remind_nobody_and_too_many_are_refused(country: Country, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(NotFoundError):
        remind(officials=[], by=country.hr)
    monkeypatch.setattr(reminders, "MOST", 1)
    other = OfficialFactory.create(agency=country.health)
    with pytest.raises(RegistryError) as refused:
        remind(officials=[country.lan.pk, other.pk], by=country.hr)
    assert refused.value.code == "too_many"


def test_reminder_is_nobody_elses(country: Country):
    made = remind(officials=[country.lan.pk], by=country.hr)
    assert reminder_for(country.hr, made.public_id) == made
    with pytest.raises(NotFoundError):
        reminder_for(country.hr2, made.public_id)


def test_remind_takes_the_same_queries_for_many(country: Country):
    def queries(people: list[Official]) -> int:
        with CaptureQueriesContext(connection) as seen:
            remind(officials=[each.pk for each in people], by=country.hr)
        return len(seen)

    few = queries([country.lan])
    assert queries(OfficialFactory.create_batch(40, agency=country.health)) == few


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_write_one_letter(transactional_db: None):
    del transactional_db
    country = make_country()
    people = OfficialFactory.create_batch(30, agency=country.health)

    def ask(user: User) -> int:
        try:
            return remind(officials=[each.pk for each in people], by=user).letters
        except ConflictError:
            return 0
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        written = sum(pool.map(ask, [country.hr, country.hr2]))
    assert written == Message.objects.count() == 30
