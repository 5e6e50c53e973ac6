"""What is over and no record says: kept so that the past can be asked for."""

from django.db import models

from accounts.models.account import Account, DeclaredFacts


class PastProposal(models.Model):
    """Facts that were under review from one instant to another; the database itself writes it."""

    facts = models.ForeignKey(
        DeclaredFacts,
        on_delete=models.CASCADE,
        related_name="past_proposals",
        db_index=False,
        db_constraint=False,  # written while the facts may be going too
    )
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="past_proposals")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField()
