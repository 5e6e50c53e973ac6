"""Findings in episodes, their counters, and the runs and slices that make them.

The engine writes these tables in sets; nothing else writes them. No personal value stands outside `evidence`.
"""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from registry.rules.rule import Severity, Subject


class State(models.TextChoices):
    """How a finding stands."""

    OPEN = "open", _("Open")
    RESOLVED = "resolved", _("Resolved")
    WAIVED = "waived", _("Waived")
    CONTESTED = "contested", _("Contested")
    UNCHECKED = "unchecked", _("Could not be checked")


LIVE_STATES = (State.OPEN, State.UNCHECKED, State.WAIVED, State.CONTESTED)


class Reason(models.TextChoices):
    """Why an episode began or ended."""

    FACTS = "facts", _("What is shown or on record changed")
    RULE_CHANGE = "rule_change", _("By rule change")
    SUBJECT_GONE = "subject_gone", _("The account or the person is no longer in the register")


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

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="slices")
    subject = models.SmallIntegerField(choices=Subject.choices)
    rule = models.CharField(
        max_length=10, blank=True, default=""
    )  # a set rule done whole; else all row rules
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
            models.UniqueConstraint(fields=["run", "subject", "rule", "from_id"], name="slice_once"),
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
        ]


class Finding(models.Model):
    """One rule not in line (or not checkable) for one subject. Broken again, it is the same finding."""

    public_id = models.UUIDField(default=uuid.uuid4, db_default=models.Func(function="gen_random_uuid"))
    rule = models.CharField(max_length=10)
    subject_kind = models.SmallIntegerField(choices=Subject.choices)
    subject_id = models.BigIntegerField()  # of an account or an official
    official_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField()
    agency_path = models.TextField(db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices)
    cause = models.CharField(max_length=20, blank=True, default="")
    severity = models.SmallIntegerField(choices=Severity.choices)
    article = models.CharField(max_length=60, blank=True, default="")
    rule_version = models.SmallIntegerField()
    evidence = models.JSONField(default=dict)
    opened_at = models.DateTimeField()  # of the current or last episode
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject_kind", "subject_id", "rule"], name="finding_once"),
            models.UniqueConstraint(fields=["public_id"], name="finding_public_id"),
            models.CheckConstraint(
                condition=Q(state="resolved", resolved_at__isnull=False)
                | (~Q(state="resolved") & Q(resolved_at__isnull=True)),
                name="finding_resolved_when",
            ),
            models.CheckConstraint(
                condition=~Q(state="unchecked") | ~Q(cause=""), name="finding_unchecked_says_why"
            ),
        ]
        indexes = [
            # read by: open_findings() of a branch, paged by key
            models.Index(fields=["agency_path", "id"], name="finding_branch", condition=~Q(state="resolved")),
            # read by: the set rules, which look again at what they found
            models.Index(fields=["rule", "id"], name="finding_rule", condition=~Q(state="resolved")),
            # read by: a person's own page
            models.Index(fields=["official_id"], name="finding_official"),
        ]


class Episode(models.Model):
    """One time a finding was open, from when to when (half-open), and what was compared when it opened."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="episodes")
    state = models.CharField(max_length=10)  # open or unchecked
    cause = models.CharField(max_length=20, blank=True, default="")
    article = models.CharField(max_length=60, blank=True, default="")
    severity = models.SmallIntegerField(choices=Severity.choices)  # as it weighed then
    rule_version = models.SmallIntegerField()
    evidence = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    # The engine writes episodes by the million beside the run they belong to: no constraint to check each.
    opened_in = models.ForeignKey(
        Run, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    opened_reason = models.CharField(max_length=12)
    closed_at = models.DateTimeField(null=True)
    closed_in = models.ForeignKey(
        Run, on_delete=models.PROTECT, null=True, related_name="+", db_index=False, db_constraint=False
    )
    closed_reason = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["finding"], condition=Q(closed_at__isnull=True), name="episode_one_open"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_in__isnull=True, closed_reason="")
                | (Q(closed_at__gte=F("opened_at"), closed_in__isnull=False) & ~Q(closed_reason="")),
                name="episode_closed_when",
            ),
        ]


class Counter(models.Model):
    """How many findings an agency itself has of a rule. A branch is the sum over its agencies."""

    agency_id = models.BigIntegerField()
    rule = models.CharField(max_length=10)
    open = models.IntegerField(default=0)
    unchecked = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "rule"], name="counter_once"),
            models.CheckConstraint(condition=Q(open__gte=0, unchecked__gte=0), name="counter_not_negative"),
        ]


class JudgedRule(models.Model):
    """With which version and under which profiles a rule last went over everything."""

    rule = models.CharField(max_length=10, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)
