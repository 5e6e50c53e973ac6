"""The words of a declaration: what it asks, where it stands, what may be done to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a declaration asks of the register."""

    NEW = "new", _("New account")
    CHANGE = "change", _("Change")
    CLOSE = "close", _("Closing")
    IDENTIFY = "identify", _("Permanent id")  # by which else the account is known


class PageKind(models.TextChoices):
    """What a declaration about an agency's page asks of the register."""

    NEW = "new", _("New page")
    CHANGE = "change", _("Change")
    TRANSFER = "transfer", _("Transfer to another agency")
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

    SAVE = "save", _("Saved")
    SUBMIT = "submit", _("Put forward")
    CLAIM = "claim", _("Put forward, disputed")  # while somebody else holds the account
    APPROVE = "approve", _("Approved")
    CONTEST = "contest", _("Put into dispute")  # was to be approved, when somebody else had come to hold it
    RETURN = "return", _("Returned for correction")
    WITHDRAW = "withdraw", _("Withdrawn")
    GIVE = "give", _("Dispute decided: the account is the declarant's")
    KEEP = "keep", _("Dispute decided: the account stays where it was")
    UNDO = "undo", _("Import taken back")
    REGISTER = "register", _("Registered by HR")  # how one on behalf of a person begins: from no state at all


# What the declarant and their HR officer read beside a disputed declaration: true, and naming nobody.
DISPUTE_NOTICE = _("Somebody else is declaring this account; an HR officer will look into it.")

# States in which a declaration still waits for somebody: one such at a time for a person and an account.
OPEN = (State.DRAFT, State.SUBMITTED, State.RETURNED, State.DISPUTED)
# States in which its facts are under review.
UNDER_REVIEW = (State.SUBMITTED, State.DISPUTED)
# Kinds that say nothing of what the account shows: their facts are those that stand, whoever stated them.
OF_WHAT_STANDS = (Kind.CLOSE, Kind.IDENTIFY)
# States somebody decided on, as recorded by decided_by and decided_at.
DECIDED = (State.RETURNED, State.APPROVED, State.REJECTED)
# Acts the declarant is written to about.
NEWS = (Act.APPROVE, Act.CONTEST, Act.RETURN, Act.GIVE, Act.KEEP, Act.REGISTER)
# Acts on a page's declaration an agency is written to about: the one that declared, the other of a dispute.
PAGE_NEWS = (Act.APPROVE, Act.CLAIM, Act.CONTEST, Act.RETURN, Act.GIVE, Act.KEEP)
