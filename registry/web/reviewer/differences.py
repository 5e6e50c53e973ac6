"""The three columns of a case: the staff list, what is declared, what was registered before."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import AgencyRecord, DeclaredFacts, OfficialRecord

if TYPE_CHECKING:
    from accounts.models import Photo


@dataclass(slots=True)
class Line:
    """One part of a declaration, side by side."""

    part: str
    label: str
    on_record: str
    declared: str
    before: str | None  # None: nothing was registered
    told: list[tuple[str, str]] = field(default_factory=list)
    photo: "Photo | None" = None
    photo_before: "Photo | None" = None

    @property
    def changed(self) -> bool:
        """Whether it differs from what stands registered."""
        if self.before is None:
            return False
        if self.part == "photo":
            return self.photo != self.photo_before
        return self.declared != self.before


def lines_of(
    facts: DeclaredFacts,
    before: DeclaredFacts | None,
    *,
    record: OfficialRecord,
    agency: AgencyRecord,
    told: list[tuple[str, str, str]],
) -> list[Line]:
    """The parts of a declaration beside the staff list and beside what stands."""
    lines = [
        Line("name_shown", _("Name shown"), record.full_name, facts.name_shown, _of(before, "name_shown")),
        Line("agency_shown", _("Agency shown"), agency.name, facts.agency_shown, _of(before, "agency_shown")),
        Line("disclaimer", _("Notice"), "", facts.disclaimer, _of(before, "disclaimer")),
        Line(
            "photo",
            _("Photo"),
            "",
            "",
            None if before is None else "",
            photo=facts.photo,
            photo_before=before.photo if before else None,
        ),
        Line("opened_on", _("Opened on"), "", _day(facts), None if before is None else _day(before)),
    ]
    for line in lines:
        line.told = [(kind, sentence) for part, kind, sentence in told if part == line.part]
    return lines


def _of(before: DeclaredFacts | None, name: str) -> str | None:
    return None if before is None else getattr(before, name)


def _day(facts: DeclaredFacts) -> str:
    return formats.date_format(facts.opened_on, "SHORT_DATE_FORMAT") if facts.opened_on else ""
