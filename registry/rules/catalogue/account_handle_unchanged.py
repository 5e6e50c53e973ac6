"""The account still bears the handle it was declared with.

Fires on: an account whose platform shows another handle for it since; or one whose handle is another
account's now, so that the declared address leads to a stranger.
Silent on: an account known by its permanent id whose handle is the declared one; a change that was declared.
Binds: everybody. It is a condition of the register's own truth; no law is behind it.
Could not be checked: an account without a permanent id; on some platforms no link states one. A handle can
pass to somebody else unseen.
Repair: declare the account again with its present handle; where no permanent id is on record, record it on
the account's page, which says where it is found.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import HandleVerdict
from registry.rules.rule import Cause, Rule, Severity, Subject

RULE = Rule(
    code="ACC-19",
    bit=18,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The account bears the handle it was declared with"),
    basis=(),
    when=lambda _as_of: Q(handle_verdict__in=(HandleVerdict.CHANGED, HandleVerdict.REUSED)),
    unchecked=lambda _as_of: Q(handle_verdict=HandleVerdict.NO_PERMANENT_ID),
    cause=Cause.NO_PERMANENT_ID,
    own_severity=Severity.MEDIUM,
    evidence=("handle_verdict", "handles", "handles_given_up"),
)
