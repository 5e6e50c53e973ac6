"""The notice says both that the account is personal and that it does not represent the agency.

Fires on: a notice that says only one of the two.
Silent on: a notice that says both, in any words the register knows; no notice, or one that says neither,
which has its own rule.
Binds: those who measure themselves by the draft of 2018, which asks for such a notice. It was never in force,
so this is a recommendation.
Repair: add the missing half, for example: "Personal account; does not represent my agency."
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import DisclaimerVerdict
from registry.rules.rule import Rule, Subject

_HALVES = (DisclaimerVerdict.PERSONAL_ONLY, DisclaimerVerdict.NOT_REPRESENTING_ONLY)

RULE = Rule(
    code="ACC-17",
    bit=16,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The notice says both: personal, and not representing the agency"),
    basis=("DRAFT-2018.o4",),
    when=lambda _as_of: Q(disclaimer_verdict__in=_HALVES),
    evidence=("disclaimer", "disclaimer_verdict"),
)
