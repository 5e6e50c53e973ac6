"""Accounts: declared social accounts, by what they are known, whose they are, and what was said of them."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.agency import Agency
from accounts.models.official import Official
from accounts.models.photo import Photo
from common.changes.models import Kind
from common.changes.services import marks_on
from common.clock import ClockTime
from common.records import Record, RecordQuerySet, append_only, is_a_period, one_current


class Account(models.Model):
    """One identity on one platform."""

    platform = models.CharField(max_length=20)
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)


class AccountIdentifier(Record):
    """By what an account is known. The same identifier always gives the same account.

    That two identifiers are one account is recorded, never guessed.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="identifiers")
    platform = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    key = models.TextField(db_collation="C")  # for a telephone number: a keyed digest
    shown = models.TextField()  # for a telephone number: masked
    url = models.TextField(blank=True, default="")

    objects = RecordQuerySet["AccountIdentifier"].as_manager()

    class Meta:
        constraints = [
            one_current("platform", "kind", "key", name="identifier_one_account"),
            is_a_period("identifier_period"),
        ]
        indexes = [
            # read by: the trigger below, and the comparison, which ask whose an identifier given up is now
            models.Index(
                fields=["platform", "kind", "key"],
                name="identifier_given_up",
                condition=Q(recorded_until__isnull=False),
            ),
        ]
        triggers = [
            append_only("append_only"),
            *marks_on(Kind.ACCOUNT, "account_id", events=("update",)),
            pgtrigger.Trigger(
                # A live account became known by something new; or what another account gave up is its now.
                name="mark_holders_insert",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="changed_rows"),
                func=pgtrigger.Func(
                    f"""
                    INSERT INTO changes_changemark (kind, subject_id)
                    SELECT {int(Kind.ACCOUNT)}, n.account_id FROM changed_rows n
                    JOIN accounts_entry e ON e.account_id = n.account_id AND e.recorded_until IS NULL
                    UNION
                    SELECT {int(Kind.ACCOUNT)}, i.account_id FROM changed_rows n
                    JOIN accounts_accountidentifier i ON i.platform = n.platform AND i.kind = n.kind
                         AND i.key = n.key AND i.recorded_until IS NOT NULL;
                    RETURN NULL;
                    """  # noqa: S608 - a number of ours, nothing from outside
                ),
            ),
        ]


class Ownership(Record):
    """Whose an account is: an official's or an agency's, exclusively at any instant."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="ownerships")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, related_name="ownerships")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="ownerships")

    objects = RecordQuerySet["Ownership"].as_manager()

    class Meta:
        constraints = [
            one_current("account", name="ownership_exclusive"),
            is_a_period("ownership_period"),
            models.CheckConstraint(
                condition=Q(official__isnull=True) ^ Q(agency__isnull=True), name="ownership_one_owner"
            ),
        ]
        indexes = [
            # read by: pages_held_for(), in order, among millions of accounts of people
            models.Index(
                fields=["account"],
                condition=Q(agency__isnull=False, recorded_until__isnull=True),
                name="ownership_of_agency",
            ),
        ]
        triggers = [
            append_only("append_only"),
            *marks_on(Kind.ACCOUNT, "account_id"),
            *marks_on(Kind.OFFICIAL, "official_id"),
        ]


class DeclaredFacts(models.Model):
    """What somebody said about an account, once, unchangeable.

    Rules read facts, so a draft and an entry are judged alike.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="facts")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, null=True, related_name="facts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    name_shown = models.TextField(blank=True, default="")
    photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, related_name="facts")
    photo_problem = models.CharField(max_length=40, blank=True, default="")  # the photo door's refusal
    agency_shown = models.TextField(blank=True, default="")
    agency_resolved = models.ForeignKey(
        Agency, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    disclaimer = models.TextField(blank=True, default="")
    commitments = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    commitments_version = models.CharField(max_length=20, blank=True, default="")
    opened_on = models.DateField(null=True, blank=True)
    declared_on = models.DateField(null=True, blank=True)
    stated_at = models.DateTimeField(db_default=models.functions.Now())
    stated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(official__isnull=True) ^ Q(agency__isnull=True), name="facts_one_declarant"
            ),
        ]
        indexes = [
            # read by: page_entries_for(), among millions of facts that people stated
            models.Index(fields=["agency"], name="facts_of_agency", condition=Q(agency__isnull=False)),
        ]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update)]


