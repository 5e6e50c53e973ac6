"""The ledger of what was given out. It tells of files; the files themselves are not kept."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

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
