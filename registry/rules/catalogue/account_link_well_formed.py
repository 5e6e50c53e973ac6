"""The address on record is an address of that account on its platform.

Fires on: an address that the platform's own rules, as the register knows them today, do not read as this
account: damaged, a post or a group, another platform's.
Silent on: every address that is read as the account; accounts known by a telephone number, which have none.
Nothing is opened on the network.
Binds: everybody. It is a condition of the register's own truth; no law is behind it.
Repair: open the account, copy the address of its page, and declare it again with that.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import LinkVerdict
from registry.rules.rule import Rule, Severity, Subject

RULE = Rule(
    code="ACC-23",
    bit=22,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The address on record is that of the account"),
    basis=(),
    when=lambda _as_of: Q(link_verdict=LinkVerdict.MALFORMED),
    own_severity=Severity.MEDIUM,
    evidence=("addresses",),
)