def _marks_people_of_facts(operation: pgtrigger.Operation, unless: str = "") -> pgtrigger.Trigger:
    """Marks whose accounts, standing or under review, are other than before: their comparisons count them."""
    inserted = operation is pgtrigger.Insert
    return pgtrigger.Trigger(
        name=f"mark_people_{'insert' if inserted else 'delete'}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**{"new" if inserted else "old": "changed_rows"}),
        func=pgtrigger.Func(
            f"""
            INSERT INTO changes_changemark (kind, subject_id)
            SELECT DISTINCT {int(Kind.OFFICIAL)}, f.official_id
            FROM changed_rows n JOIN accounts_declaredfacts f ON f.id = n.facts_id
            WHERE f.official_id IS NOT NULL {unless};
            RETURN NULL;
            """  # noqa: S608 - a number and words of ours
        ),
    )


class Proposal(models.Model):
    """Facts put forward and not decided yet: what a draft under review would make of an account."""

    facts = models.OneToOneField(DeclaredFacts, on_delete=models.CASCADE, primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="proposals")
    opened_at = models.DateTimeField(db_default=ClockTime())

    class Meta:
        triggers = [
            *marks_on(Kind.ACCOUNT, "account_id", events=("insert", "delete")),
            *(_marks_people_of_facts(event) for event in (pgtrigger.Insert, pgtrigger.Delete)),
            pgtrigger.Trigger(
                # However a review ends, that there was one is part of the past.
                name="keep_past",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Delete,
                referencing=pgtrigger.Referencing(old="ended_rows"),
                func=pgtrigger.Func(
                    """
                    INSERT INTO accounts_pastproposal (facts_id, account_id, opened_at, closed_at)
                    SELECT facts_id, account_id, opened_at, greatest(clock_timestamp(), opened_at)
                    FROM ended_rows;
                    RETURN NULL;
                    """
                ),
            ),
        ]


class Standing(models.TextChoices):
    """How far an entry is known to be the person's own."""

    UNCONFIRMED = "unconfirmed", _("Registered on the person's behalf, not yet confirmed")
    CONFIRMED = "confirmed", _("Confirmed")


class Entry(Record):
    """What stands in the register for an account. An account with a current entry is live."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="entries")
    facts = models.ForeignKey(DeclaredFacts, on_delete=models.PROTECT, related_name="entries")
    standing = models.CharField(max_length=20, choices=Standing.choices)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = RecordQuerySet["Entry"].as_manager()

    class Meta:
        constraints = [
            one_current("account", name="entry_one_current"),
            is_a_period("entry_period"),
            models.CheckConstraint(
                condition=Q(standing=Standing.CONFIRMED, confirmed_at__isnull=False)
                | Q(standing=Standing.UNCONFIRMED, confirmed_at__isnull=True),
                name="entry_confirmed_when",
            ),
        ]
        triggers = [
            append_only("append_only"),
            *marks_on(Kind.ACCOUNT, "account_id"),
            # Whose account stands as before compares as before, whatever else is said on it now. An entry
            # without successor ends with its ownership, which marks them.
            _marks_people_of_facts(
                pgtrigger.Insert,
                """
                AND NOT EXISTS (
                    SELECT FROM accounts_entry p WHERE p.account_id = n.account_id
                    AND p.recorded_until = n.recorded_from AND p.standing = n.standing)
                """,
            ),
        ]
