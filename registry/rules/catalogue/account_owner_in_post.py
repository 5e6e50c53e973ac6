"""The owner of the account is in post.

Fires on: a live account of somebody who left, or who moved to another agency.
Silent on: an account of somebody in post or on leave, and an account of an agency.
Binds: everybody. It is a condition of the register's own truth; no law is behind it.
Repair: close the account in the register; a person who moved declares it at the new agency.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OwnerStatus
from registry.rules.rule import Rule, Severity, Subject

RULE = Rule(
    code="ACC-12",
    bit=11,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The owner of the account is in post"),
    basis=(),
    when=lambda _as_of: Q(owner_status__in=(OwnerStatus.LEFT, OwnerStatus.MOVED)),
    own_severity=Severity.HIGH,
    evidence=("owner_status",),
)
