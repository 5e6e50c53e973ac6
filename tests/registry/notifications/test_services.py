"""Letters, over a real SMTP conversation."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts import services as book
from accounts.platforms import recognise
from registry.declarations import services as declarations
from registry.declarations.states import State as Declared
from registry.notifications import services
from registry.notifications.letters import letter
from registry.notifications.models import Message, State, Template
from registry.notifications.services import BACK_OFF, LEASE, Sent
from registry.notifications.writing import write_letters
from registry.users import services as users
from registry.users.models import User
from tests.factories import DeclarationFactory, EntryFactory, InvitationFactory, OfficialFactory, UserFactory
from tests.registry.declarations.test_transitions import URL, in_state, somebody_elses
from tests.registry.notifications.conftest import text_of
from tests.registry.notifications.mailbox import Mailbox
from tests.registry.people import make_country

pytestmark = pytest.mark.django_db


def test_send_waiting_sends_an_invitation_that_works(mailbox: Mailbox):
    person = OfficialFactory.create(full_name="Nguyễn Ánh <Tuyết> & Bạn")
    InvitationFactory.create(official=person)
    assert services.send_waiting() == Sent(written=1, sent=1)
    letter = mailbox.letters[0]
    assert letter["To"] == person.records.get().work_email
    assert (
        str(letter["Subject"]).strip() == "Mời kích hoạt tài khoản đăng nhập Sổ đăng ký tài khoản mạng xã hội"
    )
    assert "Kính gửi Nguyễn Ánh <Tuyết> & Bạn," in text_of(mailbox)
    html = letter.get_body(("html",))
    assert html is not None
    assert "<Tuyết>" not in html.get_content()
    token = text_of(mailbox).split("https://so.example.gov.vn/invitation/")[1].split("/")[0]
    assert users.activate(token=token, password="một-mật-khẩu-dài-41").official == person
    assert token not in str(list(Message.objects.values()))
    assert services.send_waiting() == Sent()
    assert len(mailbox.letters) == 1


def test_send_waiting_drops_an_invitation_that_was_withdrawn(mailbox: Mailbox):
    first = InvitationFactory.create()
    write_letters()
    users.invite(official=first.official, by=None)
    assert services.send_waiting() == Sent(written=1, sent=1, dropped=1)
    assert Message.objects.get(invitation=first).state == State.DROPPED
    assert len(mailbox.letters) == 1


def test_send_waiting_after_the_secret_key_changed_sends_nothing_useless(
    mailbox: Mailbox, settings: Settings
):
    InvitationFactory.create()
    settings.SECRET_KEY = "another" * 10
    assert services.send_waiting() == Sent(written=1, failed=1)
    assert Message.objects.get().problem == "secret_key_changed"
    assert mailbox.letters == []


def test_send_waiting_tries_again_later_and_in_the_end_gives_up(mailbox: Mailbox):
    InvitationFactory.create()
    mailbox.answers = "451 later"
    now = timezone.now()
    for attempt, wait in enumerate(BACK_OFF, start=1):
        with time_machine.travel(now, tick=False):
            done = services.send_waiting()
            assert done.put_off == 1
            message = Message.objects.get()
            assert (message.attempts, message.problem) == (attempt, "refused_451")
            assert message.next_at == timezone.now() + wait
            assert services.send_waiting() == Sent()
        now += wait + dt.timedelta(seconds=1)
    with time_machine.travel(now, tick=False):
        assert services.send_waiting() == Sent(failed=1)
    assert Message.objects.get().state == State.FAILED


def test_send_waiting_after_the_server_is_back_sends_once(mailbox: Mailbox):
    InvitationFactory.create()
    mailbox.answers = "hangs up"
    assert services.send_waiting() == Sent(written=1, put_off=1)
    mailbox.answers = "250 fine"
    with time_machine.travel(timezone.now() + BACK_OFF[0] + dt.timedelta(seconds=1)):
        assert services.send_waiting() == Sent(sent=1)
    assert len(mailbox.letters) == 1
    assert str(Message.objects.get().public_id) in mailbox.letters[0]["Message-ID"]


def test_send_waiting_when_the_server_never_will_fails_at_once(mailbox: Mailbox):
    InvitationFactory.create()
    mailbox.answers = "550 no such person"
    assert services.send_waiting() == Sent(written=1, failed=1)
    assert Message.objects.get().problem == "refused_550"


def test_claim_of_a_sender_that_died_ends_with_its_lease(mailbox: Mailbox):
    InvitationFactory.create()
    write_letters()
    dead = services._claim()
    assert dead is not None
    assert services.send_waiting() == Sent()
    with time_machine.travel(timezone.now() + LEASE + dt.timedelta(seconds=1)):
        assert services.send_waiting() == Sent(sent=1)
    # and the dead one, come back late, is a stranger
    services._close(dead, State.FAILED, "late")
    assert Message.objects.get().state == State.SENT
    assert len(mailbox.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_send_waiting_by_two_workers_sends_each_letter_once(mailbox: Mailbox):
    InvitationFactory.create_batch(12)

    def work(_number: int) -> Sent:
        try:
            return services.send_waiting()
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        rounds = list(pool.map(work, range(3)))
    assert sum(done.written for done in rounds) == 12
    services.send_waiting()  # whatever one of them wrote after the others had looked
    assert sorted(letter["To"] for letter in mailbox.letters) == sorted(
        Message.objects.values_list("to", flat=True)
    )
    assert len(mailbox.letters) == 12


def test_news_of_a_return_calls_the_person_and_says_nothing_of_the_case(mailbox: Mailbox):
    country = make_country()
    in_state(country, Declared.RETURNED)
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert str(mailbox.letters[0]["Subject"]).strip() == "Khai báo cần bổ sung"
    assert "Ảnh mờ" not in text_of(mailbox)
    assert "facebook" not in text_of(mailbox)


def test_news_of_many_registrations_is_one_letter(mailbox: Mailbox):
    country = make_country()
    for name in ("mot", "hai12", "baba3"):
        declarations.register_on_behalf(
            official=country.lan, statement={}, by=country.hr,
            link=recognise(f"https://www.facebook.com/{name}.lan"),
        )  # fmt: skip
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert "3 tài khoản" in text_of(mailbox)


def test_news_to_somebody_without_a_login_is_no_letter(mailbox: Mailbox):
    country = make_country()
    person = OfficialFactory.create(agency=country.health)
    declarations.register_on_behalf(
        official=person, statement={}, by=country.hr, link=recognise("https://www.facebook.com/khong.login")
    )
    assert services.send_waiting() == Sent()
    assert mailbox.letters == []


def test_news_of_a_decided_dispute_names_nobody_to_either_side(mailbox: Mailbox):
    country = make_country()
    loser = somebody_elses(country).facts.official
    UserFactory.create(official=loser, email="ly@example.gov.vn")
    claim = DeclarationFactory.create(official=country.lan, by=country.lan_login, url=URL, submitted=True)
    declarations.decide_dispute(
        declaration=claim, outcome="give", reason="Đã gọi điện hỏi", by=country.hr_province
    )
    assert services.send_waiting().sent == 2
    assert {message.template for message in Message.objects.all()} == {
        Template.CLOSED,
        Template.DISPUTE_DECIDED,
    }
    by_address = {str(letter["To"]): text_of(mailbox, at) for at, letter in enumerate(mailbox.letters)}
    to_loser = by_address.pop("ly@example.gov.vn")
    to_winner = by_address.popitem()[1]
    assert "Lan" not in to_loser
    assert "Ly" not in to_winner


@pytest.mark.parametrize("template", Template)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_letter_can_be_written(template: Template, language: str):
    invitation = InvitationFactory.create() if template is Template.INVITATION else None
    message = Message(
        to="a@b.vn", template=template, language=language, invitation=invitation,
        context={"name": "Lan", "count": 2},
    )  # fmt: skip
    written = letter(message, token="T" if invitation else "")
    assert written.subject
    assert "\n" not in written.subject
    assert "Lan" in str(written.body)
    assert "http" in str(written.body)
    assert "{" not in str(written.body)


@pytest.mark.parametrize("address", ["a" * 300 + "@hatinh.gov.vn", "không có", ""])
def test_write_letters_passes_over_what_is_no_address(address: str):
    country = make_country()
    put = in_state(country, Declared.SUBMITTED)
    book.amend_official(official=put.official, by=None, work_email=address)
    User.objects.filter(official=put.official).update(email="")
    declarations.return_(declaration=put, reasons={"photo": "Mờ"}, by=country.hr)
    assert write_letters() == 0
    assert write_letters() == 0


def test_send_waiting_gives_up_an_address_that_breaks_a_header_and_sends_the_next(mailbox: Mailbox):
    for key, to in (("first", "a@b.vn\nBcc: c@d.vn"), ("second", "an@hatinh.gov.vn")):
        Message.objects.create(
            key=key, to=to, template=Template.APPROVED, language="vi", context={"name": "An", "count": 1}
        )
    assert services.send_waiting() == Sent(sent=1, failed=1)
    assert [letter["To"] for letter in mailbox.letters] == ["an@hatinh.gov.vn"]
    assert Message.objects.get(key="first").problem == "bad_address"


def test_news_of_a_recorded_permanent_id_is_a_letter_of_its_own(mailbox: Mailbox):
    country = make_country()
    account = EntryFactory.create(facts__official=country.lan).account
    link = recognise("https://www.facebook.com/profile.php?id=100012345678901")
    declarations.record_permanent_id(account=account, link=link, link_text=link.url, by=country.hr)
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert Message.objects.get().template == Template.IDENTIFIED
    assert "mã định danh cố định" in text_of(mailbox)
    assert "100012345678901" not in text_of(mailbox)
