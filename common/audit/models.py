"""The trail: one row an act, never rewritten, pointing at nothing that could be deleted under it."""

import pgtrigger
from django.db import models


class AuditEvent(models.Model):
    """One act. No foreign keys: the trail outlives what it tells of."""

    at = models.DateTimeField(db_default=models.functions.Now())
    act = models.CharField(max_length=60)
    actor_id = models.BigIntegerField(null=True)  # null: the system itself
    subject_kind = models.CharField(max_length=30)
    subject_id = models.BigIntegerField(null=True)
    agency_path = models.TextField(blank=True, default="", db_collation="C")
    payload = models.JSONField(default=dict)

    class Meta:
        indexes = [
            # read by: a person's "who looked at my record", an auditor's history of one subject
            models.Index(fields=["subject_kind", "subject_id", "id"], name="audit_subject"),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
