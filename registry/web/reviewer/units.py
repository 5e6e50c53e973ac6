"""The field in which a unit is named: a list to choose from, or a search where the list would be too long."""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registry.users.models import User
from registry.users.selectors import agency_records_for
from registry.web.reviewer.scope import HR, unit_choices, unit_of, units_named, with_parents

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LONGEST: Final = 300  # characters of a name typed
SHOWN: Final = 25  # units that fit a name too short
_WITH_CODE: Final = re.compile(r"\(([^()\s]{1,60})\)$")


class UnitSearch(forms.TextInput):
    """A line to type a name in; below it the units that fit, when they are several. Works without a script.

    The line and the units are sent under one name; a unit that is chosen goes before what is typed.
    """

    input_type = "search"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.matches: Sequence[tuple[str, str]] = ()

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """What is chosen, else what is typed."""
        if not hasattr(data, "getlist"):
            return super().value_from_datadict(data, files, name)
        sent = [text for text in data.getlist(name) if text.strip()]
        return sent[-1] if sent else ""

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """Draw the line, and the units to choose from."""
        line = super().render(name, value, attrs, renderer)
        if not self.matches:
            return line
        choices = format_html_join(
            "",
            '<div class="form-check">'
            '<input class="form-check-input" type="radio" name="{}" value="{}" id="{}">'
            '<label class="form-check-label cd-break" for="{}">{}</label></div>',
            (
                (name, code, f"id_{name}_{number}", f"id_{name}_{number}", label)
                for number, (code, label) in enumerate(self.matches)
            ),
        )
        return format_html(
            '{}<div role="group" aria-label="{}" class="mt-2">{}</div>', line, _("Units that fit"), choices
        )


class UnitField(forms.ChoiceField):
    """The code of one unit of the officer's branches; "" where none is named and none is required.

    Call `offer` first. A unit's code, or its name with the code as this field itself shows it, means that
    unit; of words, each must begin a word of the unit's name, diacritics aside.
    """

    default_error_messages = {"required": _("Name the unit.")}

    def __init__(self, *, whole: "StrPromise | str" = "", **kwargs: Any) -> None:
        """`whole` is how the choice of no unit is called."""
        super().__init__(**kwargs)
        self._whole = whole
        self._user: User | None = None
        self._search: UnitSearch | None = None
        self._meant: dict[str, str] = {}  # what was typed → the code it means

    def offer(self, user: User, *, first: Iterable[tuple[str, str]] = (), sent: str = "") -> None:
        """Offer the units of this officer.

        Args:
            user: the officer.
            first: code and name of units to offer before all others.
            sent: a code that stands in the address already, be it one of the units of old.

        Raises:
            NotFoundError: where units are listed, `sent` is not the code of one of the officer's.
        """
        self._user = user
        leading = list(first)
        below = unit_choices(user)
        if below is None:
            self._search = self.widget = UnitSearch(
                {"class": "form-control", "maxlength": LONGEST, "autocomplete": "off", "spellcheck": "false"}
            )
            self.widget.is_required = self.required
            self._search.attrs["placeholder"] = self._whole or _("Part of the unit's name")
            self._search.matches = leading if len(leading) > 1 else ()
            self.initial = leading[0][0] if leading else None
            return
        named = unit_of(user, sent)
        choices = list(dict.fromkeys([*leading, *([(sent, named.name)] if named else []), *below]))
        self.choices = [("", self._whole), *choices] if self._whole else choices

    def prepare_value(self, value: Any) -> Any:
        """A code as a person reads it: the unit's name, and the code."""
        if self._search is None or self._user is None or not value:
            return value
        code = self._meant.get(str(value).strip(), str(value))
        return next((f"{name} ({code})" for code, name in _of_code(self._user, code)), value)

    def clean(self, value: Any) -> str:
        """Return the code.

        Raises:
            ValidationError: it is not in the list; no unit has such a name; several have, and are then there
                to choose from.
        """
        text = str(value or "").strip()[:LONGEST]
        if self._search is None or self._user is None or not text:
            return str(super().clean(text))
        coded = _WITH_CODE.search(text)
        matches = _of_code(self._user, coded[1] if coded else text) or units_named(self._user, text)
        if len(matches) == 1:
            self._meant = {text: matches[0][0]}
            return matches[0][0]
        if not matches:
            raise ValidationError(
                _("No unit of yours has a name with these words. Try fewer letters."), code="no_unit"
            )
        self._search.matches = with_parents(matches[:SHOWN])
        many = _("%(count)d units fit; these are the first. Choose one, or write more of the name.")
        few = _("%(count)d units fit. Choose one.")
        raise ValidationError(
            many if len(matches) > SHOWN else few, code="many_units", params={"count": len(matches)}
        )


def _of_code(user: User, code: str) -> list[tuple[str, str]]:
    """The officer's unit of this code, if there is one, as code and name."""
    if not code or "\0" in code:
        return []
    return list(agency_records_for(user, HR).filter(agency__code=code).values_list("agency__code", "name"))
