"""The name shown is the person's name on record.

Fires on: a name that is nobody's way of writing the name on record («Mẹ Bắp» for Trần Thị Hoa).
Silent on: the same name in other letters (no diacritics, capitals, a title before it), and no name at all.
Binds: everybody whose profile, code or regulation asks for the true name; which of them it is decides how
heavily it weighs.
Could not be checked: a name that may be the same (other order, a missing middle name, a nickname beside it).
A person looks at it; the machine does not accuse.
Repair: put the name on record on the account, or correct the HR record where that is what is wrong.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.names import NameVerdict
from registry.rules.rule import Cause, Rule, Subject

RULE = Rule(
    code="ACC-02",
    bit=1,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The name shown is the name on record"),
    basis=(
        "DRAFT-2018.o1",
        "QD-874.4-2",
        "QD-423.real-name",
        "OWN.own-name",
        "CT-17-BP.own-name",
        "TTCP-2022.8",
        "QD-396.true-information",
    ),
    when=lambda _as_of: Q(name_verdict=NameVerdict.DIFFERENT),
    unchecked=lambda _as_of: Q(name_verdict=NameVerdict.POSSIBLE),
    cause=Cause.NEEDS_A_LOOK,
    evidence=("name_shown", "name_on_record", "name_step"),
)
