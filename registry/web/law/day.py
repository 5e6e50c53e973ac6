"""The day a page of the law speaks of: any day, past or to come; today where none is given."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from common.errors import RegistryError
from registry.exports.selectors import read_day
from registry.web.forms import RegistryForm


class AnyDayField(forms.CharField):
    """A day as 30/06/2026 or 2026-06-30; "" is today. Law has a future, so the day may be yet to come."""

    widget = forms.TextInput(
        attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
    )

    def clean(self, value: Any) -> date | None:
        """Read the day; raises ValidationError with the register's own words."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_day(text)
        except RegistryError as error:
            raise ValidationError(str(error.message), code=error.code) from None


class DayForm(RegistryForm):
    """On which day."""

    on = AnyDayField(label=_("On the day"), required=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """The day asked for, and the form it was asked with."""

    on: date
    form: DayForm
    given: bool

    @property
    def status(self) -> int:
        """The HTTP status of the page: 422 where the day cannot be read."""
        return 200 if self.form.is_valid() else 422


def asked(request: HttpRequest) -> Asked:
    """The day in the address; today where there is none, or none that can be read."""
    form = DayForm(request.GET)
    day: date | None = form.cleaned_data["on"] if form.is_valid() else None
    return Asked(day or timezone.localdate(), form, day is not None)
