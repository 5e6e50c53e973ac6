"""The sender of letters: takes what other rooms have to tell, writes it down, sends what is due."""

import smtplib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from accounts.models import GONE, Official, OfficialRecord
from common.bell import ring
from registry.declarations.services import News, take_news
from registry.declarations.states import Act, Kind
from registry.declarations.states import State as Declared
from registry.findings.services import Answered, take_answers
from registry.notifications.letters import AGENCY_FINDING, OWN_FINDING, letter
from registry.notifications.models import Message, State, Template
from registry.users.models import Invitation, User
from registry.users.services import is_address, take_letters
from registry.users.tokens import digest_of, token_of

log = structlog.get_logger(__name__)

SEND = "notifications.send_waiting"
LEASE = timedelta(minutes=5)  # above the time a mail server may take over one letter
_TALK_SECONDS = 30  # to wait for each answer of the mail server
# Waits after the first, second… attempt; after the last one a letter has failed.
BACK_OFF = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sent:
    """What one round did."""

    written: int = 0
    sent: int = 0
    put_off: int = 0
    failed: int = 0
    dropped: int = 0


def send_waiting(*, limit: int = _AT_ONCE) -> Sent:
    """Write down what is to be told and send up to `limit` letters that are due.

    A letter is claimed by a guarded update before it is sent, so two senders never send the same one; a
    sender that dies gives it back when its lease ends. Sent at least once, under one Message-ID.
    """
    counts = {"written": write_letters(), "sent": 0, "put_off": 0, "failed": 0, "dropped": 0}
    connection = mail.get_connection(timeout=_TALK_SECONDS)
    try:
        for _turn in range(limit):
            message = _claim()
            if message is None:
                break
            counts[_send(message, connection)] += 1
    finally:
        connection.close()
    return Sent(**counts)


@transaction.atomic
def write_letters(*, limit: int = 5000) -> int:
    """Take invitations and news over into the ledger; return how many letters that made.

    In one transaction with the taking: what is taken is written down, and once.
    """
    letters = [
        *_of_invitations([row for row, _token in take_letters(limit=limit)]),
        *_of_news(take_news(limit=limit)),
        *_of_answers(take_answers(limit=limit)),
    ]
    return len(Message.objects.bulk_create(letters, batch_size=1000))


def write_to(*, official: Official, key: str, template: Template, **context: Any) -> None:
    """Write a person a letter, in the transaction of what it tells of; a worker sends it.

    Who has left, has no login or no address gets none: there is nothing they could be called to.

    Args:
        official: to whom.
        key: what it is about, which no other letter has.
        template: what it says.
        context: what its text needs: `paths` of pages of the register, and counts and days.
    """
    person = _people({official.pk}).get(official.pk)
    login = User.objects.filter(official=official, is_active=True).first()
    if person is not None and login is not None:
        Message.objects.bulk_create(_to(login, person, key, template, **context))
        ring(SEND)


def _of_invitations(invitations: list[Invitation]) -> Iterator[Message]:
    people = _people({row.official_id for row in invitations})
    for row in invitations:
        if row.official_id in people:
            yield Message(
                key=f"invitation:{row.pk}",
                to=row.email,
                template=Template.INVITATION,
                language="vi",
                context={"name": people[row.official_id].full_name},
                invitation=row,
                next_at=timezone.now(),
            )


def _of_news(news: list[News]) -> Iterator[Message]:
    people = _people({item.official_id for item in news})
    logins = {login.official_id: login for login in User.objects.filter(official__in=people, is_active=True)}
    for item in news:
        person, login = people.get(item.official_id), logins.get(item.official_id)
        # Without a login there is nothing to be called to: the invitation is that person's letter.
        if person is not None and login is not None:
            yield from _to(login, person, f"step:{item.step_id}", _template(item), count=item.count)


def _of_answers(answers: list[Answered]) -> Iterator[Message]:
    logins = User.objects.filter(is_active=True).in_bulk([each.contested_by_id for each in answers])
    people = _people({login.official_id for login in logins.values() if login.official_id is not None})
    for each in answers:
        login = logins.get(each.contested_by_id)
        # An officer who contests for an agency need not be on a staff list; who left it is not written to.
        if login is None or (login.official_id is not None and login.official_id not in people):
            continue
        paths = [OWN_FINDING.format(finding=finding) for finding in each.findings]
        paths += [AGENCY_FINDING.format(finding=finding) for finding in each.of_agency]
        person = people.get(login.official_id or 0)
        yield from _to(login, person, f"contest:{each.key}", Template.ANSWERED, count=len(paths), paths=paths)


