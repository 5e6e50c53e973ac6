"""The ledger of letters."""

import uuid
from typing import Final

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from registry.users.models import Invitation, User


class State(models.TextChoices):
    """Where a letter stands."""

    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Could not be sent")
    DROPPED = "dropped", _("No longer needed")


SEND: Final = "notifications.send_waiting"  # the task that sends what is due


class Template(models.TextChoices):
    """What a letter says: the files `templates/notifications/<code>.<language>.txt`."""

    INVITATION = "invitation", _("Invitation")
    REGISTERED = "registered", _("Accounts registered on your behalf")
    CLOSED = "closed", _("Account taken out of the register")
    IDENTIFIED = "identified", _("Permanent id recorded on your behalf")
    RETURNED = "returned", _("Declaration returned")
    APPROVED = "approved", _("Declaration approved")
    DISPUTED = "disputed", _("Declaration disputed")
    DISPUTE_DECIDED = "dispute_decided", _("Dispute decided")
    ANSWERED = "answered", _("Contest answered")
    DATA_EXTENDED = "data_extended", _("Time to answer a data request extended")
    DATA_ANSWERED = "data_answered", _("Data request answered")
    INCIDENT = "incident", _("Incident reported on your behalf")
    PAGE_APPROVED = "page_approved", _("Declaration of a page approved")
    PAGE_RETURNED = "page_returned", _("Declaration of a page returned")
    PAGE_DISPUTED = "page_disputed", _("Page disputed")
    PAGE_DISPUTE_DECIDED = "page_dispute_decided", _("Dispute over a page decided")
    IMPOSTOR = "impostor", _("Page reported as an impostor")
    REMINDER = "reminder", _("Reminder of HR")


class Reminder(models.Model):
    """One act of an officer who reminds people: a letter for each, in the ledger."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    people = models.IntegerField()  # whom the officer chose
    letters = models.IntegerField()  # how many letters that made


class Message(models.Model):
    """One letter. What it says of a case stays in the register: a letter only calls its reader there."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)  # of the Message-ID
    key = models.CharField(max_length=80, unique=True)  # what it is about: one letter about one thing
    to = models.EmailField()
    template = models.CharField(max_length=30)
    language = models.CharField(max_length=5)
    context = models.JSONField(default=dict)  # counts, paths and the greeting's name; never a token
    invitation = models.OneToOneField(Invitation, on_delete=models.PROTECT, null=True, related_name="message")
    reminder = models.ForeignKey(
        Reminder, on_delete=models.PROTECT, null=True, related_name="messages", db_index=False
    )
    state = models.CharField(max_length=20, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)  # also the fence: a late sender is a stranger
    next_at = models.DateTimeField(db_default=Now())  # not to be tried (again) before
    written_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=60, blank=True, default="")  # the last refusal, as a code

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_when",
            ),
            models.CheckConstraint(
                condition=Q(template=Template.INVITATION, invitation__isnull=False)
                | (~Q(template=Template.INVITATION) & Q(invitation__isnull=True)),
                name="message_invites_by_invitation",
            ),
            models.CheckConstraint(
                condition=Q(template=Template.REMINDER, reminder__isnull=False)
                | (~Q(template=Template.REMINDER) & Q(reminder__isnull=True)),
                name="message_reminds_by_reminder",
            ),
        ]
        indexes = [
            # read by: send_waiting()
            models.Index(fields=["next_at", "id"], name="message_due", condition=Q(state=State.WAITING)),
            # read by: progress_of()
            models.Index(
                fields=["reminder", "state"], name="message_of_reminder", condition=Q(reminder__isnull=False)
            ),
        ]
