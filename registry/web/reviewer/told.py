"""Accounts, findings and comparisons as the officer reads them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Account, Comparison, DisclaimerVerdict, PageComparison, PhotoVerdict
from accounts.names import NameFlag, NameStep, NameVerdict
from registry.exports.selectors import basis_words, state_words
from registry.findings.models import Finding
from registry.findings.services import Answer, verdicts
from registry.findings.wording import in_words, title_of
from registry.rules.legal import ARTICLES, FORCE_LABELS
from registry.rules.rule import Rule
from registry.web.finding import look_of
from registry.web.law.wording import cited
from registry.web.reviewer.scope import Who
from registry.web.showing import agencies_meant, agency_words, handle_of, platform_name

_FLAG_RULES = {
    NameFlag.LOOK_ALIKE | NameFlag.INVISIBLE: "ACC-13",
    NameFlag.PRESS_LIKE: "ACC-14",
    NameFlag.AGENCY_LIKE: "ACC-15",
}


def account_said(account: Account) -> str:
    """An account in a sentence: the platform and its name there."""
    return " · ".join(part for part in (str(platform_name(account)), handle_of(account)) if part)


@dataclass(frozen=True, slots=True)
class ToldFinding:
    """A finding as a page tells it."""

    finding: Finding
    title: str
    sentence: str
    state: str
    basis: str
    kind: str  # of the status shown
    account: Account | None = None
    who: Who | None = None


def tell(finding: Finding, **about: Any) -> ToldFinding:
    """A finding in words; `about` says whose it is, where the page does not."""
    return ToldFinding(
        finding=finding,
        title=title_of(finding.rule),
        sentence=in_words(finding.rule, finding.evidence),
        state=state_words(finding.state, finding.cause, finding.article),
        basis=_basis(finding.article),
        kind=look_of(finding),
        **about,
    )


def _basis(code: str) -> str:
    """The article as the reader's language cites it, and how strongly it speaks."""
    article = ARTICLES.get(code)
    return basis_words(code) if article is None else f"{cited(article)} ({FORCE_LABELS[article.force]})"


def comparison_told(row: Comparison, *, name_shown: str) -> list[tuple[str, str, str]]:
    """What the comparison of declared facts with the record says: (part, status kind, sentence)."""
    verdict = NameVerdict(row.name_verdict)
    kind = {NameVerdict.SAME: "ok", NameVerdict.POSSIBLE: "wait"}.get(verdict, "attention")
    name = str(verdict.label)
    if verdict is not NameVerdict.MISSING:
        name = f"{name}: {NameStep(row.name_step).label}"
    told = [("name_shown", kind, name)]
    seen = {"name_shown": name_shown, "name_flags": row.name_flags}
    told += [
        ("name_shown", "attention", in_words(code, seen))
        for flags, code in _FLAG_RULES.items()
        if row.name_flags & flags
    ]
    told.append(("agency_shown", *agency_words(row, timezone.localdate(), agencies_meant([row]))))
    told.append(("disclaimer", *_notice(DisclaimerVerdict(row.disclaimer_verdict))))
    told.append(("photo", *_photo(PhotoVerdict(row.photo_verdict))))
    return told


def verdicts_told(comparison: Comparison | PageComparison | None, today: date) -> list[tuple[Rule, str, str]]:
    """What the rules say of facts, what is not in line first: (rule, status kind, words)."""
    if comparison is None:
        return []
    words = {
        Answer.NOT_IN_LINE: (0, "attention", gettext_lazy("Not in line")),
        Answer.UNCHECKED: (1, "wait", gettext_lazy("Could not be checked: have a look")),
        Answer.IN_LINE: (2, "ok", gettext_lazy("In line")),
    }
    answered = sorted(verdicts(comparison, today), key=lambda each: (words[each.answer][0], each.rule.code))
    return [(each.rule, words[each.answer][1], str(words[each.answer][2])) for each in answered]


def _notice(verdict: DisclaimerVerdict) -> tuple[str, str]:
    return {
        DisclaimerVerdict.MISSING: ("neutral", _("No notice")),
        DisclaimerVerdict.FULL: ("ok", _("Says that it is personal and does not represent the agency")),
        DisclaimerVerdict.PERSONAL_ONLY: ("neutral", _("Says that it is personal")),
        DisclaimerVerdict.NOT_REPRESENTING_ONLY: ("neutral", _("Says that it does not represent the agency")),
        DisclaimerVerdict.NEITHER: ("attention", _("Does not say that the account is personal")),
    }[verdict]


def _photo(verdict: PhotoVerdict) -> tuple[str, str]:
    return {
        PhotoVerdict.MISSING: ("neutral", _("No photo")),
        PhotoVerdict.USABLE: ("ok", _("A photo that can be used")),
        PhotoVerdict.TOO_SMALL: ("attention", _("The photo is too small")),
        PhotoVerdict.UNREADABLE: ("attention", _("The photo cannot be read")),
        PhotoVerdict.REFUSED: ("attention", _("The photo was not accepted")),
    }[verdict]
