"""What stands is what the person last confirmed.

Fires on: an account the person had confirmed, of which HR has registered something else since on their
behalf.
Silent on: an account never confirmed, which has its own rule; one registered again with the same facts; one
the person has confirmed since.
Binds: everybody. It is a condition of the register's own truth; no law is behind it.
Repair: sign in, look at what changed, and confirm it or say what is wrong.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.rule import Rule, Severity, Subject

RULE = Rule(
    code="ACC-25",
    bit=24,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("What stands is what the person last confirmed"),
    basis=(),
    when=lambda as_of: Q(changed_on__lte=as_of),
    own_severity=Severity.MEDIUM,
    evidence=("changed_on", "changed"),
)
