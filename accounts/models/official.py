"""Officials: the people whose declarations the register keeps."""

import uuid

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from common.changes.models import Kind
from common.changes.services import marks_on
from common.records import Record, RecordQuerySet, append_only, is_a_period, one_current
from common.references import never_deleted, refers_to


class Category(models.TextChoices):
    """Which law a person serves under (Laws 80/2025 and 129/2025)."""

    OFFICER = "can_bo", _("Cadre")
    CIVIL_SERVANT = "cong_chuc", _("Civil servant")
    PUBLIC_EMPLOYEE = "vien_chuc", _("Public employee")
    WORKER = "nguoi_lao_dong", _("Contract worker")
    ARMED_FORCES = "luc_luong_vu_trang", _("Armed forces")
    OTHER = "khac", _("Other")


class Status(models.TextChoices):
    """Whether a person is in post."""

    IN_POST = "in_post", _("In post")
    ON_LEAVE = "on_leave", _("On leave")
    MOVED = "moved", _("Moved to another agency")
    LEFT = "left", _("Left")


GONE = (Status.LEFT, Status.MOVED)


class NameWords(models.Func):
    """The words of a `search_key`, for `@@`: found by what they begin with."""

    template = "array_to_tsvector(array_remove(string_to_array(%(expressions)s, ' '), ''))"
    arity = 1
    output_field = SearchVectorField()


class Official(models.Model):
    """A person in one branch's staff list. The staff code is the key; the name never is."""

    branch = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    staff_code = models.CharField(max_length=60)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["branch", "staff_code"], name="official_staff_code"),
        ]
        indexes = [
            # read by: typed(), for the beginning of a staff code in any case
            models.Index(OpClass(Upper("staff_code"), name="text_pattern_ops"), name="official_code_typed"),
        ]
        triggers = [never_deleted("never_deleted"), *refers_to("accounts_agency", "branch_id")]


class OfficialRecord(Record):
    """What the register held about an official: the HR facts, and nothing the law calls sensitive."""

    official = models.ForeignKey(
        Official, on_delete=models.PROTECT, related_name="records", db_index=False, db_constraint=False
    )
    agency = models.ForeignKey(
        Agency, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    full_name = models.TextField()
    sort_key = models.TextField(db_collation="C")
    search_key = models.TextField(db_collation="C")
    category = models.CharField(max_length=30)
    position = models.TextField(blank=True, default="")
    work_email = models.TextField(blank=True, default="")
    employed_since = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=20, default=Status.IN_POST)

    objects = RecordQuerySet["OfficialRecord"].as_manager()

    class Meta:
        constraints = [
            # one index for the one current record and for all of somebody's: a second would slow every import
            models.UniqueConstraint(
                fields=["official", "recorded_until"],
                include=["agency"],  # read by: whatever is about some people, for those of a branch
                name="official_one_current",
                nulls_distinct=False,
                violation_error_code="stale",
            ),
            is_a_period("officialrecord_period"),
        ]
        indexes = [
            # read by: the staff list of a unit, or of a branch small enough to be put in order as it is read
            models.Index(
                fields=["agency"],
                name="official_in_agency",
                condition=models.Q(recorded_until__isnull=True),
            ),
            # read by: the preview of invitations, for those no letter can reach
            models.Index(
                fields=["agency"],
                name="official_unreached",
                condition=models.Q(recorded_until__isnull=True, work_email=""),
            ),
            # read by: the staff list, in name order; with what tells who is on it, so that of the others no
            # record is looked up
            models.Index(
                fields=["sort_key", "official"],
                include=["id", "agency", "status", "search_key"],
                name="official_in_order",
                condition=models.Q(recorded_until__isnull=True),
            ),
            # read by: typed(), for words of a name; of all records: only from a whole index does the planner
            # learn how common a word is
            GinIndex(NameWords("search_key"), name="official_name_words"),
            # read by: the compliance list as of a past day (did anybody work there?)
            models.Index(
                fields=["agency"],
                name="official_was_in_agency",
                condition=models.Q(recorded_until__isnull=False),
            ),
        ]
        triggers = [
            append_only("append_only"),  # so that what a record refers to can only be written at its birth
            *refers_to("accounts_official", "official_id", events=["insert"]),
            *refers_to("accounts_agency", "agency_id", events=["insert"]),
            *marks_on(Kind.OFFICIAL, "official_id", once=True),
            *marks_on(Kind.AGENCY_ALONE, "agency_id"),  # the first to come and the last to go matter to it
        ]


class NilReturn(Record):
    """A person's own statement: 'I have no account'."""

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="nil_returns")

    objects = RecordQuerySet["NilReturn"].as_manager()

    class Meta:
        constraints = [
            one_current("official", name="nilreturn_one_current"),
            is_a_period("nilreturn_period"),
        ]
        triggers = [append_only("append_only"), *marks_on(Kind.OFFICIAL, "official_id")]
