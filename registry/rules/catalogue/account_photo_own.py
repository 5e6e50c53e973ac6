"""The photo is not another person's too.

Fires on: one photo on accounts of two people, also after resizing or compressing it again; and, where both
work in one province or central body, after a slight crop.
Silent on: one person's photo on several accounts of theirs; pages of agencies; pictures too plain to tell (a
blank sheet, a flag); a slight crop between people of different branches, where it may be chance.
Binds: those who measure themselves by the draft of 2018, which asks for a real photo. It was never in force,
so this is a recommendation.
Repair: whoever shows somebody else's picture puts up their own. Faces are never compared: the register asks
only whether it is the same picture.
"""

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from accounts.models import Comparison, Official, StandingCode
from registry.rules.rule import Rule, Subject

# Likenesses are found once, when a photo is kept; here they are only looked up.
_SAME = "facts__photo_id"
_LIKE = "facts__photo__likenesses__other_id"
_CROPPED = "facts__photo__likenesses__cropped"


def _persons() -> QuerySet[Comparison, Comparison]:
    """Comparisons of officials' accounts whose photo says enough for a likeness to mean anything."""
    return Comparison.objects.filter(official_id__isnull=False, facts__photo__bands__len__gt=0)


def _in_branches(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """`rows` with the province or central body each person belongs to."""
    owner = Official.objects.filter(pk=OuterRef("official_id"))
    placed: QuerySet[Any, Any] = rows.annotate(branch=Subquery(owner.values("branch_id")))
    return placed


def offenders(_as_of: date, among: Collection[int] | None) -> QuerySet[Any, Any]:
    """Rows whose photo is on another person's live account too; a draft is nobody's counterpart."""
    mine = _persons() if among is None else _persons().filter(pk__in=among)
    others = _persons().filter(~Q(official_id=OuterRef("official_id")), standing__gt=StandingCode.DRAFT)
    photo = OuterRef("facts__photo_id")
    same = mine.filter(Exists(others.filter(**{_SAME: photo})))
    like = mine.filter(Exists(others.filter(**{_LIKE: photo, _CROPPED: False})))
    crops = _in_branches(others).filter(**{_LIKE: photo, _CROPPED: True, "branch": OuterRef("branch")})
    cropped = _in_branches(mine).filter(Exists(crops))
    first, *rest = (rows.order_by().values("pk") for rows in (same, like, cropped))
    return first.union(*rest)


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
    version=2,
    title=_("The photo is the person's own, not another's too"),
    basis=("DRAFT-2018.o2",),
    offenders=offenders,
    neighbours=neighbours,
)
