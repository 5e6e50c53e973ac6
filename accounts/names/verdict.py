"""What a comparison of two names says. Numbers are stored: never change one, never use one twice."""

from dataclasses import dataclass
from enum import IntEnum, IntFlag
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class NameVerdict(IntEnum):
    """Whether the name shown is the name on record."""

    MISSING = 0
    SAME = 1
    POSSIBLE = 2
    DIFFERENT = 3

    @property
    def label(self) -> "StrPromise":
        """The verdict in the reader's language."""
        return _VERDICT_LABELS[self]


class NameStep(IntEnum):
    """The step that decided.

    Under `SAME` the steps from `EXACT` up grow stronger: where several were needed, the strongest is told.
    Under `POSSIBLE` it is what a person has to look at. `NONE` stands with `MISSING` and `DIFFERENT`.
    """

    NONE = 0
    EXACT = 1
    UNICODE_FORM = 2
    WHITE_SPACE = 3
    CASE = 4
    D_LETTERS = 5
    APOSTROPHES = 6
    ORNAMENTS = 7
    TONE_PLACEMENT = 8
    I_Y = 9
    NO_DIACRITICS = 10
    TITLE_REMOVED = 11
    AGENCY_SUFFIX_REMOVED = 12
    INVISIBLE = 13
    LOOK_ALIKE = 14
    ORDER = 20
    GIVEN_FAMILY = 21
    MIDDLE_MISSING = 22
    FAMILY_MISSING = 23
    NICKNAME = 24
    INITIALS = 25
    JOINED = 26
    SOME_DIACRITICS = 27
    ADDRESS_REMOVED = 28

    @property
    def label(self) -> "StrPromise":
        """The step in the reader's language, as the reason for a verdict."""
        return _STEP_LABELS[self]


class NameFlag(IntFlag):
    """What else was seen in the name shown. Independent of the verdict."""

    NONE = 0
    LOOK_ALIKE = 1
    INVISIBLE = 2
    PRESS_LIKE = 4
    AGENCY_LIKE = 8


@dataclass(frozen=True, slots=True)
class NameComparison:
    """A name shown against the name on record: the verdict, the step that decided, and what else was seen."""

    verdict: NameVerdict
    step: NameStep
    flags: NameFlag = NameFlag.NONE


_VERDICT_LABELS: "dict[NameVerdict, StrPromise]" = {
    NameVerdict.MISSING: _("No name shown"),
    NameVerdict.SAME: _("Same name"),
    NameVerdict.POSSIBLE: _("Possibly the same name"),
    NameVerdict.DIFFERENT: _("Different name"),
}

_STEP_LABELS: "dict[NameStep, StrPromise]" = {
    NameStep.NONE: _("nothing in common with the name on record"),
    NameStep.EXACT: _("letter for letter"),
    NameStep.UNICODE_FORM: _("same letters, coded differently"),
    NameStep.WHITE_SPACE: _("other spacing"),
    NameStep.CASE: _("capitals and small letters"),
    NameStep.D_LETTERS: _("another letter that looks like Đ"),
    NameStep.APOSTROPHES: _("another kind of apostrophe"),
    NameStep.ORNAMENTS: _("signs or symbols around the name"),
    NameStep.TONE_PLACEMENT: _("tone mark on the neighbouring vowel (hoà, hòa)"),
    NameStep.I_Y: _("i written for y (lí, lý)"),
    NameStep.NO_DIACRITICS: _("written without diacritics"),
    NameStep.TITLE_REMOVED: _("with a title or rank"),
    NameStep.AGENCY_SUFFIX_REMOVED: _("with an agency or post beside the name"),
    NameStep.INVISIBLE: _("with invisible characters"),
    NameStep.LOOK_ALIKE: _("with look-alike or stylised letters"),
    NameStep.ORDER: _("words in another order"),
    NameStep.GIVEN_FAMILY: _("given name before family name"),
    NameStep.MIDDLE_MISSING: _("middle name left out"),
    NameStep.FAMILY_MISSING: _("family name left out"),
    NameStep.NICKNAME: _("with a nickname or something else beside the name"),
    NameStep.INITIALS: _("shortened to initials"),
    NameStep.JOINED: _("words written together"),
    NameStep.SOME_DIACRITICS: _("some words without diacritics, which may be other names"),
    NameStep.ADDRESS_REMOVED: _("with a form of address that can also be a name"),
}
