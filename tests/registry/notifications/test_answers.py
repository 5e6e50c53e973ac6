"""Letters about answers to contests, over a real SMTP conversation."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import services as book
from accounts.models import Status
from registry.findings.models import Contest, Finding, Outcome
from registry.findings.services import answer, contest, run_changed, take_answers, waive
from registry.notifications import services
from registry.notifications.letters import AGENCY_FINDING, OWN_FINDING, OWN_REQUEST
from registry.notifications.models import Message, Template
from registry.notifications.services import Sent
from registry.users.models import User
from tests.registry.findings.scene import Scene, enter, make_scene
from tests.registry.notifications.conftest import text_of
from tests.registry.notifications.mailbox import Mailbox

pytestmark = pytest.mark.django_db

SITE = "https://so.example.gov.vn"
SAID, WHY = "Mẹ Bắp là bút danh", "Bút danh chưa đăng ký"


@pytest.fixture
def scene() -> Scene:
    return make_scene()


def contested(scene: Scene) -> Contest:
    return contest(finding=scene.finding, text=SAID, by=scene.country.lan_login)


def answered(scene: Scene, outcome: Outcome = Outcome.UPHELD, made: Contest | None = None) -> Contest:
    return answer(contest=made or contested(scene), outcome=outcome, text=WHY, by=scene.country.hr)


def test_an_answer_calls_the_person_to_it_and_says_nothing_of_the_case(
    scene: Scene, mailbox: Mailbox, client: Client
):
    answered(scene)
    assert services.send_waiting() == Sent(written=1, sent=1)
    (sent,) = mailbox.letters
    assert sent["To"] == scene.country.lan.records.get().work_email
    assert str(sent["Subject"]).strip() == "Ý kiến của anh/chị đã được trả lời"
    body = text_of(mailbox)
    for told_in_the_register_only in (SAID, WHY, "Mẹ Bắp", "Phạm Văn Hòa", "facebook"):
        assert told_in_the_register_only not in body
    (link,) = [line for line in body.split() if line.startswith(SITE)]
    client.force_login(scene.country.lan_login, backend="django.contrib.auth.backends.ModelBackend")
    assert WHY in client.get(link.removeprefix(SITE)).content.decode()


def test_an_answer_is_written_about_once(scene: Scene, mailbox: Mailbox):
    answered(scene)
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert services.send_waiting() == Sent()
    assert take_answers(limit=10) == []
    assert len(mailbox.letters) == 1


def test_an_answer_in_english_where_the_person_reads_english(scene: Scene, mailbox: Mailbox):
    User.objects.filter(pk=scene.country.lan_login.pk).update(language="en")
    answered(scene)
    services.send_waiting()
    assert str(mailbox.letters[0]["Subject"]).strip() == "What you contested was answered"
    assert "what you said against a finding. Log in" in text_of(mailbox)


def test_a_contest_that_is_not_answered_is_no_letter(scene: Scene, mailbox: Mailbox):
    contested(scene)
    scene.put_right()
    assert Contest.objects.get().closed_at is not None
    assert services.send_waiting() == Sent()
    assert mailbox.letters == []


def test_another_answer_is_another_letter(scene: Scene, mailbox: Mailbox):
    made = answered(scene, Outcome.FACTS)
    assert services.send_waiting() == Sent(written=1, sent=1)
    answered(scene, made=made)
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert len(mailbox.letters) == 2
    assert len(set(Message.objects.values_list("key", flat=True))) == 2


def test_two_answers_given_together_are_one_letter_with_both_links(scene: Scene, mailbox: Mailbox):
    enter(scene.country.lan, name_shown="Mẹ Ngô")
    run_changed()
    user = scene.country.lan_login
    finds = list(Finding.objects.filter(rule="ACC-02").order_by("pk"))
    for each in finds:
        contest(finding=each, text=SAID, by=user)
    waive(findings=finds, reason=WHY, until=timezone.localdate() + timedelta(days=9), by=scene.country.hr)
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert "2 ý kiến" in text_of(mailbox)
    for each in finds:
        assert SITE + reverse("official:finding", args=[each.public_id]) in text_of(mailbox)


def test_an_answer_to_somebody_who_left_is_no_letter(scene: Scene, mailbox: Mailbox):
    answered(scene)
    book.amend_official(official=scene.country.lan, by=None, status=Status.LEFT)
    assert services.send_waiting() == Sent()
    assert mailbox.letters == []


def test_an_answer_about_an_agencys_page_calls_its_officer_there(scene: Scene, mailbox: Mailbox):
    officer = scene.country.hr2  # a login without a staff record
    User.objects.filter(pk=officer.pk).update(email="mai@example.gov.vn")
    finding = Finding.objects.get(rule="AGE-01", agency_id=scene.country.health.pk)
    made = contest(finding=finding, text=SAID, by=officer)
    answered(scene, made=made)
    assert services.send_waiting() == Sent(written=1, sent=1)
    assert mailbox.letters[0]["To"] == "mai@example.gov.vn"
    assert "Kính gửi Lê Thị Mai," in text_of(mailbox)
    assert SITE + reverse("reviewer:finding", args=[finding.public_id]) in text_of(mailbox)
    assert Message.objects.get().template == Template.ANSWERED


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("official:finding", OWN_FINDING),
        ("reviewer:finding", AGENCY_FINDING),
        ("official:data_request", OWN_REQUEST),
    ],
)
def test_the_links_of_letters_are_addresses_of_the_web(name: str, path: str):
    thing = UUID(int=7)
    assert reverse(name, args=[thing]) == path.format(finding=thing, request=thing)
