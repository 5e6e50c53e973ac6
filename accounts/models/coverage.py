"""How far people have declared, counted while they are compared: of an agency, and of large branches."""

import pgtrigger
from django.db import models


def coverage_marks() -> list[pgtrigger.Trigger]:
    """Statement triggers that mark the agencies whose rows change: their branches are to be counted again."""
    return [
        pgtrigger.Trigger(
            name=f"mark_coverage_{operation}".lower(),
            level=pgtrigger.Statement,
            when=pgtrigger.After,
            operation=operation,
            referencing=pgtrigger.Referencing(new="changed_rows"),
            func=pgtrigger.Func(
                """
                INSERT INTO accounts_coveragemark (agency_id) SELECT DISTINCT agency_id FROM changed_rows;
                RETURN NULL;
                """
            ),
        )
        for operation in (pgtrigger.Insert, pgtrigger.Update)
    ]


class AgencyCoverage(models.Model):
    """The people of an agency itself, as their comparisons stand. A branch is the sum over its agencies.

    An agency without a row, or with nobody known, has no staff list: nothing is known of it.
    """

    agency_id = models.BigIntegerField(primary_key=True)
    known = models.IntegerField(default=0, db_default=0)  # whoever is on record, gone people included
    staff = models.IntegerField(default=0, db_default=0)  # in post
    declared = models.IntegerField(default=0, db_default=0)  # of those: with an account on record
    nil = models.IntegerField(default=0, db_default=0)  # said that they have none
    proposed = models.IntegerField(default=0, db_default=0)  # neither, but a declaration waits for review

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    declared__gte=0,
                    nil__gte=0,
                    proposed__gte=0,
                    staff__gte=models.F("declared") + models.F("nil") + models.F("proposed"),
                    known__gte=models.F("staff"),
                ),
                name="coverage_adds_up",
            ),
        ]
        triggers = coverage_marks()


class BranchCoverage(models.Model):
    """The agencies of a part of a large branch and their people, as they were added up last.

    What was marked since is not in it: see `accounts.comparison.branches`.
    """

    path = models.TextField(primary_key=True, db_collation="C")
    above = models.TextField(db_collation="C")  # the branch it is a part of
    units = models.IntegerField()  # agencies of any time
    agencies = models.IntegerField()  # that exist
    unlisted = models.IntegerField()  # of those: nobody knows who works there, see comparison/branches.py
    staff = models.IntegerField()
    declared = models.IntegerField()
    nil = models.IntegerField()
    proposed = models.IntegerField()
    holds_until = models.DateField(null=True)  # the first day another of its agencies no longer exists

    class Meta:
        indexes = [
            # read by: parts_of()
            models.Index(fields=["above"], name="branchcoverage_above"),
        ]


class CoverageMark(models.Model):
    """The coverage or the record of an agency changed since its branch was added up. Several are fine."""

    agency_id = models.BigIntegerField()
