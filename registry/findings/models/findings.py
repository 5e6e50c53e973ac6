"""Findings in episodes and their counters, written by the engine in sets."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from registry.findings.models.runs import Run
from registry.rules.rule import Severity, Subject

_SINCE_1970 = "int8send(floor(extract(epoch from clock_timestamp()) * 1000)::bigint)"
#: A UUID of version 7 (RFC 9562): random behind the millisecond; what is new lies together in the index.
IN_ORDER = models.Func(
    template=f"encode(set_bit(set_bit(overlay(uuid_send(gen_random_uuid()) placing substring({_SINCE_1970}"
    " from 3) from 1 for 6), 52, 1), 53, 1), 'hex')::uuid"
)


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


class Finding(models.Model):
    """One rule not in line (or not checkable) for one subject. Broken again, it is the same finding."""

    public_id = models.UUIDField(db_default=IN_ORDER)
    rule = models.CharField(max_length=10)
    subject_kind = models.SmallIntegerField(choices=Subject.choices)
    subject_id = models.BigIntegerField()  # of an account, an official or an agency
    official_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField()
    agency_path = models.TextField(db_collation="C")
    # No index is limited by it: a row of which nothing in an index changes is written in its place, and no
    # index with it. Whether it stands is told by `resolved_at`, whether people answered it by `answered`.
    state = models.CharField(max_length=10, choices=State.choices)
    cause = models.CharField(max_length=20, blank=True, default="")  # "": it could be checked
    severity = models.SmallIntegerField(choices=Severity.choices)
    article = models.CharField(max_length=60, blank=True, default="")
    rule_version = models.SmallIntegerField()
    evidence = models.JSONField(default=dict)  # as it is now
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)
    # The episode that is going on, or was the last: it gets a row of its own when it ends. A finding weighed
    # otherwise is in another episode, though open since before.
    episode_at = models.DateTimeField()
    episode_in = models.ForeignKey(
        Run, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    episode_reason = models.CharField(max_length=12)
    episode_version = models.SmallIntegerField()
    episode_evidence = models.JSONField(null=True)  # as it was then; null: as it is now
    answered = models.GeneratedField(
        expression=Q(state__in=("waived", "contested")),  # type: ignore[arg-type]  # a Q is an expression
        output_field=models.BooleanField(),
        db_persist=True,
    )

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
            models.Index(fields=["agency_path", "id"], name="finding_branch", condition=Q(resolved_at=None)),
            # read by: the set rules, which look again at what they found
            models.Index(fields=["rule", "id"], name="finding_rule", condition=Q(resolved_at=None)),
            # read by: a person's own page
            models.Index(fields=["official_id"], name="finding_official"),
            # read by: the list of what is waived or waits for an answer; few rows of the many
            models.Index(fields=["agency_path", "id"], name="finding_answered", condition=Q(answered=True)),
        ]


class _Time(models.Model):
    """One time a finding was open, from when to when (half-open), and what was compared when it opened."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10)  # open or unchecked
    cause = models.CharField(max_length=20, blank=True, default="")
    article = models.CharField(max_length=60, blank=True, default="")
    severity = models.SmallIntegerField(choices=Severity.choices)  # as it weighed then
    rule_version = models.SmallIntegerField()
    evidence = models.JSONField(default=dict)
    opened_at = models.DateTimeField()
    # The engine writes them by the million beside the run they belong to: no constraint to check each.
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
        abstract = True


class PastEpisode(_Time):
    """An episode that ended."""

    closed_at = models.DateTimeField()
    closed_in = models.ForeignKey(
        Run, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    closed_reason = models.CharField(max_length=12)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at__gte=F("opened_at")) & ~Q(closed_reason=""), name="episode_closed_when"
            ),
        ]


class Episode(_Time):
    """Every episode: those that ended, and of each finding that stands the one going on. Read only.

    The view is in the migration `open_episodes_in_findings`; one that is going on has its finding's number,
    negative.
    """

    finding = models.ForeignKey(Finding, on_delete=models.DO_NOTHING, related_name="episodes")

    class Meta:
        managed = False
        db_table = "findings_episode"


class _Counts(models.Model):
    rule = models.CharField(max_length=10)
    open = models.IntegerField(default=0)
    unchecked = models.IntegerField(default=0)
    waived = models.IntegerField(default=0)
    contested = models.IntegerField(default=0)

    class Meta:
        abstract = True


class Counter(_Counts):
    """How many findings an agency itself has of a rule. A branch is the sum over its agencies."""

    agency_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "rule"], name="counter_once"),
            models.CheckConstraint(
                condition=Q(open__gte=0, unchecked__gte=0, waived__gte=0, contested__gte=0),
                name="counter_not_negative",
            ),
        ]


class BranchCounter(_Counts):
    """By how much the findings of a large branch changed: what stands in it is the sum of its rows."""

    path = models.TextField(db_collation="C")  # "": everything

    class Meta:
        indexes = [
            # read by: counters()
            models.Index(fields=["path", "rule"], name="branchcounter_branch"),
        ]
