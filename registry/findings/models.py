"""Findings in episodes, their counters, the runs and slices that make them, and what people say to them.

The engine writes findings and episodes in sets; of people's acts (waivers, contests) they keep the state.
No personal value stands outside `evidence` and the texts people wrote.
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


class Finding(models.Model):
    """One rule not in line (or not checkable) for one subject. Broken again, it is the same finding."""

    public_id = models.UUIDField(default=uuid.uuid4, db_default=models.Func(function="gen_random_uuid"))
    rule = models.CharField(max_length=10)
    subject_kind = models.SmallIntegerField(choices=Subject.choices)
    subject_id = models.BigIntegerField()  # of an account, an official or an agency
    official_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField()
    agency_path = models.TextField(db_collation="C")
    state = models.CharField(max_length=10, choices=State.choices)
    cause = models.CharField(max_length=20, blank=True, default="")  # "": it could be checked
    severity = models.SmallIntegerField(choices=Severity.choices)
    article = models.CharField(max_length=60, blank=True, default="")
    rule_version = models.SmallIntegerField()
    evidence = models.JSONField(default=dict)  # as it is now; an episode keeps that of its opening
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
            # read by: the list of what is waived or waits for an answer; few rows of the many
            models.Index(
                fields=["agency_path", "id"],
                name="finding_answered",
                condition=Q(state__in=("waived", "contested")),
            ),
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
    waived = models.IntegerField(default=0)
    contested = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency_id", "rule"], name="counter_once"),
            models.CheckConstraint(
                condition=Q(open__gte=0, unchecked__gte=0, waived__gte=0, contested__gte=0),
                name="counter_not_negative",
            ),
        ]


class JudgedRule(models.Model):
    """With which version and under which profiles a rule last went over everything."""

    rule = models.CharField(max_length=10, primary_key=True)
    fingerprint = models.CharField(max_length=64)
    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+", db_index=False)


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
