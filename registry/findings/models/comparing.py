"""Two days of a large branch side by side, as far as a worker has counted them. Numbers only."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency


class DaysCompared(models.Model):
    """One comparison that was asked for on a page. Kept a while: two days that are over stay as they were."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Being made")
        MADE = "made", _("Ready")
        FAILED = "failed", _("Could not be made")

    key = models.CharField(max_length=64)  # the digest of all that is asked
    branches_then = ArrayField(models.TextField())
    branches_now = ArrayField(models.TextField())
    split = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    then = models.DateTimeField()
    now = models.DateTimeField()
    cuts = ArrayField(models.TextField())  # the paths that part one piece of the work from the next
    asked_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)  # workers that began
    done = models.PositiveIntegerField(default=0)  # pieces
    counts = models.JSONField(default=dict)  # of those

    class Meta:
        constraints = [
            # also read by: resume_comparisons()
            models.UniqueConstraint(fields=["key"], condition=Q(state="waiting"), name="dayscompared_once"),
        ]
        indexes = [
            # read by: comparison_of()
            models.Index(fields=["key", "-id"], name="dayscompared_latest"),
        ]
