"""The filter of the list, and what an export asks beside it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.platforms import PLATFORMS
from common.errors import RegistryError
from registry.exports.models import Format
from registry.exports.selectors import STATES, SUBJECTS, instant_of, read_day
from registry.findings.selectors import ComplianceFilter
from registry.rules.catalogue import catalogue
from registry.users.models import User
from registry.web.auditor.scope import unit_choices, unit_of
from registry.web.forms import RegistryForm

if TYPE_CHECKING:
    from accounts.models import AgencyRecord


class DayField(forms.CharField):
    """A day that has come, as 30/06/2026 or 2026-06-30; "" is today."""

    # The browser's calendar writes days as the browser's own language does; people here write them one way.
    widget = forms.TextInput(
        attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric", "autocomplete": "off"}
    )

    def clean(self, value: Any) -> date | None:
        """Read the day; raises ValidationError with the register's own words."""
        text = super().clean(value)
        if not text:
            return None
        try:
            day = read_day(text)
            instant_of(day)
        except RegistryError as error:
            raise ValidationError(str(error.message), code=error.code) from None
        return day


class UnitForm(RegistryForm):
    """A form that asks for one of the auditor's units; "" is all of them."""

    agency = forms.CharField(label=_("Unit"), required=False, max_length=60)

    def __init__(self, user: User, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.user = user
        self.unit: AgencyRecord | None = None
        choices = unit_choices(user)
        if choices:
            self.fields["agency"].widget = forms.Select(
                choices=[("", _("All my units")), *choices], attrs={"class": "form-select"}
            )
        else:
            self.fields["agency"].help_text = _("The unit's code.")

    def clean_agency(self) -> str:
        """Find the unit; a foreign one is not there (NotFoundError)."""
        code = str(self.cleaned_data["agency"])
        self.unit = unit_of(self.user, code)
        return code

    def _offer(self, name: str, choices: list[tuple[str, Any]], everything: Any) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", everything), *choices]

    def _need_unit(self, message: Any) -> None:
        """Let no address or form leave the unit out."""
        self.fields["agency"].required = True
        self.fields["agency"].error_messages["required"] = message
        widget = self.fields["agency"].widget
        if isinstance(widget, forms.Select):
            widget.choices = [("", _("Choose a unit")), *unit_choices(self.user)]


class ListFilter(UnitForm):
    """What of the compliance list is wanted. Every field may be empty; all stand in the address."""

    rule = forms.ChoiceField(label=_("Rule"), required=False)
    subject = forms.ChoiceField(label=_("About"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    platform = forms.ChoiceField(label=_("Platform"), required=False)
    staff_code = forms.CharField(label=_("Staff code"), required=False, max_length=60)
    as_of = DayField(label=_("As of the end of"), required=False)

    def __init__(self, user: User, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(user, data, **kwargs)
        self._offer(
            "rule", [(rule.code, f"{rule.code} · {rule.title}") for rule in catalogue()], _("All rules")
        )
        self._offer("subject", [(code, subject.label) for code, subject in SUBJECTS.items()], _("All"))
        self._offer("state", list(STATES.items()), _("All states"))
        self._offer(
            "platform",
            [(platform.code, str(platform.name)) for platform in PLATFORMS.values()],
            _("All platforms"),
        )

    @property
    def wanted(self) -> ComplianceFilter:
        """The filter as the list takes it."""
        said = self.cleaned_data
        return ComplianceFilter(
            rules=(said["rule"],) if said["rule"] else (),
            states=(said["state"],) if said["state"] else (),
            subjects=(SUBJECTS[said["subject"]],) if said["subject"] else (),
            platform=said["platform"],
            staff_code=said["staff_code"],
        )

    @property
    def at(self) -> datetime:
        """The instant the list is read at."""
        return instant_of(self.cleaned_data["as_of"])

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the day is asked for."""
        return any(self.cleaned_data[name] for name in self.fields if name != "as_of")


class ExportForm(ListFilter):
    """The same filter with a unit, which an export must name, and the format."""

    format = forms.ChoiceField(
        label=_("Format"), choices=Format.choices, initial=Format.XLSX, widget=forms.RadioSelect
    )

    def __init__(self, user: User, data: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(user, data, **kwargs)
        self._need_unit(_("Choose the unit whose list you want."))
