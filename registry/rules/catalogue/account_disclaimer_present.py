"""The account says that it is personal.

Fires on: no notice at all, or a notice that says neither that the account is personal nor that it does not
represent the agency.
Silent on: a notice that says at least one of the two.
Binds: those who measure themselves by the draft of 2018, which asks for such a notice. It was never in force,
so this is a recommendation.
Repair: write on the account, for example: "Personal account; does not represent my agency."
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import DisclaimerVerdict
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-09",
    bit=8,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The account says that it is personal"),
    basis=("DRAFT-2018.o4",),
    when=lambda _as_of: Q(disclaimer_verdict__in=(DisclaimerVerdict.MISSING, DisclaimerVerdict.NEITHER)),
    evidence=("disclaimer",),
)
