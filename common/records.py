"""What the register held about an identity, from one instant to another.

An *identity* (agency, official, account) is what stays the same; a *record* is what the register held about
it. Records are append-only and half-open, `[recorded_from, recorded_until)`, so "as of 30 June" is the same
filter everywhere: the state the register *had* then. Dates of the world are plain facts inside a record.
"""

from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import ConflictError

_T = TypeVar("_T", bound=models.Model)


class RecordQuerySet(models.QuerySet[_T]):
    """Reads records as they stand, or as they stood."""

    def current(self) -> Self:
        """Records that stand now."""
        return self.filter(recorded_until__isnull=True)

    def as_of(self, instant: datetime) -> Self:
        """Records that stood at `instant` (aware); the start counts, the end does not."""
        return self.filter(
            Q(recorded_until__isnull=True) | Q(recorded_until__gt=instant), recorded_from__lte=instant
        )


class Record(models.Model):
    """A row of the book that is never rewritten: it is ended, and another begins."""

    recorded_from = models.DateTimeField()
    recorded_until = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, db_index=False,
        related_name="+",
        db_constraint=False,  # a login is never deleted; a check a row would slow every import
    )  # fmt: skip

    class Meta:
        abstract = True


_R = TypeVar("_R", bound=Record)
_PERIOD = {"recorded_from", "recorded_until", "recorded_by"}


def end(record: Record, *, at: datetime | None = None) -> datetime:
    """End a current record and return the instant it ended.

    Raises ConflictError when somebody else ended it first. A clock gone back never makes an empty period.
    """
    instant = max(at or timezone.now(), record.recorded_from + timedelta(microseconds=1))
    rows = type(record)._default_manager  # noqa: SLF001 - Django's documented name for it
    ended = rows.filter(pk=record.pk, recorded_until__isnull=True).update(recorded_until=instant)
    if not ended:
        raise ConflictError("stale", _("Somebody else changed this record first. Look at it again."))
    return instant


def succeed(record: _R, *, by: Any, at: datetime | None = None, **changes: Any) -> _R:
    """End `record` and begin its successor: the same facts but for `changes`. Returns the successor.

    Must run inside a transaction. Raises ConflictError when the record no longer stands.
    """
    facts = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields  # noqa: SLF001 - _meta is Django's documented API
        if not field.primary_key and field.name not in _PERIOD
    }
    successor = type(record)(**facts)
    for name, value in changes.items():
        setattr(successor, name, value)
    successor.recorded_from = end(record, at=at)
    successor.recorded_by = by
    successor.save(force_insert=True)
    return successor


def is_a_period(name: str) -> models.CheckConstraint:
    """The constraint that a record ends after it began. `name` is the constraint's name."""
    return models.CheckConstraint(
        condition=Q(recorded_until__isnull=True) | Q(recorded_until__gt=F("recorded_from")), name=name
    )


def one_current(*fields: str, name: str) -> models.UniqueConstraint:
    """The constraint that `fields` have at most one current record. `name` is the constraint's name."""
    return models.UniqueConstraint(
        fields=fields, condition=Q(recorded_until__isnull=True), name=name, violation_error_code="stale"
    )


def append_only(name: str) -> pgtrigger.Trigger:
    """The trigger that lets a record be ended once and refuses every other rewriting or deletion.

    Held by the database, so that neither a bug nor a console can change the past.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func=pgtrigger.Func(
            """
            IF TG_OP = 'UPDATE' AND OLD.recorded_until IS NULL AND NEW.recorded_until IS NOT NULL
               AND to_jsonb(OLD) - 'recorded_until' = to_jsonb(NEW) - 'recorded_until' THEN
                RETURN NEW;
            END IF;
            RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME
                USING ERRCODE = 'restrict_violation';
            """
        ),
    )
