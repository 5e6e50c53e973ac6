"""What is shown against what is on record: one flat, narrow row a subject, derived and rebuildable.

The sweep scans these two tables and nothing else. Every verdict is a small integer; its meaning is in code.
`fired` and `unchecked` are the engine's last answer, a bit a rule, kept here so that a sweep reads one table.
"""

from django.db import models
from django.db.models import Q

from accounts.models.account import Account, DeclaredFacts
from accounts.models.official import Official


class AgencyVerdict(models.IntegerChoices):
    """What the agency shown is to the agency on record."""

    MISSING = 0
    CURRENT = 1
    ALIAS = 2
    ANCESTOR = 3
    OTHER = 4
    FORMER = 5  # dissolved, renamed or merged away
    UNKNOWN = 6  # no agency of that name is in the book


class DisclaimerVerdict(models.IntegerChoices):
    """What the notice says: that it is personal, and that it does not represent the agency."""

    MISSING = 0
    FULL = 1
    PERSONAL_ONLY = 2
    NOT_REPRESENTING_ONLY = 3
    NEITHER = 4


class PhotoVerdict(models.IntegerChoices):
    """Whether there is a photo, and whether it can be used."""

    MISSING = 0
    USABLE = 1
    TOO_SMALL = 2
    UNREADABLE = 3
    REFUSED = 4  # any other refusal of the photo door


class OwnerStatus(models.IntegerChoices):
    """Whether the owner is in post."""

    IN_POST = 1
    LEFT = 2
    MOVED = 3
    AGENCY = 4  # owned by an agency


class StandingCode(models.IntegerChoices):
    """A draft under review, or how far the entry is the person's own."""

    DRAFT = 0
    UNCONFIRMED = 1
    CONFIRMED = 2


class Judged(models.Model):
    """What both comparison tables carry for the engine."""

    agency_id = models.BigIntegerField()
    agency_path = models.TextField(db_collation="C")
    profile = models.SmallIntegerField()
    code_version = models.SmallIntegerField()
    fired = models.BigIntegerField(default=0, db_default=0)
    unchecked = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True


class Comparison(Judged):
    """One live account, or one draft under review."""

    facts = models.OneToOneField(DeclaredFacts, on_delete=models.CASCADE, related_name="comparison")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="comparisons")
    official_id = models.BigIntegerField(null=True)
    official_record_id = models.BigIntegerField(null=True)
    standing = models.SmallIntegerField()
    owner_status = models.SmallIntegerField()
    name_verdict = models.SmallIntegerField()
    name_step = models.SmallIntegerField()
    name_flags = models.SmallIntegerField()
    agency_verdict = models.SmallIntegerField()
    agency_shown_id = models.BigIntegerField(null=True)
    disclaimer_verdict = models.SmallIntegerField()
    photo_verdict = models.SmallIntegerField()
    photo_id = models.BigIntegerField(null=True)  # null also where a likeness would mean nothing
    rival_claims = models.SmallIntegerField()
    registered_on = models.DateField()  # when the standing facts entered the register
    confirmed_on = models.DateField(null=True)
    confirm_due_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account"], condition=Q(standing__gt=StandingCode.DRAFT), name="comparison_one_live"
            ),
        ]
        indexes = [
            # read by: a branch's compliance list
            models.Index(fields=["agency_path", "id"], name="comparison_branch"),
            # read by: the set rule on shared photos
            models.Index(fields=["photo_id"], name="comparison_photo", condition=Q(photo_id__isnull=False)),
            # read by: an official's own page, and the comparison of officials
            models.Index(fields=["official_id"], name="comparison_official"),
        ]


class OfficialComparison(Judged):
    """One official: declared, nil, due when."""

    official = models.OneToOneField(
        Official, on_delete=models.CASCADE, primary_key=True, related_name="comparison"
    )
    official_record_id = models.BigIntegerField()
    status = models.SmallIntegerField()
    accounts = models.SmallIntegerField()
    unconfirmed = models.SmallIntegerField()
    proposed = models.SmallIntegerField()
    nil = models.BooleanField()
    since = models.DateField()  # employed since, or first heard of
    declare_due_on = models.DateField(null=True)  # null: no regulation obliges this person to declare
    declare_until = models.DateField(null=True)  # the first day that regulation no longer obliges

    class Meta:
        indexes = [
            # read by: a branch's coverage
            models.Index(fields=["agency_path", "official"], name="officialcomparison_branch"),
        ]
