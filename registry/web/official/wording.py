"""Reasons and findings, in words for the person concerned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from registry.findings.models import Finding
from registry.findings.models import State as FindingState
from registry.findings.wording import title_of, told_to_the_person

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

FIELD_LABELS: "dict[str, str | StrPromise]" = {
    "": _("The whole declaration"),
    "link": _("Link"),
    "name_shown": _("Name the account shows"),
    "photo": _("Profile photo"),
    "agency_shown": _("Workplace the account shows"),
    "disclaimer": _("Notice that the account is personal"),
    "commitments": _("Commitments"),
    "opened_on": _("Opened on"),
}


def reasons_in_words(reasons: Mapping[str, str]) -> "list[tuple[str | StrPromise, str]]":
    """Why something was returned, in the order of the form."""
    return [(label, reasons[field]) for field, label in FIELD_LABELS.items() if field in reasons]


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding as its own person reads it."""

    public_id: UUID
    title: str
    sentence: str
    state: str
    kind: str  # of the status shown


def remarks(findings: Iterable[Finding]) -> list[Remark]:
    """Findings in plain words. That others claim the account too is HR's to settle, and not told here."""
    return [
        Remark(
            row.public_id,
            title_of(row.rule),
            told_to_the_person(row.rule, row.evidence),
            *status_of(row),
        )
        for row in findings
    ]


def status_of(finding: Finding) -> tuple[str, str]:
    """How a finding stands, in words for the person, and how that looks."""
    words, look = _STATES[FindingState(finding.state)]
    return str(words), look


# To the person a finding is a remark: the cause why a machine could not tell is HR's to look at.
_STATES: "dict[FindingState, tuple[StrPromise | str, str]]" = {
    FindingState.OPEN: (_("Not in line"), "attention"),
    FindingState.UNCHECKED: (_("Could not be checked"), "neutral"),
    FindingState.CONTESTED: (FindingState.CONTESTED.label, "wait"),
    FindingState.WAIVED: (FindingState.WAIVED.label, "neutral"),
    FindingState.RESOLVED: (FindingState.RESOLVED.label, "ok"),
}
