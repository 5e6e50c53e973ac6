"""The ledger of what was given out. It tells of files; the files themselves are not kept."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency


class Format(models.TextChoices):
    """How a list is written."""

    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX (Excel)"


class Export(models.Model):
    """One list that was made for somebody. Never rewritten."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_path = models.TextField(db_collation="C")  # where the agency hung then: scopes the ledger
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    as_of = models.DateTimeField()
    format = models.CharField(max_length=10)
    filter = models.JSONField(default=dict)
    rows = models.BigIntegerField()
    size = models.BigIntegerField()  # bytes
    sha256 = models.CharField(max_length=64)
    file_name = models.TextField()
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            # read by: exports_for(), newest first
            models.Index(fields=["-created_at", "-id"], name="export_latest"),
            # read by: verify_export, a file without its manifest
            models.Index(fields=["sha256"], name="export_sha256"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class Order(models.Model):
    """A list somebody asked for, as far as it is made; its file is erased after a day."""

    class State(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Being made")
        MADE = "made", _("Ready")
        FAILED = "failed", _("Could not be made")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)
    agency_path = models.TextField(db_collation="C")  # where the agency hung when it was asked for
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    day = models.DateField(null=True)
    format = models.CharField(max_length=10)
    filter = models.JSONField(default=dict)
    language = models.CharField(max_length=5)
    asked_at = models.DateTimeField(db_default=Now())
    state = models.CharField(max_length=10, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)  # workers that began
    done = models.PositiveBigIntegerField(default=0)  # lines
    error_message = models.TextField(blank=True, default="")
    export = models.ForeignKey(Export, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    file = models.CharField(max_length=40, blank=True, default="")  # under which it is kept; "" when erased

    class Meta:
        indexes = [
            # read by: orders_for(), newest first
            models.Index(fields=["by", "-id"], name="order_of_person"),
            # read by: resume_waiting()
            models.Index(fields=["id"], name="order_waiting", condition=models.Q(state="waiting")),
        ]

    @property
    def state_words(self) -> str:
        """Where it stands, in words."""
        return str(self.State(self.state).label)
