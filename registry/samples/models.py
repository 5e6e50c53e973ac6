"""Samples: how each was drawn, what came out, and what the auditor found. All of it only ever added to.

Personal are a verdict's note and whom an item points at; seed, digests, counts and dates are internal.
"""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Agency, Official


def _append_only() -> list[pgtrigger.Trigger]:
    return [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Drawn(models.TextChoices):
    """What is drawn: a subject of the compliance list."""

    PEOPLE = "people", _("People")
    ACCOUNTS = "accounts", _("Accounts")


class Strata(models.TextChoices):
    """How the population is divided before the draw."""

    NONE = "none", _("Not divided")
    UNIT = "unit", _("By unit")
    RULE = "rule", _("By rule")


class Answer(models.TextChoices):
    """What the auditor found."""

    IN_LINE = "in_line", _("In line")
    NOT_IN_LINE = "not_in_line", _("Not in line")
    UNCHECKED = "unchecked", _("Could not be checked")


class Sample(models.Model):
    """One draw: everything that is needed to draw it again, and a digest of what it was drawn from."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    as_of = models.DateTimeField()
    drawn = models.CharField(max_length=10)  # a code of Drawn
    rule = models.CharField(max_length=10, blank=True, default="")  # "": of every rule, or of none
    state = models.CharField(max_length=10, blank=True, default="")  # "": however it stands
    strata = models.CharField(max_length=10)
    seed = models.CharField(max_length=60)
    size = models.IntegerField()  # as asked; what failed last time comes on top
    method = models.SmallIntegerField()  # the version of the method it was drawn by
    population = models.BigIntegerField()
    population_sha256 = models.CharField(max_length=64)
    # The earlier sample whose failures were taken over; null where there was none, or none was wanted.
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    drawn_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(size__gt=0), name="sample_of_some"),
            models.CheckConstraint(condition=~Q(seed=""), name="sample_has_a_seed"),
        ]
        indexes = [
            # read by: samples_for(), newest first
            models.Index(fields=["-drawn_at", "-id"], name="sample_latest"),
        ]
        triggers = _append_only()


class Stratum(models.Model):
    """One part of the population: how many are in it, and how many of them were to be drawn."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="stratum_set")
    code = models.CharField(
        max_length=60
    )  # of a unit or a rule; "" where there is but one, or no rule speaks
    population = models.BigIntegerField()
    size = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sample", "code"], name="stratum_once")]
        triggers = _append_only()


class Item(models.Model):
    """One subject to look at: drawn, or taken over because it failed last time, or both."""

    sample = models.ForeignKey(Sample, on_delete=models.PROTECT, related_name="items")
    place = models.IntegerField()  # from 1, in the order of the strata and of the draw
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    stratum = models.CharField(max_length=60, blank=True, default="")
    digest = models.CharField(max_length=64)  # what it was ordered by
    is_drawn = models.BooleanField()
    is_carried = models.BooleanField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sample", "place"], name="item_place"),
            models.UniqueConstraint(
                fields=["sample", "official", "account"], name="item_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(is_drawn=True) | Q(is_carried=True), name="item_for_a_reason"),
        ]
        triggers = _append_only()


class Verdict(models.Model):
    """What an auditor found on looking. To change one's mind is another verdict: the last one stands."""

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="verdicts")
    answer = models.CharField(max_length=12)
    note = models.TextField(blank=True, default="")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    given_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(answer="in_line") | ~Q(note=""), name="verdict_says_why"),
            # two who judge at once: the second comes too late
            models.UniqueConstraint(fields=["item", "given_at"], name="verdict_in_turn"),
        ]
        triggers = _append_only()
