"""How far an agency's people have declared, counted while they are compared."""

from django.db import models


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
