"""Runs, the slices they are cut into, and the rules they knew."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from registry.rules.rule import Subject


class Run(models.Model):
    """One checking of the register, or of one branch."""

    class Kind(models.TextChoices):
        """What a run looks at."""

        CHANGED = "changed", _("What changed")
        SWEEP = "sweep", _("Everything, as it stands compared")
        REBUILD = "rebuild", _("Everything, compared again from the book")

    class State(models.TextChoices):
        """How far it got."""

        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        INCOMPLETE = "incomplete", _("Ended with slices in quarantine")
        INTERRUPTED = "interrupted", _("Interrupted; its work went to the next run")

    kind = models.CharField(max_length=10)
    as_of = models.DateField()
    period_key = models.CharField(max_length=60, null=True, unique=True)  # two schedulers, one run
    scope = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    scope_path = models.TextField(db_collation="C", blank=True, default="")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=12, default=State.RUNNING)
    started_at = models.DateTimeField(db_default=models.functions.Now())
    finished_at = models.DateTimeField(null=True)
    # False while a changed-only run takes up marks: it may get slices yet, though those it has are done.
    all_cut = models.BooleanField(default=True)
    changed_rules = ArrayField(models.CharField(max_length=10), default=list)
    broken_rules = models.JSONField(default=dict)  # code → why it could not be checked
    subjects = models.BigIntegerField(default=0)
    opened = models.BigIntegerField(default=0)
    resolved = models.BigIntegerField(default=0)
    differences = models.BigIntegerField(default=0)  # rebuild: comparisons that were wrong

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="running", finished_at__isnull=True)
                | (~Q(state="running") & Q(finished_at__isnull=False)),
                name="run_finished_when",
            ),
        ]
        indexes = [
            # read by: latest_runs()
            models.Index(fields=["-started_at"], name="run_latest"),
        ]


class Slice(models.Model):
    """A part of a run one worker does in one transaction. The row is the queue; the broker only rings."""

    class State(models.TextChoices):
        """Who has it."""

        WAITING = "waiting", _("Waiting")
        LEASED = "leased", _("In work")
        DONE = "done", _("Done")
        QUARANTINED = "quarantined", _("Set aside after too many failures")
        COVERED = "covered", _("Done by another check of everything")

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="slices")
    subject = models.SmallIntegerField(choices=Subject.choices)
    rule = models.CharField(max_length=10, blank=True, default="")  # a set rule; else all row rules
    # Of a set rule: the changed comparison rows it looks at, none once it is done; null: everything.
    among = ArrayField(models.BigIntegerField(), null=True)
    from_id = models.BigIntegerField(default=0)  # half-open, keys of the comparison table
    to_id = models.BigIntegerField(default=0)
    state = models.CharField(max_length=12, default=State.WAITING)
    token = models.UUIDField(null=True)  # fencing: whoever lost the lease cannot finish
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    trouble = models.TextField(blank=True, default="")  # the class of the last error, never its text
    finished_at = models.DateTimeField(null=True)
    subjects = models.BigIntegerField(default=0)
    opened = models.BigIntegerField(default=0)
    resolved = models.BigIntegerField(default=0)
    differences = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["run", "subject", "from_id"], condition=Q(rule=""), name="slice_once"
            ),
            models.CheckConstraint(
                condition=~Q(rule="") | Q(among__isnull=True), name="slice_among_by_a_rule"
            ),
            models.CheckConstraint(
                condition=Q(state="leased", token__isnull=False, lease_until__isnull=False)
                | (~Q(state="leased") & Q(lease_until__isnull=True)),
                name="slice_leased_until",
            ),
        ]
        indexes = [
            # read by: claim()
            models.Index(
                fields=["id"], name="slice_unfinished", condition=Q(state__in=("waiting", "leased"))
            ),
            # read by: set_aside()
            models.Index(fields=["rule"], name="slice_set_aside", condition=Q(state="quarantined")),
        ]


class JudgedRule(models.Model):
    """With which version and under which profiles a rule last went over everything."""

    rule = models.CharField(max_length=10, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)
