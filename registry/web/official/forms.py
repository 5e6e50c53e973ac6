"""What an employee fills in."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.platforms import PLATFORMS, Link, recognise
from common.errors import RegistryError
from registry.declarations.commitments import CURRENT
from registry.web.forms import OneFileField, RegistryForm

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _platforms() -> "list[tuple[str, str | StrPromise]]":
    own = [(code, each.name) for code, each in PLATFORMS.items() if each.personal and each.supported]
    return [("", _("The link says which")), *own]


class LinkForm(RegistryForm):
    """The link as pasted; the platform only for a bare name."""

    link = forms.CharField(
        label=_("Link to the account"),
        error_messages={"required": _("Paste the link to the account.")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "inputmode": "url"}
        ),
    )
    platform = forms.ChoiceField(
        label=_("Platform"),
        required=False,
        choices=_platforms,
        error_messages={"invalid_choice": _("Choose a platform from the list.")},
    )

    found: Link

    def clean(self) -> dict[str, Any]:
        """Read the link, or say precisely why not."""
        data = super().clean() or self.cleaned_data
        if "link" in data and "platform" in data:
            try:
                self.found = recognise(data["link"], platform=data["platform"])
            except RegistryError as error:
                self.refuse(error)
        return data


class DetailsForm(RegistryForm):
    """What the account shows."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    name_shown = forms.CharField(label=_("Name the account shows"), required=False)
    photo = OneFileField(label=_("Profile photo"), required=False)
    remove_photo = forms.BooleanField(label=_("Take the photo out"), required=False)
    agency_shown = forms.CharField(label=_("Workplace the account shows"), required=False)
    disclaimer = forms.CharField(
        label=_("Notice that the account is personal"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    opened_on = forms.DateField(
        label=_("Opened on"),
        required=False,
        widget=forms.DateInput(attrs={"placeholder": "dd/mm/yyyy", "inputmode": "numeric"}),
        error_messages={"invalid": _("Write the day as day/month/year, for example 25/03/2019.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["photo"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp,image/heic,image/heif"


class CheckForm(RegistryForm):
    """The commitments, each agreed to by itself."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    commitments = forms.MultipleChoiceField(
        label=_("I commit myself"),
        required=False,
        choices=lambda: list(CURRENT.items()),
        widget=forms.CheckboxSelectMultiple,
    )
