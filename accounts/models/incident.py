"""Incidents: an account out of its owner's hands, or somebody else's that poses as them."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account
from accounts.models.official import Official
from common.changes.models import Kind
from common.changes.services import marks_on
from common.records import Record, RecordQuerySet, append_only, is_a_period, one_current


class IncidentKind(models.TextChoices):
    """What happened, in words for anybody; the person concerned reads it in their own."""

    LOST = "lost", _("The person can no longer get into the account")
    HIJACKED = "hijacked", _("Somebody else uses the person's account")
    IMPERSONATED = "impersonated", _("Another account poses as the person")


class Notice(models.TextChoices):
    """Who is to be told."""

    PROVIDER = "provider", _("The platform")
    SUPERIOR = "superior", _("The head of the unit")


class Outcome(models.TextChoices):
    """How it ended."""

    RECOVERED = "recovered", _("The account is back in the owner's hands")
    REMOVED = "removed", _("The platform took the account down")
    GIVEN_UP = "given_up", _("The account is lost for good")
    MISTAKE = "mistake", _("It was a mistake: nothing had happened")


def _pair(first: str, second: str, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(**{f"{first}__isnull": True, f"{second}__isnull": True})
        | Q(**{f"{first}__isnull": False, f"{second}__isnull": False}),
        name=name,
    )


class Incident(Record):
    """What the register held about one loss or impersonation: reported, who was told, how it ended.

    `public_id` is what stays the same. The days people were told are days of the world, as the person says
    them; when each was written down is when its record begins.
    """

    public_id = models.UUIDField(default=uuid.uuid4, editable=False)
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="incidents")
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="incidents", db_index=False
    )
    kind = models.CharField(max_length=20)
    impostor_link = models.TextField(blank=True, default="")  # as pasted; agencies and platforms need it
    noticed_on = models.DateField()
    reported_at = models.DateTimeField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    provider_told_on = models.DateField(null=True, blank=True)
    provider_told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    superior_told_on = models.DateField(null=True, blank=True)
    superior_told_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    outcome = models.CharField(max_length=20, blank=True, default="")

    objects = RecordQuerySet["Incident"].as_manager()

    class Meta:
        constraints = [
            one_current("public_id", name="incident_one_current"),
            is_a_period("incident_period"),
            _pair("provider_told_on", "provider_told_by", "incident_provider_told_who_when"),
            _pair("superior_told_on", "superior_told_by", "incident_superior_told_who_when"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="incident_closed_who_when_how",
            ),
            models.UniqueConstraint(
                fields=["official", "account", "kind"],
                condition=Q(recorded_until__isnull=True, closed_at__isnull=True, account__isnull=False),
                name="incident_open_once",
            ),
        ]
        indexes = [
            # read by: a person's pages, and the comparison of officials
            models.Index(
                fields=["official", "noticed_on"],
                name="incident_open",
                condition=Q(recorded_until__isnull=True, closed_at__isnull=True),
            ),
            # read by: the HR officer's list of open incidents, in order
            models.Index(
                fields=["noticed_on", "id"],
                name="incident_waiting",
                condition=Q(recorded_until__isnull=True, closed_at__isnull=True),
            ),
        ]
        triggers = [append_only("append_only"), *marks_on(Kind.OFFICIAL, "official_id")]

    @property
    def label(self) -> str:
        """What happened, in words."""
        return str(IncidentKind(self.kind).label)
