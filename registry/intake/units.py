"""Which agency a list means by what stands in its column of units, seen from whose list it is."""

from collections.abc import Iterable
from typing import NamedTuple

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.agency_names import agency_names
from registry.intake.reading.refusals import Message

_REMEMBERED = 20_000
_SUGGESTED = 100  # unknown units for which a likely one is looked for; a list full of them is another list


class WrongUnit(NamedTuple):
    """Why a unit was not taken."""

    code: str
    message: Message
    suggestion: Message


class Units:
    """The units of one agency's list. Each wording is looked up once.

    Args:
        path: the agency's path.
        branches: the paths its officers reach: its own, and those of what was merged into it.
    """

    def __init__(self, path: str, branches: Iterable[str]) -> None:
        self.path = path
        self.branches = tuple(branches)
        self._names = agency_names()
        self._today = timezone.localdate()
        self._found: dict[str, int | WrongUnit] = {}
        self._unknown = 0

    def find(self, text: str) -> int | WrongUnit:
        """The id of the agency meant, or why there is none."""
        found = self._found.get(text)
        if found is None:
            if len(self._found) >= _REMEMBERED:
                self._found.clear()
            found = self._found[text] = self._find(text)
        return found

    def _find(self, text: str) -> int | WrongUnit:
        resolved = self._names.resolve(text, near=self.path)
        if resolved is None:
            return self._unknown_unit(text)
        agency = resolved.agency
        if agency.dissolved_on is not None and agency.dissolved_on <= self._today:
            return self._former_unit(agency.agency_id, text, f"{agency.dissolved_on:%d/%m/%Y}")
        if not agency.path.startswith(self.branches):
            return WrongUnit(
                "foreign_unit",
                format_lazy(_("{unit} does not belong to the agency whose list this is."), unit=agency.name),
                _("Leave this person to the list of that agency, or correct the unit."),
            )
        return agency.agency_id

    def _former_unit(self, agency_id: int, text: str, when: str) -> WrongUnit:
        heirs = ", ".join(agency.name for agency in self._names.successors(agency_id))
        if not heirs:
            message = format_lazy(_("{unit} was dissolved on {date}."), unit=text, date=when)
            return WrongUnit("former_unit", message, _("Write the unit the person belongs to now."))
        message = format_lazy(
            _("{unit} was dissolved on {date}; did you mean {heirs}?"), unit=text, date=when, heirs=heirs
        )
        return WrongUnit("former_unit", message, heirs)

    def _unknown_unit(self, text: str) -> WrongUnit:
        self._unknown += 1
        near = (
            [
                agency.name
                for agency in self._names.suggest(text, near=self.path)
                if agency.path.startswith(self.branches)
            ]
            if self._unknown <= _SUGGESTED
            else []
        )
        return WrongUnit(
            "unknown_unit",
            _("The register knows no unit of this name here."),
            ", ".join(near) if near else _("Write the unit's name in full, as the register has it."),
        )
