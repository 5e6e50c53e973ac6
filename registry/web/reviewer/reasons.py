"""Why a declaration goes back: a reason a field, with texts ready to tick and room for one's own words."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.web.forms import VersionForm

_LONGEST = 1000

# By field, in the order of the declaration; "whole" is the declaration as such.
_LABELS = {
    "link": _("Link"),
    "name_shown": _("Name shown"),
    "photo": _("Photo"),
    "agency_shown": _("Agency shown"),
    "disclaimer": _("Notice"),
    "opened_on": _("Opened on"),
    "whole": _("The declaration as a whole"),
}
READY = {
    "link": (
        _("The link leads to another page than your account. Open the account and copy its address."),
        _("The link cannot be opened. Copy the address again from the account's own page."),
    ),
    "name_shown": (
        _("The name shown is not your name as the staff list has it. Correct it on the account."),
        _("Write the name exactly as the account shows it, with its diacritics."),
    ),
    "photo": (
        _("The photo does not show you clearly. Send the photo the account shows."),
        _("No photo was sent. Send the photo the account shows."),
        _("The photo shows other people too. Use one of yourself alone."),
    ),
    "agency_shown": (
        _("The agency shown is not the one you belong to now. Correct it on the account."),
        _("Write the full name of the agency as the decision that set it up has it."),
        _("Your service does not allow an account to name the unit. Take it off the account."),
    ),
    "disclaimer": (
        _("Add to the account's introduction that it is personal and does not represent the agency."),
        _("Copy the notice exactly as the account shows it."),
    ),
    "opened_on": (_("The day of opening cannot be right. Check it."),),
    "whole": (
        _("Please check the whole declaration against your account once more."),
        _("This account is registered for you already. Withdraw this declaration if nothing has changed."),
    ),
}


class ReturnForm(VersionForm):
    """What is to be corrected, by field: ready texts that are ticked, and what the officer writes."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for part, texts in READY.items():
            self.fields[f"{part}_ready"] = forms.MultipleChoiceField(
                label=_LABELS[part],
                required=False,
                choices=[(str(number), text) for number, text in enumerate(texts)],
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
            )
            self.fields[part] = forms.CharField(
                label=format_lazy(_("{part}: in your own words"), part=_LABELS[part]),
                required=False,
                max_length=_LONGEST,
                widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
            )

    def reasons(self) -> dict[str, str]:
        """The reasons as the service takes them: of a field the ticked texts, then the officer's own."""
        said = self.cleaned_data
        found = {}
        for part, texts in READY.items():
            ticked = [str(texts[int(number)]) for number in said[f"{part}_ready"]]
            words = "\n".join(filter(None, [*ticked, said[part].strip()]))
            if words:
                found["" if part == "whole" else part] = words
        return found

    def parts(self) -> list[tuple[str, forms.BoundField, forms.BoundField]]:
        """Each field with its ready texts and its own words, in the order of the declaration."""
        return [(part, self[f"{part}_ready"], self[part]) for part in READY]
