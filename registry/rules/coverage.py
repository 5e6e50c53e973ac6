"""Which rules rest on which article, and why some articles have none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from registry.rules.catalogue import catalogue
from registry.rules.legal import ARTICLES, Article, Bound, Scope
from registry.rules.rule import Rule

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

_BY_SCOPE = {
    Scope.CONTENT: _("About content; the register checks identity only."),
    Scope.REGISTER: _("A duty of the register itself, kept by how it is built."),
}
_BY_BOUND = {
    Bound.PROVIDER: _("Addressed to platform providers."),
    Bound.ORGANISATION: _("Addressed to organisations that are no state agencies."),
}
_OF_ITS_OWN = {
    "LUAT-116.7-impersonation": _(
        "Only looking at posted images and voices could tell; the register never does."
    ),
    "BLDS-2015.26": _("It says what a person's name is; the rules on names compare with that name."),
    "QD-457.16-1-impersonation": _(
        "Impersonation is what the rules on names, photos and owners find; none of them accuses of it."
    ),
    "QD-2547-DL.account-changed": _(
        "An order of one province about its Zalo groups, no longer counted as in force."
    ),
    "QD-2547-DL.administrator": _(
        "An order of one province about its Zalo groups, no longer counted as in force."
    ),
    "QD-607-LC.page": _(
        "One province's regulation of one page of its own; the rules on agencies' pages hold for all."
    ),
}
_NONE_YET = _("No rule yet.")


@dataclass(frozen=True, slots=True)
class Uncovered:
    """An article no rule rests on."""

    article: Article
    reason: "StrPromise"


@cache
def rules_by_article() -> Mapping[str, Sequence[Rule]]:
    """Article code → the rules that rest on it, by code; articles without rules are not there."""
    found: dict[str, list[Rule]] = {}
    for each in catalogue():
        for code in each.basis:
            found.setdefault(code, []).append(each)
    return MappingProxyType({code: tuple(rules) for code, rules in found.items()})


def uncovered() -> list[Uncovered]:
    """Articles no rule rests on, by code, each with the reason."""
    return [
        Uncovered(each, why_uncovered(each))
        for code, each in sorted(ARTICLES.items())
        if code not in rules_by_article()
    ]


def why_uncovered(article: Article) -> "StrPromise":
    """Why no rule rests on an article: what it says, or whom it addresses, is not ours to check."""
    return (
        _OF_ITS_OWN.get(article.code)
        or _BY_SCOPE.get(article.scope)
        or _BY_BOUND.get(article.bound)
        or _NONE_YET
    )


def is_explained(each: Uncovered) -> bool:
    """Whether there is a reason better than that nobody wrote the rule yet."""
    return each.reason is not _NONE_YET
