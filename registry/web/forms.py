"""How forms look and how a refusal finds its field."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile
    from django.http import HttpRequest

    from common.errors import RegistryError

_CLASSES: dict[str, str] = {
    "checkbox": "form-check-input",
    "radio": "form-check-input",
    "select": "form-select",
}


def posted(request: HttpRequest) -> dict[str, Any]:
    """What a form is made from: `Form(**posted(request))`; bound by every POST, be it empty."""
    return {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}


class RegistryForm(forms.Form):
    """A form in the design. Draw each field with `<c-field :field="form.name" />`.

    The server checks everything and says all at once, so the browser's own bubbles are left out: write
    `<form novalidate>`.
    """

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            kind = getattr(field.widget, "input_type", "")
            css = _CLASSES.get(kind, "form-control")
            if self.is_bound:
                field.widget.attrs.pop("autofocus", None)  # a refused form begins at its reasons
            field.widget.attrs["class"] = f"{field.widget.attrs.get('class', '')} {css}".strip()

    def refuse(self, error: RegistryError) -> None:
        """Put a service's refusal where the person can mend it: at its field, else above the form."""
        field = error.field if error.field in self.fields else None
        self.add_error(field, str(error.message))


class VersionForm(RegistryForm):
    """The version of a declaration the person looked at, for what they decide on it."""

    version = forms.IntegerField(widget=forms.HiddenInput)


def seen_version(request: HttpRequest) -> int:
    """The version a posted form was made from; 0, which none is, where it says none."""
    form = VersionForm(request.POST)
    return form.cleaned_data["version"] if form.is_valid() else 0


class OneFileField(forms.FileField):
    """Exactly one file: two sent under one name are refused, not silently one of them taken."""

    default_error_messages = {
        "several": _("Several files arrived at once. Choose one file."),
        "empty": _("The file is empty. Choose another one."),
        "invalid": _("No file arrived. Choose it again."),
        "missing": _("No file arrived. Choose it again."),
        "required": _("Choose a file."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", _Files())
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> UploadedFile[Any] | None:
        """Return the one file, or None; raises ValidationError."""
        files = data if isinstance(data, list) else [data] if data else []
        if len(files) > 1:
            raise forms.ValidationError(self.error_messages["several"], code="several")
        cleaned: UploadedFile[Any] | None = super().clean(files[0] if files else None, initial)
        return cleaned


class _Files(forms.FileInput):
    """Reads every file sent under the name, so that the field can refuse a second one."""

    def value_from_datadict(self, _data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)
