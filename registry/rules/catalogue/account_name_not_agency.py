"""The name shown is not like a state or defence body's.

Fires on: a name that is not the person's and reads like a body's: UBND, Sở, Công an tỉnh…, Sư đoàn…, or the
very name of an agency of the register.
Silent on: the person's own name, also with the agency beside it (that is another rule's); people's names with
such a syllable in them (Công An, Trường, Viện); no name at all.
Binds: the army, by Circular 81/2025, Article 6. No text seen asks it of others.
Repair: give the account a name of your own and declare it as it stands then.
"""

from django.db.models import F, Q
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from accounts.names import NameFlag
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-15",
    bit=14,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The name shown is not like a state or defence body's"),
    basis=("TT-81-BQP.6-name",),
    when=lambda _as_of: Q(GreaterThan(F("name_flags").bitand(int(NameFlag.AGENCY_LIKE)), 0)),
    evidence=("name_shown",),
)
