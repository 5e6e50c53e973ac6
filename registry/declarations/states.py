"""The words of a declaration: what it asks, where it stands, what may be done to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a declaration asks of the register."""

    NEW = "new", _("New account")
    CHANGE = "change", _("Change")
    CLOSE = "close", _("Closing")


class State(models.TextChoices):
    """Where a declaration stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Waiting for review")
    RETURNED = "returned", _("Returned for correction")
    APPROVED = "approved", _("Approved")
    DISPUTED = "disputed", _("Disputed: under review")
    REJECTED = "rejected", _("Not accepted")  # the end of a dispute the declarant lost
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Act(models.TextChoices):
    """What may be done to a declaration. Who may do it is in `policies`."""

    SAVE = "save", _("saved")
    SUBMIT = "submit", _("submitted")
    CLAIM = "claim", _("submitted")  # submitted, while somebody else holds the account
    APPROVE = "approve", _("approved")
    CONTEST = "contest", _("put into dispute")  # was to be approved, when somebody else had come to hold it
    RETURN = "return", _("returned")
    WITHDRAW = "withdraw", _("withdrew")
    GIVE = "give", _("decided the dispute of")  # the account goes to the declarant
    KEEP = "keep", _("decided the dispute of")  # the account stays where it is
    UNDO = "undo", _("undid")  # an import is taken back
    REGISTER = "register", _("registered")  # how one on behalf of a person begins: from no state at all


# States in which a declaration still waits for somebody: one such at a time for a person and an account.
OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.DISPUTED)
# States in which its facts are under review.
UNDER_REVIEW = (State.SUBMITTED, State.DISPUTED)
# States somebody decided on, as recorded by decided_by and decided_at.
DECIDED = (State.RETURNED, State.APPROVED, State.REJECTED)
# Acts the declarant is written to about.
NEWS = (Act.APPROVE, Act.CONTEST, Act.RETURN, Act.GIVE, Act.KEEP, Act.REGISTER)
