"""How agencies and their pages are spelt, ready to be compared; and what citizens report."""

import secrets

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Account, Agency
from common.clock import ClockTime

_SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none is taken for another when read out
_GROUPS, _GROUP = 3, 5


class Spelt(models.IntegerChoices):
    """What a spelling is of. Numbers are stored: never change one."""

    AGENCY = 1  # a name of the agency
    PLACE = 2  # what a committee governs
    PAGE = 3  # the name its page shows
    HANDLE = 4
    PORTAL = 5  # the host of its portal on record


class Spelling(models.Model):
    """One key by which an agency, or its page, is known. Derived from the book."""

    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="spellings")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="spellings")
    kind = models.SmallIntegerField()
    text = models.TextField()  # as it is written, to be shown beside what was asked
    key = models.TextField(db_collation="C")
    near = ArrayField(models.IntegerField())  # see `accounts.names.neighbourhood`

    class Meta:
        indexes = [
            # read by: likeness.known_like(); without a list of pending entries, each of which it would read
            GinIndex(fields=["near"], name="spelling_near", fastupdate=False),
        ]


class SpellingState(models.Model):
    """From which state of the book the spellings were made: one row."""

    made_from = models.TextField()
    made_at = models.DateTimeField()


class ReportState(models.TextChoices):
    """What became of a report. Codes live in code."""

    OPEN = "open", _("The agency has not answered yet")
    FAKE = "fake", _("The agency confirmed that the page is not theirs and poses as them")
    OURS = "ours", _("The agency says that the page is its own")
    NO_FAKE = "no_fake", _("The agency looked and does not hold the page to pose as it")


def new_ticket() -> str:
    """A number nobody can guess (73 bits), in groups that can be read out."""
    groups = ("".join(secrets.choice(_SIGNS) for _sign in range(_GROUP)) for _each in range(_GROUPS))
    return "-".join(groups)


class ImpostorReport(models.Model):
    """A page somebody takes for an impostor, reported to the agency it poses as. By whom is not known."""

    ticket = models.CharField(max_length=20, unique=True, default=new_ticket, editable=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="impostor_reports")
    platform = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)  # of the identifier
    key = models.TextField(db_collation="C")
    shown = models.TextField()
    url = models.TextField()
    name_shown = models.CharField(max_length=200, blank=True, default="")
    times = models.PositiveIntegerField(default=1)  # that it was reported while it was open
    reported_at = models.DateTimeField(db_default=ClockTime())
    state = models.CharField(max_length=20, default=ReportState.OPEN)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, db_index=False, related_name="+"
    )
    told_at = models.DateTimeField(null=True)  # when the sender of letters took it

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "platform", "kind", "key"],
                condition=Q(state=ReportState.OPEN),
                name="impostor_reported_once",
            ),
            models.CheckConstraint(
                condition=Q(state=ReportState.OPEN, answered_at__isnull=True, answered_by__isnull=True)
                | (~Q(state=ReportState.OPEN) & Q(answered_at__isnull=False, answered_by__isnull=False)),
                name="impostor_answered_when_by_whom",
            ),
        ]
        indexes = [
            # read by: the pages of the agency's officers, oldest first
            models.Index(fields=["agency", "id"], name="impostor_open", condition=Q(state=ReportState.OPEN)),
            # read by: take_reports()
            models.Index(
                fields=["id"],
                name="impostor_untold",
                condition=Q(state=ReportState.OPEN, told_at__isnull=True),
            ),
            models.Index(fields=["agency", "told_at"], name="impostor_told"),  # likewise
        ]
