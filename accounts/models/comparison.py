"""What is shown against what is on record: one flat, narrow row a subject, derived and rebuildable.

The sweep scans these two tables and nothing else. Every verdict is a small integer; its meaning is in code.
`fired` and `unchecked` are the engine's last answer, a bit a rule, kept here so that a sweep reads one table.
"""

from datetime import date
from enum import IntFlag

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, DeclaredFacts
from accounts.models.official import Official
from accounts.models.photo import Photo


class AgencyVerdict(models.IntegerChoices):
    """What the agency shown is to the agency on record."""

    MISSING = 0
    CURRENT = 1
    ALIAS = 2
    ANCESTOR = 3
    OTHER = 4
    FORMER = 5  # a name it no longer bears
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


class EmployerNamed(IntFlag):
    """Where on an account the employer is named; a bit each."""

    NOWHERE = 0
    NAME = 1
    HANDLE = 2
    DISCLAIMER = 4
    AGENCY_FIELD = 8


class HandleVerdict(models.IntegerChoices):
    """What became of the handle an account was declared with."""

    NO_PERMANENT_ID = 0  # nobody can tell
    SAME = 1
    CHANGED = 2
    REUSED = 3  # it is another account's now


class LinkVerdict(models.IntegerChoices):
    """Whether the address on record still names the account on its platform."""

    NONE = 0  # no address is kept (a telephone number)
    WELL_FORMED = 1
    MALFORMED = 2


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


class RecordGap(models.IntegerChoices):
    """What an HR record lacks; a bit each, added up in `OfficialComparison.gaps`."""

    POSITION = 1, _("position")
    WORK_EMAIL = 2, _("work e-mail")
    CATEGORY = 4, _("category")  # none, or only "other": which rules bind the person depends on it
    EMPLOYED_SINCE = 8, _("employed since")


class ContactVerdict(models.IntegerChoices):
    """Whose contact in HR people of an agency find."""

    MISSING = 0
    OWN = 1
    ABOVE = 2  # of a body above it, up to the province or central body it belongs to


class ResponsibleVerdict(models.IntegerChoices):
    """Whether who is named as answering for an agency's page still can."""

    MISSING = 0
    IN_POST = 1
    GONE = 2  # left, or moved away
    ELSEWHERE = 3  # in post, but neither in the agency nor above or below it


class PageContact(models.IntegerChoices):
    """Whether citizens find a contact on record with an agency's page."""

    MISSING = 0
    GIVEN = 1
    MALFORMED = 2
    EMAIL_ELSEWHERE = 3  # on no domain of the State, nor of the agency's own portals


class BadgeVerdict(models.IntegerChoices):
    """Whether it is recorded which badge a page bears."""

    MISSING = 0
    RECORDED = 1
    INCOMPLETE = 2  # no day, or of a badge not how it was got or by what this was seen


class PortalVerdict(models.IntegerChoices):
    """Whether it is recorded where the agency's portal lists the page."""

    MISSING = 0
    RECORDED = 1
    ELSEWHERE = 2  # an address on no host of the State, nor of the agency's own portals


class Judged(models.Model):
    """What every comparison table carries for the engine."""

    agency_id = models.BigIntegerField()
    agency_path = models.TextField(db_collation="C")
    profile = models.SmallIntegerField()
    code_version = models.SmallIntegerField()
    seal = models.BigIntegerField(default=0, db_default=0)  # over the row and what it was made of
    fired = models.BigIntegerField(default=0, db_default=0)
    unchecked = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        abstract = True


