"""The person has promised to answer for the account.

Fires on: an account for which this was never promised, or promised only in an older wording.
Silent on: an account declared with this promise in today's wording.
Binds: foreign affairs staff, by Decision 396, known from a briefing only and so counted as advice.
Repair: declare the account again and agree to each of the commitments.
"""

from django.db.models import F, Q
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from accounts.commitments import BITS
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-20",
    bit=19,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The person has promised to answer for the account"),
    basis=("QD-396.answer",),
    when=lambda _as_of: Q(Exact(F("commitments").bitand(BITS["answer"]), 0)),
)
