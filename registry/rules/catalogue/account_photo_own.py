"""The photo is not another person's too.

Fires on: one photo on accounts of two people, also after resizing or compressing it again.
Silent on: one person's photo on several accounts of theirs; pages of agencies; pictures too plain to tell (a
blank sheet, a flag).
Binds: those who measure themselves by the draft of 2018, which asks for a real photo. It was never in force,
so this is a recommendation.
Repair: whoever shows somebody else's picture puts up their own. Faces are never compared: the register asks
only whether it is the same picture.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Comparison, StandingCode
from registry.rules.rule import Rule, Subject

# Likenesses are found once, when a photo is kept; here they are only looked up.
_SAME = "facts__photo_id"
_LIKE = "facts__photo__likenesses__other_id"


def _persons() -> QuerySet[Comparison, Comparison]:
    """Comparisons of officials' accounts whose photo says enough for a likeness to mean anything."""
    return Comparison.objects.filter(official_id__isnull=False, facts__photo__bands__len__gt=0)


def offenders(_as_of: date, among: Collection[int] | None) -> QuerySet[Any, Any]:
    """Rows whose photo is on another person's live account too; a draft is nobody's counterpart."""
    mine = _persons() if among is None else _persons().filter(pk__in=among)
    others = _persons().filter(~Q(official_id=OuterRef("official_id")), standing__gt=StandingCode.DRAFT)
    same, like = (
        mine.filter(Exists(others.filter(**{link: OuterRef("facts__photo_id")}))).order_by().values("pk")
        for link in (_SAME, _LIKE)
    )
    return same.union(like)


def neighbours(rows: Collection[int]) -> QuerySet[Any, Any]:
    """Live rows with the photo of one of `rows`, or one like it."""
    changed = _persons().filter(pk__in=rows)
    live = _persons().filter(standing__gt=StandingCode.DRAFT).order_by()
    same, like = (
        live.filter(facts__photo_id__in=changed.values(link)).values("pk") for link in (_SAME, _LIKE)
    )
    return same.union(like)


RULE = Rule(
    code="ACC-05",
    bit=4,
    subject=Subject.ACCOUNT,
    version=1,
    title=_("The photo is the person's own, not another's too"),
    basis=("DRAFT-2018.o2",),
    offenders=offenders,
    neighbours=neighbours,
)