def _to(
    login: User, person: OfficialRecord | None, key: str, template: Template, **context: Any
) -> Iterator[Message]:
    """The letter to a person, where there is an address to send it to."""
    to = login.email or (person.work_email if person else "")
    if is_address(to):
        name = person.full_name if person else login.get_full_name()
        yield Message(
            key=key,
            to=to,
            template=template,
            language=login.language or "vi",
            context={"name": name, **context},
            next_at=timezone.now(),
        )


def _people(official_ids: set[int]) -> dict[int, OfficialRecord]:
    current = OfficialRecord.objects.current().filter(official__in=official_ids).exclude(status__in=GONE)
    return {record.official_id: record for record in current}


def _template(news: News) -> Template:
    if news.act is Act.REGISTER:
        if news.kind is Kind.IDENTIFY:
            return Template.IDENTIFIED
        if news.kind is Kind.CLOSE:
            return Template.CLOSED
        return Template.DISPUTED if news.state is Declared.DISPUTED else Template.REGISTERED
    return {
        Act.RETURN: Template.RETURNED,
        Act.APPROVE: Template.APPROVED,
        Act.CONTEST: Template.DISPUTED,
        Act.GIVE: Template.DISPUTE_DECIDED,
        Act.KEEP: Template.DISPUTE_DECIDED,
    }[news.act]


def _claim() -> Message | None:
    """Take the letter longest due: one guarded update, which also sets the lease and the fence."""
    now = timezone.now()
    due = Message.objects.filter(state=State.WAITING, next_at__lte=now).order_by("next_at", "pk")
    with transaction.atomic():
        found = due.select_for_update(skip_locked=True).first()
        if found is None:
            return None
        due.filter(pk=found.pk).order_by().update(attempts=F("attempts") + 1, next_at=now + LEASE)
    return Message.objects.select_related("invitation").get(pk=found.pk)


def _send(message: Message, connection: BaseEmailBackend) -> str:
    """Send a claimed letter and write down what became of it. Returns the name of the count it belongs to."""
    token = ""
    if message.invitation is not None:
        if message.invitation.used_at or message.invitation.withdrawn_at:
            return _close(message, State.DROPPED, "invitation_closed")
        token = token_of(message.invitation.nonce)
        if digest_of(token) != message.invitation.token_digest:
            # The secret key was changed since: this token would open nothing.
            return _close(message, State.FAILED, "secret_key_changed")
    problem, for_good = _deliver(message, token, connection)
    if not problem:
        return _close(message, State.SENT, "")
    if for_good:
        return _close(message, State.FAILED, problem)
    connection.close()  # the next letter begins with a fresh conversation
    log.warning("letter_not_sent", message=message.pk, attempt=message.attempts, problem=problem)
    if message.attempts > len(BACK_OFF):
        return _close(message, State.FAILED, problem)
    _ours(message).update(next_at=timezone.now() + BACK_OFF[message.attempts - 1], problem=problem[:60])
    return "put_off"


def _deliver(message: Message, token: str, connection: BaseEmailBackend) -> tuple[str, bool]:
    """Hand a letter to the mail server. Returns what went wrong ("" for nothing), and whether for good."""
    try:
        written = letter(message, token=token)
        written.connection = connection
        connection.open()  # once a round: nothing happens where it is open
        written.send()
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        return f"refused_{max(codes)}", min(codes) >= _PERMANENT
    except smtplib.SMTPResponseException as error:
        return f"smtp_{error.smtp_code}", False
    except (smtplib.SMTPException, OSError) as error:
        return type(error).__name__, False
    except ValueError:  # a header that cannot be written: no later try will do better
        return "bad_address", True
    return "", False


def _close(message: Message, state: State, problem: str) -> str:
    sent_at = timezone.now() if state is State.SENT else None
    _ours(message).update(state=state, sent_at=sent_at, problem=problem[:60])
    return str(state)


def _ours(message: Message) -> QuerySet[Message]:
    """The row, as long as nobody claimed it after us."""
    return Message.objects.filter(pk=message.pk, state=State.WAITING, attempts=message.attempts)


_PERMANENT = 500  # SMTP replies from here on say: do not try again
