"""One unit merges into another on a day: what was decided, and whether it was done."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency


class UnitsGo(models.TextChoices):
    """What becomes of the units below one that ends."""

    UNDER = "under", _("They stay units, below the unit it merges into")
    ABOVE = "above", _("They stay units, below the body that was above it")
    INTO = "into", _("They end with it; their people go where its people go")


class Reorganisation(models.Model):
    """A decision that one unit merges into another: recorded ahead, carried out on its day, or taken back.

    What it did to agencies and people is in their records, which begin and end at `carried_out_at`.
    """

    class State(models.TextChoices):
        """How far it got."""

        PLANNED = "planned", _("Takes effect on its day")
        DONE = "done", _("Carried out")
        CANCELLED = "cancelled", _("Cancelled before its day")
        UNDONE = "undone", _("Undone")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reorganisations")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    happens_on = models.DateField()  # the first day the unit no longer exists
    number = models.CharField(max_length=120)  # of the document that decides it
    decided_on = models.DateField()
    units = models.CharField(max_length=10)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    carried_out_at = models.DateTimeField(null=True)
    people = models.IntegerField(default=0)  # whom it moved
    ended_at = models.DateTimeField(null=True)  # cancelled, or undone
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    trouble = models.CharField(max_length=40, blank=True, default="")  # why its day passed without it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=Q(carried_out_at__isnull=True, ended_at__isnull=True),
                name="reorganisation_one_planned",
            ),
            models.CheckConstraint(condition=~Q(agency=F("successor")), name="reorganisation_into_another"),
            models.CheckConstraint(condition=~Q(number=""), name="reorganisation_says_what_decided"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by__isnull=True),
                name="reorganisation_ended_who_and_when",
            ),
        ]
        indexes = [
            # read by: carry_out_due()
            models.Index(
                fields=["happens_on"],
                name="reorganisation_due",
                condition=Q(carried_out_at__isnull=True, ended_at__isnull=True),
            ),
        ]

    @property
    def state(self) -> State:
        """How far it got."""
        if self.ended_at is not None:
            return self.State.CANCELLED if self.carried_out_at is None else self.State.UNDONE
        return self.State.PLANNED if self.carried_out_at is None else self.State.DONE
