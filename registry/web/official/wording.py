"""Reasons and findings, in words for the person concerned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from registry.findings.models import Finding
from registry.findings.models import State as FindingState
from registry.findings.wording import in_words, title_of

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

    title: str
    sentence: str
    unchecked: bool


def remarks(findings: Iterable[Finding]) -> list[Remark]:
    """Findings in plain words. That others claim the account too is HR's to settle, and not told here."""
    return [
        Remark(
            title_of(row.rule),
            "" if "rival_claims" in row.evidence else in_words(row.rule, row.evidence),
            row.state == FindingState.UNCHECKED,
        )
        for row in findings
    ]
