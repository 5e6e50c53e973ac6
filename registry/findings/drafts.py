"""What the rules would say of something that is only written yet: by the same statement, nothing stored."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Comparison
from registry.findings.engine import Answer, verdicts
from registry.findings.evidence import evidence_of
from registry.rules.bindings import bindings_of
from registry.rules.rule import Rule, Subject


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One rule's answer, on which article, and what was compared."""

    rule: Rule
    answer: Answer
    article: str  # "" for a condition of the register's own
    evidence: dict[str, Any] = field(default_factory=dict)


def foreseen(row: Comparison, as_of: date) -> list[Foreseen]:
    """What the rules that bind a row say of it, with the evidence a finding would keep.

    Rules about what others claim are left out: nobody is told of it by trying.
    """
    answered = [each for each in verdicts(row, as_of) if "rival_claims" not in each.rule.evidence]
    asked = [each.rule for each in answered if each.answer is not Answer.IN_LINE]
    compared = evidence_of(Subject.ACCOUNT, row.pk, asked)
    return [
        Foreseen(
            each.rule,
            each.answer,
            next(b.article for b in bindings_of(each.rule, as_of) if b.profile == row.profile),
            compared.get(each.rule.code, {}),
        )
        for each in answered
    ]
