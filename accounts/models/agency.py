"""Agencies: a tree of bodies, what they were called, what they became, and what they ordered."""

import uuid
from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models.coverage import coverage_marks
from common.changes.models import Kind
from common.changes.services import marks_on
from common.clock import ClockTime
from common.records import Record, RecordQuerySet, append_only, is_a_period, one_current
from common.references import never_deleted


class AgencyKind(models.TextChoices):
    """What sort of body an agency is. Codes live in code, so that a new one needs no migration."""

    GOVERNMENT = "government", _("Government")
    MINISTRY = "ministry", _("Ministry")
    MINISTERIAL_AGENCY = "ministerial_agency", _("Ministerial-level agency")
    GOVERNMENT_ATTACHED_AGENCY = "government_attached_agency", _("Government-attached agency")
    OTHER_STATE_BODY = "other_state_body", _("Other state body")
    PRESS = "press", _("Press body")  # may bear the words Decree 147 keeps from everybody else
    PROVINCE = "province", _("Provincial People's Committee")
    DEPARTMENT = "department", _("Provincial department")
    DISTRICT = "district", _("District People's Committee")
    COMMUNE = "commune", _("Commune People's Committee")
    UNIT = "unit", _("Unit")


class Agency(models.Model):
    """A body that stays the same through renaming. `code` is the register's own and never re-used."""

    code = models.CharField(max_length=60, unique=True)
    other_codes = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")
        triggers = [never_deleted("never_deleted")]


#: The host of a portal on record, without www; of "https://www.hatinh.gov.vn/a" it is "hatinh.gov.vn".
PORTAL_HOST = Func(
    Lower("portal_url"),
    Value(r"^(?:[a-z]+://)?(?:www\.)*([^/:?#@]+)"),
    function="substring",
    output_field=models.TextField(),
)


class AgencyRecord(Record):
    """What the register held about an agency.

    `path` is the chain of agency ids from the root, each followed by "/": "this agency and all below" is one
    indexed range, and "12/3/" is no prefix of "12/34/".
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="records")
    parent = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    path = models.TextField(db_collation="C")
    name = models.TextField()
    name_en = models.TextField(blank=True, default="")
    short_name = models.TextField(blank=True, default="")
    aliases = ArrayField(models.TextField(), default=list, blank=True)
    former_names = ArrayField(models.TextField(), default=list, blank=True)
    kind = models.CharField(max_length=40)
    portal_url = models.TextField(blank=True, default="")
    contact_email = models.EmailField(blank=True, default="")
    contact_phone = models.CharField(max_length=30, blank=True, default="")
    profile = models.SmallIntegerField(null=True, blank=True)  # a rule profile's number; null: the parent's
    established_on = models.DateField(null=True, blank=True)
    dissolved_on = models.DateField(null=True, blank=True)  # the first day it no longer exists
    legal_basis = models.TextField(blank=True, default="")

    objects = RecordQuerySet["AgencyRecord"].as_manager()

    class Meta:
        constraints = [
            one_current("agency", name="agency_one_current"),
            is_a_period("agencyrecord_period"),
        ]
        indexes = [
            # read by: agency_subtree()
            models.Index(
                fields=["path"], name="agency_path", condition=models.Q(recorded_until__isnull=True)
            ),
            # read by: the compliance list of a past day
            models.Index(
                fields=["path"], name="agency_path_past", condition=models.Q(recorded_until__isnull=False)
            ),
            # read by: public_portals()
            models.Index(
                PORTAL_HOST,
                name="agency_portal_host",
                condition=models.Q(recorded_until__isnull=True) & ~models.Q(portal_url=""),
            ),
        ]
        triggers = [
            append_only("append_only"),
            *marks_on(Kind.AGENCY, "agency_id"),
            *coverage_marks(),
            pgtrigger.Trigger(
                # By another name or in another place it may be meant anywhere in the register; by another
                # profile or contact only its branch is judged otherwise.
                name="mark_names_insert",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="changed_rows"),
                func=pgtrigger.Func(
                    f"""
                    INSERT INTO changes_changemark (kind, subject_id)
                    SELECT DISTINCT {int(Kind.AGENCY_NAMES)}, n.agency_id FROM changed_rows n
                    WHERE NOT EXISTS (
                        SELECT FROM accounts_agencyrecord b
                        WHERE b.agency_id = n.agency_id AND b.recorded_until = n.recorded_from
                          AND (b.name, b.name_en, b.short_name, b.aliases, b.former_names, b.kind, b.path,
                               b.dissolved_on)
                              IS NOT DISTINCT FROM
                              (n.name, n.name_en, n.short_name, n.aliases, n.former_names, n.kind, n.path,
                               n.dissolved_on));
                    RETURN NULL;
                    """  # noqa: S608 - a number of ours, nothing from outside
                ),
            ),
        ]


class SuccessionKind(models.TextChoices):
    """How one agency became another."""

    RENAMED = "renamed", _("Renamed")
    MERGED = "merged", _("Merged")
    SPLIT = "split", _("Split")


class SuccessionQuerySet(models.QuerySet["Succession"]):
    """Reads successions."""

    def current(self) -> Self:
        """Those that were not taken back."""
        return self.filter(recorded_until__isnull=True)


class Succession(models.Model):
    """One agency became (part of) another on a day. A split has several rows."""

    predecessor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="precursions")
    kind = models.CharField(max_length=20)
    happened_on = models.DateField()
    legal_basis = models.TextField(blank=True, default="")
    recorded_at = models.DateTimeField(db_default=ClockTime(), editable=False)  # when the register knew
    recorded_until = models.DateTimeField(null=True, blank=True, editable=False)  # taken back: a mistake

    objects = SuccessionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                condition=models.Q(recorded_until__isnull=True),
                name="succession_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(predecessor=models.F("successor")), name="succession_of_another"
            ),
        ]
        triggers = [
            *marks_on(Kind.AGENCY, "predecessor_id"),
            *marks_on(Kind.AGENCY_NAMES, "predecessor_id", name="mark_names"),
        ]


class Regulation(Record):
    """What an agency itself ordered about its staff's accounts; it binds the branch below it."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="regulations")
    number = models.CharField(max_length=120)
    issued_on = models.DateField()
    in_force_from = models.DateField()
    in_force_until = models.DateField(null=True, blank=True)
    obliges_declaration = models.BooleanField(default=False)
    days_to_declare = models.PositiveSmallIntegerField(null=True, blank=True)
    days_between_confirmations = models.PositiveSmallIntegerField(null=True, blank=True)
    photo_max_age_days = models.PositiveSmallIntegerField(null=True, blank=True)
    minimum_administrators = models.PositiveSmallIntegerField(
        null=True, blank=True
    )  # of an agency's own page

    objects = RecordQuerySet["Regulation"].as_manager()

    class Meta:
        constraints = [
            one_current("agency", "number", name="regulation_one_current"),
            is_a_period("regulation_period"),
            models.CheckConstraint(
                condition=models.Q(obliges_declaration=False) | models.Q(days_to_declare__isnull=False),
                name="regulation_says_within_how_many_days",
            ),
        ]
        triggers = [append_only("append_only"), *marks_on(Kind.AGENCY, "agency_id")]
