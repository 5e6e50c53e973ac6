"""What is not in line with units themselves, shown where such a rule is asked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from accounts.models import AgencyRecord
from registry.findings.models import Finding, State
from registry.findings.selectors import STANDING, in_words, standing_findings, title_of
from registry.rules.catalogue import catalogue
from registry.rules.rule import Subject
from registry.web.auditor.wording import Status, status_of
from registry.web.paging import Page, page_by_key

PAGE = 50


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A finding of a unit in words."""

    finding: Finding
    unit: AgencyRecord | None
    title: str
    evidence: str
    status: Status


def speaks_of_units(code: str) -> bool:
    """Whether the rule with this code is about agencies, of which the compliance list has no lines."""
    return any(rule.code == code and rule.subject is Subject.AGENCY for rule in catalogue())


def unit_findings(paths: Sequence[str], *, rule: str, state: str, cursor: str) -> Page[Finding]:
    """A page of what stands now, waived too; "" is every state, one no finding is in gives no lines."""
    states = (*STANDING, State.WAIVED)
    wanted = tuple(each for each in states if state in ("", each.value))
    found = standing_findings(paths, rules=[rule], states=wanted)
    return page_by_key(found, "agency_path", "id", cursor=cursor, size=PAGE)


def told(found: Sequence[Finding]) -> list[UnitLine]:
    """Lines in words: one query, however many."""
    records = (
        AgencyRecord.objects.current()
        .select_related("agency")
        .filter(agency__in={each.agency_id for each in found})
    )
    units = {record.agency_id: record for record in records}
    return [
        UnitLine(
            each,
            units.get(each.agency_id),
            title_of(each.rule),
            in_words(each.rule, each.evidence),
            status_of(each.state, each.cause, each.article),
        )
        for each in found
    ]
