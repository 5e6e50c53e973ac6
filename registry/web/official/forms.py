"""What an employee fills in."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Photo
from accounts.photos import PhotoLimits
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

    commitments = forms.MultipleChoiceField(
        label=_("I commit myself"),
        required=False,
        choices=lambda: list(CURRENT.items()),
        widget=forms.CheckboxSelectMultiple,
    )


class PartForm(RegistryForm):
    """A square part of a photo, in pixels of the photo as it is kept."""

    left = forms.IntegerField(label=_("From the left"), min_value=0)
    top = forms.IntegerField(label=_("From the top"), min_value=0)
    side = forms.IntegerField(label=_("Side of the square"))

    def __init__(self, *args: Any, photo: Photo, **kwargs: Any) -> None:
        kwargs["initial"] = self.widest(photo)
        super().__init__(*args, **kwargs)
        self._photo = photo
        smallest, widest = PhotoLimits().min_side, min(photo.width, photo.height)
        self.fields["left"].widget.attrs |= {"max": photo.width - smallest, "step": 10}
        self.fields["top"].widget.attrs |= {"max": photo.height - smallest, "step": 10}
        self.fields["side"].widget.attrs |= {"min": smallest, "max": widest, "step": 10}
        for field in self.fields.values():
            field.error_messages |= {
                "required": _("Write a number of pixels."),
                "invalid": _("Write a number."),
            }

    @staticmethod
    def widest(photo: Photo) -> dict[str, int]:
        """The widest square in the middle: where a frame begins."""
        side = min(photo.width, photo.height)
        return {"left": (photo.width - side) // 2, "top": (photo.height - side) // 2, "side": side}

    @property
    def frame(self) -> dict[str, int]:
        """The frame to show: what was asked for, as far as the photo has it."""
        asked = self.cleaned_data if self.is_bound and self.is_valid() else self.widest(self._photo)
        return self.fit(asked)

    def fit(self, asked: dict[str, int]) -> dict[str, int]:
        """A frame moved and bounded so that it lies within the photo."""
        widest = min(self._photo.width, self._photo.height)
        side = max(min(asked["side"], widest), min(PhotoLimits().min_side, widest))
        return {
            "left": max(0, min(asked["left"], self._photo.width - side)),
            "top": max(0, min(asked["top"], self._photo.height - side)),
            "side": side,
        }
