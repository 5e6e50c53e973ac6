"""The account shows a name.

Fires on: an account for which no name shown has been declared.
Silent on: any name at all; whether it is the right one is for the next rule.
Binds: everybody whose profile, code or regulation asks for the true name; which of them it is decides how
heavily it weighs.
Repair: open the account's page, copy the name exactly as it stands there, and declare it.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.names import NameVerdict
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-01",
    bit=0,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The account shows a name"),
    basis=(
        "DRAFT-2018.o1",
        "QD-874.4-2",
        "QD-423.real-name",
        "OWN.own-name",
        "CT-17-BP.own-name",
        "TTCP-2022.8",
        "QD-396.true-information",
    ),
    when=lambda _as_of: Q(name_verdict=NameVerdict.MISSING),
)
