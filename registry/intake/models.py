"""An import: a file, the plan made of it, what became of the plan, and the rows that were refused.

The rows of a plan are what the file says, typed and resolved, beside the record each was compared with. What
stood before is not copied: records are never rewritten, so the one compared with is still there to be read.
"""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from registry.users.models import User


class Kind(models.TextChoices):
    """What sort of list a file holds."""

    STAFF = "staff", _("Staff list")
    ACCOUNTS = "accounts", _("Accounts list")


class State(models.TextChoices):
    """Where an import stands."""

    ARRIVED = "arrived", _("Being looked at")
    COLUMNS = "columns", _("Columns to check")
    RECEIVED = "received", _("Being read")
    FAILED = "failed", _("Could not be read")
    PLANNED = "planned", _("Read, not applied yet")
    QUEUED = "queued", _("Being applied")
    APPLIED = "applied", _("Applied")
    UNDOING = "undoing", _("Being undone")
    DISCARDED = "discarded", _("Discarded")
    UNDONE = "undone", _("Undone")


class Action(models.TextChoices):
    """What a row of a plan does."""

    NEW = "new", _("New on the register")
    CHANGED = "changed", _("Facts changed")
    UNCHANGED = "unchanged", _("Unchanged")
    LEFT = "left", _("Has left")
    ABSENT = "absent", _("No longer on the list")


# States in which a worker has something to do.
WAITING = (State.ARRIVED, State.RECEIVED, State.QUEUED, State.UNDOING)
_APPLIED = (State.APPLIED, State.UNDOING, State.UNDONE)


def _pair(at: str, by: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{at}__isnull": True, f"{by}__isnull": True}) | Q(**{f"{at}__isnull": False}),
        name=name,
    )