class JudgedFacts(Judged):
    """What was declared of an account: the facts that stand, and each draft under review, a row each.

    No index holds the facts: they change whenever somebody says something new, and a row none of whose
    indexed columns changed is written in its place, without a write to any index. Ask by the account.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="+", db_index=False)
    # Only facts of a draft ever go. They have no row here, or one that goes by its mark when what was sent is
    # taken back; looking for it at every saving would go through millions.
    facts = models.ForeignKey(
        DeclaredFacts, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    standing = models.SmallIntegerField()
    # the facts of a draft; null: the row is what stands
    draft = models.GeneratedField(
        expression=models.Case(models.When(standing=StandingCode.DRAFT, then=models.F("facts"))),
        output_field=models.BigIntegerField(null=True),
        db_persist=True,
    )

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["account", "draft"], nulls_distinct=False, name="%(class)s_once"),
        ]


class Comparison(JudgedFacts):
    """One live account, or one draft under review."""

    official_id = models.BigIntegerField(null=True)
    official_record_id = models.BigIntegerField(null=True)
    owner_status = models.SmallIntegerField()
    name_verdict = models.SmallIntegerField()
    name_step = models.SmallIntegerField()
    name_flags = models.SmallIntegerField()
    agency_verdict = models.SmallIntegerField()
    agency_shown_id = models.BigIntegerField(null=True)
    agency_shown_until = models.DateField(null=True)  # the first day that agency no longer exists
    agency_key = models.BigIntegerField(null=True)  # of the text shown, and of the name where it is like one:
    name_key = models.BigIntegerField(null=True)  # who may be read otherwise when an agency is renamed
    employer_named = models.SmallIntegerField()  # bits of EmployerNamed; 0 too where no profile is attached
    disclaimer_verdict = models.SmallIntegerField()
    photo_verdict = models.SmallIntegerField()
    photo = models.ForeignKey(  # null also where a likeness would mean nothing
        Photo, null=True, on_delete=models.DO_NOTHING, related_name="+", db_index=False, db_constraint=False
    )
    photo_on = models.DateField(null=True)  # when this photo was first declared for this account
    photo_due_on = models.DateField(
        null=True
    )  # the first day a regulation wants a newer one; null: none does
    photo_due_until = models.DateField(null=True)  # the first day no regulation wants it any more
    handle_verdict = models.SmallIntegerField()
    link_verdict = models.SmallIntegerField()
    commitments = models.SmallIntegerField()  # given in the current wording: bits of accounts.commitments
    rival_claims = models.SmallIntegerField()
    registered_on = models.DateField()  # when the standing facts entered the register
    confirmed_on = models.DateField(null=True)
    confirm_due_on = models.DateField(null=True)  # the first day a regulation wants it again; null: none does
    confirm_due_until = models.DateField(null=True)  # the first day no regulation wants it any more
    changed_on = models.DateField(null=True)  # when facts the person had not confirmed took their place

    class Meta(JudgedFacts.Meta):
        indexes = [
            # read by: a branch's compliance list
            models.Index(fields=["agency_path", "id"], name="comparison_branch"),
            # read by: the set rule on shared photos
            models.Index(fields=["photo"], name="comparison_photo", condition=Q(photo__isnull=False)),
            # read by: marks on whoever shows an agency that changed, or a text that may be read as it
            models.Index(
                fields=["agency_shown_id"],
                name="comparison_shown",
                condition=Q(agency_shown_id__isnull=False),
            ),
            models.Index(
                fields=["agency_key"], name="comparison_agency_key", condition=Q(agency_key__isnull=False)
            ),
            models.Index(
                fields=["name_key"], name="comparison_name_key", condition=Q(name_key__isnull=False)
            ),
            # read by: an official's own page
            models.Index(fields=["official_id"], name="comparison_official"),
            # read by: who decides what waits, of both its sides
            models.Index(
                fields=["draft"],
                name="comparison_draft",
                include=["agency_path"],
                condition=Q(draft__isnull=False),
            ),
            models.Index(
                fields=["account"],
                name="comparison_rivals",
                include=["agency_path", "official_id"],
                condition=Q(draft__isnull=True, rival_claims__gt=0),
            ),
        ]

    def agency_on(self, day: date) -> AgencyVerdict:
        """What the agency shown is to the agency on record on a day: one dissolved by then is former."""
        gone = self.agency_shown_until is not None and self.agency_shown_until <= day
        return AgencyVerdict.FORMER if gone else AgencyVerdict(self.agency_verdict)


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
    gone_on = models.DateField(null=True)  # the day the record first said that they left or moved
    gaps = models.SmallIntegerField(default=0, db_default=0)  # bits of RecordGap
    accepted_code = models.SmallIntegerField(default=0, db_default=0)  # newest wording accepted; 0: none
    # Of what is open, the day the oldest was noticed of which nobody was told yet:
    provider_untold_since = models.DateField(null=True)
    loss_untold_since = models.DateField(null=True)  # the superior, of an account lost or hijacked
    posing_untold_since = models.DateField(null=True)  # the superior, of somebody posing as the person

    class Meta:
        indexes = [
            # read by: a branch's coverage
            models.Index(fields=["agency_path", "official"], name="officialcomparison_branch"),
        ]


class AgencyComparison(Judged):
    """One agency somebody works in: what it ordered, whom its people ask.

    An agency without anybody in post has no row: there is nobody to whom any of it would matter.
    """

    agency_id = models.BigIntegerField(primary_key=True)
    dissolved_on = models.DateField(null=True)
    regulation_from = models.DateField(null=True)  # when the first in force began; null: none is recorded
    regulation_until = models.DateField(null=True)  # the first day none is in force any more; null: open
    regulation_own = models.BooleanField()  # one of them is its own; false: all are of agencies above it
    contact = models.SmallIntegerField()

    class Meta:
        indexes = [
            # read by: a branch's sweep
            models.Index(fields=["agency_path", "agency_id"], name="agencycomparison_branch"),
        ]


class PageComparison(JudgedFacts):
    """One page an agency owns, or one under review."""

    dissolved_on = models.DateField(null=True)  # the first day the agency no longer exists
    name_verdict = models.SmallIntegerField()  # an AgencyVerdict: the name the page bears
    decision = models.BooleanField()  # number and day of what permits it
    responsible = models.SmallIntegerField()
    authorised = models.BooleanField()  # whoever answers is the head, or has a document that says so
    administrators = models.SmallIntegerField()  # in post here, above or below
    administrators_gone = models.SmallIntegerField()  # named, and no longer so
    minimum = models.SmallIntegerField(null=True)  # administrators the latest regulation orders
    enough = models.BooleanField(null=True)  # they are as many; null: none orders any
    minimum_from = models.DateField(null=True)  # it orders them from this day
    minimum_until = models.DateField(null=True)  # until this one, exclusive; null: open
    contact = models.SmallIntegerField()
    badge = models.SmallIntegerField()
    badge_seen_on = models.DateField(null=True)
    portal = models.SmallIntegerField()
    data_notice = models.BooleanField()
    feedback = models.BooleanField()
    registered_on = models.DateField()
    confirmed_on = models.DateField(null=True)
    confirm_due_on = models.DateField(null=True)  # as in Comparison
    confirm_due_until = models.DateField(null=True)
    # Digests of what its handles look like, and of the same without what looks added; see comparison.handles.
    handle_looks = ArrayField(models.BigIntegerField(), default=list)
    handle_readings = ArrayField(models.BigIntegerField(), default=list)

    class Meta(JudgedFacts.Meta):
        indexes = [
            # read by: a branch's sweep
            models.Index(fields=["agency_path", "id"], name="pagecomparison_branch"),
            # read by: the set rule on handles, from either side; without lists of pending entries
            GinIndex(fields=["handle_looks"], name="page_handle_looks", fastupdate=False),
            GinIndex(fields=["handle_readings"], name="page_handle_readings", fastupdate=False),
        ]
