"""An agency's own page: who answers for it, who runs it, how it is known to be theirs; and what is a fake."""

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models.account import Account, DeclaredFacts
from accounts.models.agency import Agency
from accounts.models.official import Official
from accounts.models.photo import Photo
from common.records import Record, RecordQuerySet, append_only, is_a_period, one_current


class ResponsibleRole(models.TextChoices):
    """As what somebody answers for a page. Codes here and below live in code: a new one is no migration."""

    HEAD = "head", _("Head of the agency")
    SPOKESPERSON = "spokesperson", _("Authorised spokesperson")


class Badge(models.TextChoices):
    """The platform's own mark beside a name. A mark can be bought: see `BadgeFrom`."""

    NONE = "none", _("No badge")
    BLUE = "blue", _("Blue badge")
    GREY = "grey", _("Grey badge")
    GOLD = "gold", _("Gold badge")
    YELLOW = "yellow", _("Yellow badge")
    OTHER = "other", _("Another badge")


class BadgeFrom(models.TextChoices):
    """How a badge was got."""

    STATE = "state", _("Given to it as a state body")
    PROVIDER = "provider", _("Given by the provider on proof of identity")
    BOUGHT = "bought", _("Bought by subscription")


class PageFacts(models.Model):
    """What an agency says of its own page, once, unchangeable: the rest of a `DeclaredFacts` of an agency.

    The page's name is `DeclaredFacts.name_shown`.
    """

    facts = models.OneToOneField(
        DeclaredFacts, on_delete=models.CASCADE, primary_key=True, related_name="page"
    )
    decision_number = models.CharField(max_length=120, blank=True, default="")  # that permits the page
    decision_on = models.DateField(null=True, blank=True)
    responsible = models.ForeignKey(
        Official, on_delete=models.PROTECT, null=True, related_name="pages_answered"
    )
    responsible_role = models.CharField(max_length=20, blank=True, default="")
    authorised_number = models.CharField(max_length=120, blank=True, default="")  # of a spokesperson
    authorised_on = models.DateField(null=True, blank=True)
    contact_phone = models.CharField(max_length=30, blank=True, default="")  # "+842438…", or a short number
    contact_email = models.CharField(max_length=254, blank=True, default="")
    badge = models.CharField(max_length=20, blank=True, default="")  # "": nobody looked
    badge_from = models.CharField(max_length=20, blank=True, default="")
    badge_evidence = models.TextField(blank=True, default="")  # an address, or what was seen
    # A picture of it instead, or as well; not public, for it may show more than the page.
    badge_photo = models.ForeignKey(Photo, on_delete=models.PROTECT, null=True, related_name="+")
    badge_seen_on = models.DateField(null=True, blank=True)
    portal_url = models.TextField(blank=True, default="")  # where the agency's portal lists the page
    data_notice = models.TextField(blank=True, default="")  # on citizens' data: an address, or its text
    feedback = models.TextField(blank=True, default="")  # where citizens send remarks: an address, or how

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(responsible__isnull=True, responsible_role="")
                | (Q(responsible__isnull=False) & ~Q(responsible_role="")),
                name="page_responsible_as_what",
            ),
        ]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update)]


class PageAdministrator(models.Model):
    """One of those who run a page. Not public."""

    page = models.ForeignKey(PageFacts, on_delete=models.CASCADE, related_name="administrators")
    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="pages_run")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["page", "official"], name="page_administrator_once")]
        triggers = [pgtrigger.Protect(name="immutable", operation=pgtrigger.Update)]


class ReportedFake(Record):
    """A page that poses as an agency's, as the agency itself confirmed. Ended when that was a mistake."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="reported_fakes")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="reported_fakes")  # posed as
    name_shown = models.TextField(blank=True, default="")
    confirmed_on = models.DateField()

    objects = RecordQuerySet["ReportedFake"].as_manager()

    class Meta:
        constraints = [
            one_current("account", "agency", name="fake_one_current"),
            is_a_period("fake_period"),
        ]
        triggers = [append_only("append_only")]
