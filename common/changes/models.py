"""'This subject changed': written in the transaction of the change, consumed by claiming rows."""

from django.db import models


class Kind(models.IntegerChoices):
    """What sort of subject changed."""

    OFFICIAL = 1
    ACCOUNT = 2
    AGENCY = 3  # with all that hangs on it: its branch
    AGENCY_ALONE = 4  # only what is said of the agency itself: somebody came or went, or it inherits anew
    AGENCY_NAMES = 5  # whoever shows its name, or one that may now be read as its name


class ChangeMark(models.Model):
    """One mark. Several for one subject are fine: whoever claims them takes all there are.

    Django's `id` has no index in the database: marks come by the hundred thousand, nobody asks for one, and
    who claims them finds them by where they stand.
    """

    kind = models.SmallIntegerField(choices=Kind.choices)
    subject_id = models.BigIntegerField()
    marked_at = models.DateTimeField(db_default=models.functions.Now())

    class Meta:
        indexes = [
            # read by: claim()
            models.Index(fields=["kind", "subject_id"], name="mark_subject"),
        ]
