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

from accounts.models import Comparison, Likeness, Official, StandingCode
from accounts.paths import one_of
from registry.rules.rule import Rule, Subject

# Likenesses are found once, when a photo is kept, and written both ways; here they are only looked up. A row
# names its photo only where the picture says enough for a likeness to mean anything.
_PHOTO = OuterRef("photo_id")


def _persons() -> QuerySet[Comparison, Comparison]:
    """Comparisons of officials' accounts that show such a photo."""
    return Comparison.objects.filter(official_id__isnull=False, photo_id__isnull=False)


def _in_branches(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """`rows` with the province or central body each person belongs to."""
    owner = Official.objects.filter(pk=OuterRef("official_id"))
    placed: QuerySet[Any, Any] = rows.annotate(branch=Subquery(owner.values("branch_id")))
    return placed


def offenders(_as_of: date, among: Collection[int] | None) -> QuerySet[Any, Any]:
    """Rows whose photo is on another person's live account too; a draft is nobody's counterpart."""
    mine = _persons() if among is None else _persons().filter(one_of(among, "pk"))
    others = _persons().filter(~Q(official_id=OuterRef("official_id")), standing__gt=StandingCode.DRAFT)
    same = mine.filter(Exists(others.filter(photo_id=_PHOTO)))
    like = _where_like(mine, others, cropped=False)
    branch = {"branch": OuterRef("branch")}
    cropped = _where_like(_in_branches(mine), _in_branches(others).filter(**branch), cropped=True)
    first, *rest = (rows.order_by().values("pk") for rows in (same, like, cropped))
    return first.union(*rest)


def _where_like(mine: QuerySet[Any, Any], others: QuerySet[Any, Any], *, cropped: bool) -> QuerySet[Any, Any]:
    """Those of `mine` whose photo is like one of `others`; the few that are like any are looked up first."""
    theirs = others.filter(photo__likenesses__other_id=_PHOTO, photo__likenesses__cropped=cropped)
    return mine.filter(Exists(theirs), photo_id__in=Likeness.objects.filter(cropped=cropped).values("other"))


def neighbours(rows: Collection[int]) -> QuerySet[Any, Any]:
    """Live rows with the photo of one of `rows`, or one like it."""
    shown = _persons().filter(pk__in=rows).values("photo_id")
    live = _persons().filter(standing__gt=StandingCode.DRAFT).order_by()
    same = live.filter(photo_id__in=shown).values("pk")
    like = live.filter(photo_id__in=Likeness.objects.filter(photo__in=shown).values("other")).values("pk")
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
