"""What people say to findings: waivers and contests; of them findings keep the state."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.findings.models.findings import Finding


class Ended(models.TextChoices):
    """Why a waiver no longer holds."""

    UNDONE = "undone", _("Taken back")
    EXPIRED = "expired", _("Its last day has passed")
    RESOLVED = "resolved", _("The finding resolved by itself")


class WaiverBatch(models.Model):
    """One act of waiving: one reason and one last day for one finding or many."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    reason = models.TextField()
    expires_on = models.DateField()  # the last day it holds
    proof = models.CharField(max_length=60, blank=True, default="")  # name in the private store
    proof_type = models.CharField(max_length=20, blank=True, default="")
    waived_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    waived_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_says_why"),
            models.CheckConstraint(
                condition=Q(proof="", proof_type="") | (~Q(proof="") & ~Q(proof_type="")),
                name="waiver_proof_of_a_type",
            ),
        ]
        indexes = [
            # read by: expire_waivers()
            models.Index(fields=["expires_on"], name="waiver_expires"),
        ]


class Waiver(models.Model):
    """That one finding was let stand, from its batch's instant to its end (half-open)."""

    batch = models.ForeignKey(WaiverBatch, on_delete=models.PROTECT, related_name="waivers")
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="waivers")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )  # null where the register ended it itself
    ended_reason = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(ended_at__isnull=True), name="waiver_one_open"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ended_by__isnull=True, ended_reason="")
                | Q(ended_at__isnull=False, ended_by__isnull=False, ended_reason="undone")
                | Q(
                    ended_at__isnull=False,
                    ended_by__isnull=True,
                    ended_reason__in=("expired", "resolved"),
                ),
                name="waiver_ended_who_and_when",
            ),
        ]
        indexes = [
            # read by: expire_waivers(), undo_waive()
            models.Index(fields=["batch", "finding"], name="waiver_open", condition=Q(ended_at__isnull=True)),
        ]


class Outcome(models.TextChoices):
    """What HR answers to a contest."""

    UPHELD = "upheld", _("The finding stands")
    FACTS = "facts", _("The person is right: what is on record will be corrected")
    WAIVED = "waived", _("The person is right: the finding is waived")


class Closed(models.TextChoices):
    """Why a contest is over."""

    ANSWERED = "answered", _("Answered")
    RESOLVED = "resolved", _("The finding resolved by itself")


class Contest(models.Model):
    """What the person concerned says against a finding, and what HR answers.

    Open until it is answered; where the answer is that facts will be corrected, until they are.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="contests")
    text = models.TextField()
    contested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    contested_at = models.DateTimeField()
    answer = models.CharField(max_length=10, blank=True, default="")
    answer_text = models.TextField(blank=True, default="")
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # when the sender of letters took the answer that stands
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=10, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(closed_at__isnull=True), name="contest_one_open"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="contest_says_what"),
            models.CheckConstraint(
                condition=Q(answer="", answer_text="", answered_by__isnull=True, answered_at__isnull=True)
                | (
                    Q(answer__in=("upheld", "facts", "waived"))
                    & ~Q(answer_text="")
                    & Q(answered_by__isnull=False, answered_at__isnull=False)
                    & Q(answered_at__gte=F("contested_at"))
                ),
                name="contest_answered_who_and_when",
            ),
            # nobody answers what they said themselves
            models.CheckConstraint(
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("contested_by")),
                name="contest_answered_by_another",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_reason="")
                | (
                    Q(closed_at__isnull=False, closed_at__gte=F("contested_at"))
                    & (Q(closed_reason="resolved") | (Q(closed_reason="answered") & ~Q(answer="")))
                ),
                name="contest_closed_when",
            ),
            models.CheckConstraint(
                condition=Q(told_at__isnull=True) | Q(answered_at__isnull=False),
                name="contest_told_of_an_answer",
            ),
        ]
        indexes = [
            # read by: take_answers()
            models.Index(
                fields=["answered_at", "id"],
                name="contest_untold",
                condition=Q(told_at__isnull=True, answered_at__isnull=False),
            ),
        ]
