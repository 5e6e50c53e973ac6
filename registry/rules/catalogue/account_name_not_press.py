"""The name shown is not like a press body's.

Fires on: a name that has words of the press in it (tin tức, truyền hình, tạp chí, VTV…), beside the person's
own name or instead of it.
Silent on: people's names with such a syllable in them (Gia Bảo, Đài Trang); everybody who works for a press
body; no name at all.
Binds: everybody, by Decree 147/2024, Article 36; in the army by Circular 81/2025 too.
Repair: take the word out of the account's name and declare the name as it stands then.
"""

from django.db.models import F, Q
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from accounts.names import NameFlag
from registry.rules.rule import Rule, Subject

RULE = Rule(
    code="ACC-14",
    bit=13,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The name shown is not like a press body's"),
    basis=("ND-147.36-press-name", "TT-81-BQP.6-name"),
    when=lambda _as_of: Q(GreaterThan(F("name_flags").bitand(int(NameFlag.PRESS_LIKE)), 0)),
    evidence=("name_shown",),
)
