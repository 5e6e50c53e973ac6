"""What the tests of single rules share: rows of any shape, and the answer a rule gives to one."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from accounts.models import Agency
from registry.findings.folding import conditions
from registry.findings.services import Answer
from registry.rules.catalogue import rule
from registry.rules.rule import Subject
from tests.factories.comparisons import (
    make_agency_comparison,
    make_comparison,
    make_official_comparison,
    make_page_comparison,
)

TODAY = date(2026, 11, 22)

Columns = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """A rule, and the rows it fires on, is silent on and cannot tell; each row changes what it is about."""

    code: str
    fires: list[Columns] = field(default_factory=list)
    silent: list[Columns] = field(default_factory=list)
    unchecked: list[Columns] = field(default_factory=list)

    @property
    def rows(self) -> list[tuple[Columns, Answer]]:
        """Every row with the answer it is to have, for a parametrised test."""
        return [
            *((columns, Answer.NOT_IN_LINE) for columns in self.fires),
            *((columns, Answer.IN_LINE) for columns in self.silent),
            *((columns, Answer.UNCHECKED) for columns in self.unchecked),
        ]


def answer_of(code: str, agency: Agency, columns: Columns, as_of: date = TODAY) -> Answer:
    """The answer of the one rule, by its own condition, not by the folded pass."""
    judged = rule(code)
    make: Any = _MAKERS[judged.subject]
    row = make(agency, **columns)
    rows = judged.subject.table._default_manager.filter(pk=row.pk)
    fires, cannot_tell = conditions(judged, as_of)
    if cannot_tell is not None and rows.filter(cannot_tell).exists():
        return Answer.UNCHECKED
    return Answer.NOT_IN_LINE if rows.filter(fires).exists() else Answer.IN_LINE


_MAKERS = {
    Subject.ACCOUNT: make_comparison,
    Subject.OFFICIAL: make_official_comparison,
    Subject.AGENCY: make_agency_comparison,
    Subject.PAGE: make_page_comparison,
}