class Import(models.Model):
    """One file an office sent, from its arrival to its being applied or undone.

    Who did a thing is empty where the machine's own operator did it, from the command line.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default=State.RECEIVED)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255)  # as the officer's machine called it
    file = models.CharField(max_length=120, blank=True, default="")  # under which it is kept; "" when erased
    sha256 = models.CharField(max_length=64)
    photos_name = models.CharField(max_length=255, blank=True, default="")
    photos = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=5, blank=True, default="")  # in which refusals are worded
    created_at = models.DateTimeField(db_default=Now())
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    planned_at = models.DateTimeField(null=True)
    # who asked for it to be applied, or undone, while it waits for a worker
    queued_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    applied_at = models.DateTimeField(null=True)  # the very instant its records begin
    applied_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    purged_at = models.DateTimeField(null=True)  # when its rows and its file were erased
    accept_left = models.BooleanField(default=False)
    error_code = models.CharField(max_length=40, blank=True, default="")
    error_message = models.TextField(blank=True, default="")
    counts = models.JSONField(default=dict)  # new, changed, unchanged, left, absent, refused, rows…
    columns = models.JSONField(default=dict)  # recognised, unknown, never_stored, ignored; sheet, header_row
    # what the officer is shown of the file to correct its columns by; erased once it is applied or given up
    sketch = models.JSONField(default=dict)
    choice = models.JSONField(default=dict)  # what they said: sheet, header_row, fields

    class Meta:
        constraints = [
            _pair("applied_at", "applied_by", "import_applied_who_and_when"),
            _pair("undone_at", "undone_by", "import_undone_who_and_when"),
            models.CheckConstraint(
                condition=Q(state__in=_APPLIED, applied_at__isnull=False)
                | (~Q(state__in=_APPLIED) & Q(applied_at__isnull=True)),
                name="import_applied_when_its_state_says_so",
            ),
            models.CheckConstraint(
                condition=Q(state=State.UNDONE, undone_at__isnull=False)
                | (~Q(state=State.UNDONE) & Q(undone_at__isnull=True)),
                name="import_undone_when_its_state_says_so",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.FAILED) | ~Q(error_code=""), name="import_failed_says_why"
            ),
        ]
        indexes = [
            # read by: imports_for()
            models.Index(fields=["agency", "-id"], name="import_of_agency"),
            # read by: resume_waiting()
            models.Index(fields=["id"], name="import_waiting", condition=Q(state__in=WAITING)),
        ]


class Headway(models.Model):
    """How far a worker has come with an import.

    A row of its own, so that it can be told while the transaction that applies the plan holds the import.
    """

    job = models.OneToOneField(Import, on_delete=models.CASCADE, primary_key=True)
    step = models.CharField(max_length=20, blank=True, default="")
    done = models.PositiveIntegerField(default=0)  # rows
    total = models.PositiveIntegerField(default=0)  # rows; 0 while not known
    attempts = models.PositiveSmallIntegerField(default=0)  # workers that began
    since = models.DateTimeField(db_default=Now())  # when it was asked for


class PlanRow(models.Model):
    """What all rows of plans have.

    No foreign keys in the database: a plan is written by the hundred thousand and erased whole by `purge`.
    """

    import_id = models.BigIntegerField()
    row = models.IntegerField()  # the spreadsheet's own number; 0 for somebody who is not on the list
    action = models.CharField(max_length=10)
    official_id = models.BigIntegerField()  # for somebody new to the register, the id they are to have

    class Meta:
        abstract = True


class StaffRow(PlanRow):
    """A person of a staff list."""

    known = models.BooleanField()  # the register has the person already, on record now or once
    before_id = models.BigIntegerField(null=True)  # the OfficialRecord compared with
    agency_id = models.BigIntegerField()
    staff_code = models.CharField(max_length=60)
    full_name = models.TextField()
    sort_key = models.TextField(db_collation="C")
    search_key = models.TextField(db_collation="C")
    category = models.CharField(max_length=30)
    position = models.TextField()
    work_email = models.TextField()
    employed_since = models.DateField(null=True)
    status = models.CharField(max_length=20)

    class Meta:
        indexes = [
            # read by: plan_rows(), and apply(), which takes the actions one after the other
            models.Index(fields=["import_id", "action", "id"], name="staffrow_of_plan"),
        ]


class AccountRow(PlanRow):
    """An account of an accounts list."""

    official_path = models.TextField(db_collation="C", default="")  # of the agency the person belongs to
    before_id = models.BigIntegerField(null=True)  # the Entry compared with
    account_id = models.BigIntegerField()  # for an account new to the register, the id it is to have
    known = models.BooleanField()  # the register has the account already
    first_row = models.IntegerField()  # the row of this list that first names the account
    platform = models.CharField(max_length=20)
    identifiers = models.JSONField(default=list)  # [kind, key, shown]; of a phone number digest and mask
    url = models.TextField(blank=True, default="")
    link_text = models.TextField(blank=True, default="")  # never one that holds a phone number
    name_shown = models.TextField(blank=True, default="")
    agency_shown = models.TextField(blank=True, default="")
    agency_resolved_id = models.BigIntegerField(null=True)
    disclaimer = models.TextField(blank=True, default="")
    photo_id = models.BigIntegerField(null=True)
    photo_name = models.CharField(max_length=255, blank=True, default="")
    photo_problem = models.CharField(max_length=40, blank=True, default="")
    declared_on = models.DateField(null=True)
    disputed = models.BooleanField(default=False)  # somebody else holds it, or claims it earlier in the list
    owned = models.BooleanField(default=False)  # the person held it already
    facts_id = models.BigIntegerField(null=True)  # the facts it is to make; none when nothing changes
    entry_id = models.BigIntegerField(null=True)  # the entry it is to make; none for a disputed one
    nil_id = models.BigIntegerField(null=True)  # the "I have no account" that applying ended

    class Meta:
        indexes = [
            # read by: plan_rows(), and apply(), which takes the actions one after the other
            models.Index(fields=["import_id", "action", "id"], name="accountrow_of_plan"),
        ]


class RefusedCell(models.Model):
    """One thing wrong with one row. A row may have several."""

    import_id = models.BigIntegerField()
    row = models.IntegerField()
    column = models.TextField(blank=True, default="")
    code = models.CharField(max_length=40)
    value = models.TextField(blank=True, default="")
    message = models.TextField()
    suggestion = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            # read by: refusals_of()
            models.Index(fields=["import_id", "row", "id"], name="refused_of_plan"),
        ]
