"""Acts on many: what was asked for, how far it is, what came of it, and whom it passed over."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from registry.users.models import User


class Kind(models.TextChoices):
    """What is done to many."""

    REMIND = "remind", _("Remind by letter")
    MOVE = "move", _("Move to another unit")
    MOVE_BACK = "move_back", _("Take a move back")
    WAIVE = "waive", _("Waive findings")
    WAIVE_BACK = "waive_back", _("Take waivers back")


class Reason(models.TextChoices):
    """Why one of those chosen was passed over."""

    OUT = "out", _("No longer of your units")
    GONE = "gone", _("No longer here")
    THERE = "there", _("There already")
    FOREIGN = "foreign", _("Of another province or central body")
    ALREADY = "already", _("Reminded today already")
    WITHOUT = "without", _("No e-mail address")
    RESOLVED = "resolved", _("Resolved meanwhile")
    WAIVED = "waived", _("Waived already")


class BulkAct(models.Model):
    """One act on many, as far as a worker has come with it. It is done wholly or not at all."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Being done")
        DONE = "done", _("Done")
        REFUSED = "refused", _("Not done")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField(db_default=Now())
    language = models.CharField(max_length=5)  # in which a refusal is worded
    chosen = models.PositiveIntegerField()  # how many it is to be done to
    # Both are erased once it is over; what came of it says the rest.
    targets = ArrayField(models.BigIntegerField(), default=list)  # officials, or findings to waive
    facts = models.JSONField(default=dict)  # what else was said: the unit, the reason, the last day
    state = models.CharField(max_length=10, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)  # workers that began
    done = models.PositiveIntegerField(default=0)  # so far; once it is over, in all
    thing = models.UUIDField(null=True)  # the move, reminder or waiver it made or took back
    error_message = models.TextField(blank=True, default="")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", ended_at__isnull=True)
                | (~Q(state="waiting") & Q(ended_at__isnull=False)),
                name="bulkact_ended_when_its_state_says_so",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(error_message=""), name="bulkact_refused_says_why"
            ),
        ]
        indexes = [
            # read by: acts_for(), newest first
            models.Index(fields=["by", "-id"], name="bulkact_of_person"),
            # read by: resume_waiting()
            models.Index(fields=["id"], name="bulkact_waiting", condition=Q(state="waiting")),
        ]


class PassedOver(models.Model):
    """One of those chosen to whom it was not done, and why. Kept as long as plans of imports are."""

    act = models.ForeignKey(BulkAct, on_delete=models.CASCADE, related_name="passed", db_index=False)
    subject_id = models.BigIntegerField()  # an official; of waivers, a finding
    reason = models.CharField(max_length=10)

    class Meta:
        indexes = [
            # read by: the page of an act, by reason, and paged
            models.Index(fields=["act", "reason", "subject_id"], name="passedover_of_act"),
        ]
