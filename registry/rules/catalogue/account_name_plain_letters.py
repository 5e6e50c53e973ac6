"""The name shown is written in ordinary letters.

Fires on: letters of other alphabets that look like ours (a Cyrillic «а»), stylised letters, and characters
nobody can see. They hide a name from a search and are the usual means of impersonation.
Silent on: Vietnamese with or without diacritics, the letters of minority languages, symbols around the name.
Binds: everybody whose profile, code or regulation asks for the true name; which of them it is decides how
heavily it weighs.
Repair: type the name again on the account, with an ordinary keyboard.
"""

from django.db.models import F, Q
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from accounts.names import NameFlag
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-13",
    bit=12,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The name shown has no look-alike or invisible letters"),
    basis=(
        "DRAFT-2018.o1",
        "QD-874.4-2",
        "QD-423.real-name",
        "OWN.own-name",
        "CT-17-BP.own-name",
        "TTCP-2022.8",
        "QD-396.true-information",
    ),
    when=lambda _as_of: Q(
        GreaterThan(F("name_flags").bitand(int(NameFlag.LOOK_ALIKE | NameFlag.INVISIBLE)), 0)
    ),
    evidence=("name_shown", "name_flags"),
)
