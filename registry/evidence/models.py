"""What was seen of agencies' pages and portals, which are due to be looked at, and how sites want it."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Account
from common.clock import ClockTime
from registry.evidence.causes import Cause

__all__ = ["Cause", "Direction", "How", "Result", "Sighting", "Site", "Watch"]


class Direction(models.TextChoices):
    """Which of the two was opened, to look for the other. Codes here and below live in code."""

    FROM_PORTAL = "from_portal", _("The portal links to the page")
    FROM_PAGE = "from_page", _("The page links to the portal")


class Result(models.TextChoices):
    """What was seen. That something could not be looked at says nothing against a page."""

    LINKED = "linked", _("Linked")
    NOT_LINKED = "not_linked", _("No link found")
    COULD_NOT_CHECK = "could_not_check", _("Could not be checked")


class How(models.TextChoices):
    """In what form a link was found."""

    LINK = "link", _("a link on the page")
    REL_ME = "rel_me", _("a link that says “this is me” (rel=me)")
    SAME_AS = "same_as", _("a statement for programs (JSON-LD sameAs)")


def _of_an_agency(name: str) -> pgtrigger.Trigger:
    """The trigger that refuses a row about an account that is not an agency's own at that moment.

    Held by the database, so that no code of this room can come to look at a person's account.
    """
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func=pgtrigger.Func(
            """
            IF NOT EXISTS (SELECT FROM accounts_ownership o WHERE o.account_id = NEW.account_id
                           AND o.agency_id IS NOT NULL AND o.official_id IS NULL
                           AND o.recorded_until IS NULL) THEN
                RAISE EXCEPTION 'only pages that agencies own are looked at'
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
            """
        ),
    )


class Watch(models.Model):
    """An agency's page in the queue of what is to be looked at: claimed by lease, fenced by its token."""

    account = models.OneToOneField(Account, on_delete=models.PROTECT, primary_key=True, related_name="watch")
    due_at = models.DateTimeField(db_default=Now())
    asked_at = models.DateTimeField(null=True)  # when somebody last wanted it looked at now
    token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(db_default=0)  # begun and not ended

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(token__isnull=True, lease_until__isnull=True)
                | Q(token__isnull=False, lease_until__isnull=False),
                name="watch_leased_by_whom",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="watch_due")]  # read by: queue.claim()
        triggers = [_of_an_agency("of_an_agency")]


class Sighting(models.Model):
    """What was seen once, in one direction. Never rewritten."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sightings", db_index=False)
    direction = models.CharField(max_length=20)
    seen_at = models.DateTimeField(db_default=ClockTime())
    result = models.CharField(max_length=20)
    cause = models.CharField(max_length=20, blank=True, default="")  # why it could not be checked
    how = models.CharField(max_length=20, blank=True, default="")  # the link's form, where there is one
    found = models.TextField(blank=True, default="")  # the link as it stood there
    asked_url = models.TextField(blank=True, default="")  # "": there was none to ask
    final_url = models.TextField(blank=True, default="")  # after all redirects
    final_address = models.GenericIPAddressField(null=True)  # of the site that answered, or was tried last
    status = models.PositiveSmallIntegerField(null=True)  # HTTP

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(result=Result.COULD_NOT_CHECK) & ~Q(cause=""))
                | (~Q(result=Result.COULD_NOT_CHECK) & Q(cause="")),
                name="sighting_could_not_why",
            ),
            models.CheckConstraint(
                condition=(Q(result=Result.LINKED) & ~Q(how="") & ~Q(found=""))
                | (~Q(result=Result.LINKED) & Q(how="", found="")),
                name="sighting_linked_how",
            ),
            models.CheckConstraint(
                condition=Q(result=Result.COULD_NOT_CHECK) | ~Q(final_url=""), name="sighting_seen_where"
            ),
        ]
        indexes = [
            # read by: selectors.last_seen(), selectors.history()
            models.Index(fields=["account", "direction", "-id"], name="sighting_of_page"),
        ]
        triggers = [
            _of_an_agency("of_an_agency"),
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete),
        ]


class Site(models.Model):
    """How a site wants to be visited, known to all workers: when it is free, what its robots.txt says."""

    origin = models.CharField(max_length=300, primary_key=True)  # scheme and host
    free_at = models.DateTimeField(db_default=Now())  # not to be asked again before
    robots = models.TextField(blank=True, db_default="")
    robots_state = models.CharField(
        max_length=20, blank=True, db_default=""
    )  # of `RobotsState`, "": never read
    robots_until = models.DateTimeField(null=True)  # read again after
