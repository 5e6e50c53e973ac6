"""What the rules will say of a draft, said before it is sent: by the rules' own statement, nothing stored."""

from dataclasses import dataclass, field

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.comparison import tried
from accounts.models import DeclaredFacts
from registry.declarations.commitments import CURRENT, VERSION
from registry.findings.services import Answer, Foreseen, foreseen
from registry.findings.wording import told_to_the_person
from registry.rules.legal import ARTICLES
from registry.web.law.wording import cited
from registry.web.official.duties import ABOUT


@dataclass(frozen=True, slots=True)
class Check:
    """One rule's answer, as the declarant reads it."""

    rule: str
    title: str
    field: str
    kind: str  # of the status shown
    words: str
    sentence: str
    article: str
    source: str


@dataclass(frozen=True, slots=True)
class Checks:
    """All answers, what is not in line first."""

    amiss: list[Check] = field(default_factory=list)
    fine: list[Check] = field(default_factory=list)


def checks_of(facts: DeclaredFacts) -> Checks:
    """What the rules would say of facts were they sent now, the commitments agreed to.

    The caller has checked that the facts are the reader's own.
    """
    with tried(facts, commitments=CURRENT, version=VERSION) as row:
        answers = foreseen(row, timezone.localdate()) if row is not None else []
    told = [_told(each) for each in answers]
    amiss = [each for each in told if each.kind != "ok"]
    return Checks(
        sorted(amiss, key=lambda each: (each.kind != "attention", each.rule)),
        [each for each in told if each.kind == "ok"],
    )


def _told(each: Foreseen) -> Check:
    article = ARTICLES.get(each.article)
    kind, words = {
        Answer.NOT_IN_LINE: ("attention", _("Not in line")),
        Answer.UNCHECKED: ("wait", _("A person will have a look")),
        Answer.IN_LINE: ("ok", _("In line")),
    }[each.answer]
    return Check(
        each.rule.code,
        str(each.rule.title),
        ABOUT.get(each.rule.code, ""),
        kind,
        words,
        told_to_the_person(each.rule.code, each.evidence),
        each.article,
        cited(article) if article else "",
    )
