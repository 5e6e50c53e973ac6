"""A person who said "I have no account" has none in the register.

Fires on: that statement beside a registered account, a declaration under review, or a claim on an account
somebody else holds.
Silent on: whoever said nothing of the kind; whoever has left or moved; the statement once it was withdrawn.
Binds: everybody; a register that says two things at once is wrong whatever the law asks.
Repair: the person declares the account, which ends the statement, or withdraws the declaration that is
under way; an account given to them after a dispute is declared or closed.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnerStatus
from registry.rules.rule import Rule, Severity, Subject

RULE = Rule(
    code="OFF-02",
    bit=1,
    subject=Subject.OFFICIAL,
    version=1,
    title=_("“I have no account” is not contradicted by an account"),
    when=lambda _as_of: Q(nil=True, status=OwnerStatus.IN_POST) & (Q(accounts__gt=0) | Q(proposed__gt=0)),
    own_severity=Severity.MEDIUM,
    evidence=("accounts", "proposed"),
)
