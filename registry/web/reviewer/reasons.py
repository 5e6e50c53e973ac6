"""Why a declaration goes back: a reason a field, with texts ready to take."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.web.forms import RegistryForm

_LONGEST = 1000

READY = {
    "link": _("The link leads to another page than your account. Open the account and copy its address."),
    "name_shown": _("The name shown is not your name as the staff list has it. Correct it on the account."),
    "photo": _("The photo does not show you clearly. Send the photo the account shows."),
    "agency_shown": _("The agency shown is not the one you belong to now. Correct it on the account."),
    "disclaimer": _(
        "Add to the account's introduction that it is personal and does not represent the agency."
    ),
    "opened_on": _("The day of opening cannot be right. Check it."),
    "whole": _("Please check the whole declaration against your account once more."),
}


class ReturnForm(RegistryForm):
    """What is to be corrected, by field; "whole" is the declaration as such."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    link = forms.CharField(label=_("Link"), required=False, max_length=_LONGEST)
    name_shown = forms.CharField(label=_("Name shown"), required=False, max_length=_LONGEST)
    photo = forms.CharField(label=_("Photo"), required=False, max_length=_LONGEST)
    agency_shown = forms.CharField(label=_("Agency shown"), required=False, max_length=_LONGEST)
    disclaimer = forms.CharField(label=_("Notice"), required=False, max_length=_LONGEST)
    opened_on = forms.CharField(label=_("Opened on"), required=False, max_length=_LONGEST)
    whole = forms.CharField(label=_("The declaration as a whole"), required=False, max_length=_LONGEST)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if name != "version":
                field.widget = forms.Textarea(attrs={"rows": 2, "class": "form-control"})

    def reasons(self) -> dict[str, str]:
        """The reasons as the service takes them."""
        return {
            "" if name == "whole" else name: text
            for name, text in self.cleaned_data.items()
            if name != "version" and text
        }

    def ready_fields(self) -> list[tuple[forms.BoundField, str]]:
        """Each field with its ready text, in the order of the declaration."""
        return [(self[name], str(text)) for name, text in READY.items()]
