"""The sender of letters: has what is to be told written down, and sends what is due."""

import smtplib
from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from registry.notifications.letters import letter
from registry.notifications.models import Message, State
from registry.notifications.writing import write_letters
from registry.users.tokens import digest_of, token_of

log = structlog.get_logger(__name__)

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
