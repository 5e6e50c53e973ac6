"""One account has one owner.

Fires on: an account that somebody else claims too, while the claim is undecided. Who claims it is not said.
Silent on: an account nobody else claims.
Binds: everybody. It is a condition of the register's own truth; no law is behind it.
Repair: the HR officers decide the dispute; the one whose account it is not withdraws.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.rule import Rule, Severity, Subject

RULE = Rule(
    code="ACC-10",
    bit=9,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The account has one owner"),
    basis=(),
    when=lambda _as_of: Q(rival_claims__gt=0),
    own_severity=Severity.HIGH,
    evidence=("rival_claims",),
)
