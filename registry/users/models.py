"""People who log in. What a person may see follows from grants on branches, never from the login itself."""

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency, Official


class User(AbstractUser):
    """A login. `official` ties it to the staff record of the same person, where there is one."""

    first_name = None  # type: ignore[assignment]  # a Vietnamese name is one field
    last_name = None  # type: ignore[assignment]
    full_name = models.TextField(_("full name"), blank=True, default="")
    official = models.OneToOneField(
        Official, on_delete=models.PROTECT, null=True, blank=True, related_name="login"
    )
    language = models.CharField(max_length=5, blank=True, default="")

    @classmethod
    def normalize_username(cls, username: str) -> str:
        """Login names are kept in small letters, whoever makes them: signing in asks in small letters."""
        return super().normalize_username(username).lower()

    def get_full_name(self) -> str:
        """The name to greet the person with."""
        return self.full_name or self.username


class Role(models.TextChoices):
    """What a grant lets a person do in a branch. An employee needs none: `User.official` says it."""

    HR_OFFICER = "hr_officer", _("HR officer")
    AUDITOR = "auditor", _("Auditor")


class RoleGrant(models.Model):
    """One role in one branch: the agency, all below it, and what was merged into them."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField(db_default=Now())
    granted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "agency"], condition=Q(ended_at__isnull=True), name="grant_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("granted_at")), name="grant_period"
            ),
        ]


class Invitation(models.Model):
    """A letter that lets an official make a login.

    The token is made from `nonce` with the installation's secret key, so that the sender of letters can
    make it again; the database keeps only its digest, and whoever reads the database alone cannot log in.
    """

    official = models.ForeignKey(Official, on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField()
    nonce = models.CharField(max_length=43)
    token_digest = models.CharField(max_length=64, unique=True)
    invited_at = models.DateTimeField(db_default=Now())
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    letter_taken_at = models.DateTimeField(null=True)  # when the sender of letters took it over
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["official"],
                condition=Q(used_at__isnull=True, withdrawn_at__isnull=True),
                name="invitation_one_open",
            ),
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invitation_used_or_withdrawn",
            ),
        ]
        indexes = [
            # read by: take_letters()
            models.Index(
                fields=["id"],
                name="invitation_letter_due",
                condition=Q(letter_taken_at__isnull=True, used_at__isnull=True, withdrawn_at__isnull=True),
            ),
        ]


class SavedList(models.Model):
    """A choice of people a login comes back to: the filter of its staff list, under a name."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="saved_lists", db_index=False)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=600)  # as in the address; what it may name is asked for each time
    saved_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="saved_list_name")]


class LastLook(models.Model):
    """How the branches of a login stood when it last signed in, and the time before that."""

    user = models.OneToOneField(User, on_delete=models.PROTECT, primary_key=True, related_name="last_look")
    at = models.DateTimeField()
    numbers = models.JSONField()  # counts only, and the branches they are of
    before_at = models.DateTimeField()
    before = models.JSONField()
