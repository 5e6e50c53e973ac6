"""The account does not name the employer.

Fires on: the name, short name or another name of the person's unit, or of a body above it up to the head of
the sector, in the name shown, the handle, the notice or the agency field.
Silent on: an account that names none of them; a word of the person's own name that is also such a name
(Nguyễn Công An); a handle in which the letters stand inside a longer word. Pictures and insignia are not
looked at.
Binds: the army, the procuracy and, as advice, the police, whose rules forbid it; elsewhere showing the agency
is free or wanted.
Repair: take the unit's name off the account and declare the account as it stands then.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-16",
    bit=15,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The account does not name the employer"),
    basis=("TT-81-BQP.6-unit", "QD-457.16-1-unit", "TT-27-BCA.unit"),
    when=lambda _as_of: Q(employer_named__gt=0),
    evidence=("employer_named", "name_shown", "handles", "disclaimer", "agency_shown", "agency_on_record"),
)
