"""The person has confirmed the account.

Fires on: an account that HR registered on the person's behalf and the person has not confirmed yet.
Silent on: an account its owner has confirmed, also where HR registered something else since: that has its own
rule.
Binds: everybody. It is a condition of the register's own truth; no law is behind it.
Repair: sign in, look at the account, and confirm it or say what is wrong.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import StandingCode
from registry.rules.rule import Rule, Severity, Subject

RULE = Rule(
    code="ACC-11",
    bit=10,
    subject=Subject.ACCOUNT,
    version=2,
    title=_("The person has confirmed the account"),
    basis=(),
    when=lambda _as_of: Q(standing=StandingCode.UNCONFIRMED, changed_on__isnull=True),
    own_severity=Severity.LOW,
    evidence=("registered_on",),
)
