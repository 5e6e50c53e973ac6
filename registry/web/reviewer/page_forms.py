"""What an officer fills in about a page of the agency's own."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from accounts.models import AgencyRecord, Badge, BadgeFrom, DeclaredFacts, PageFacts, Photo, ResponsibleRole
from accounts.official_contacts import phone_as_read
from accounts.photos import PhotoError, PhotoLimits, RedrawnPhoto, redraw
from accounts.platforms import PLATFORMS, Link, recognise
from accounts.services import PageStatement
from common.errors import RegistryError
from registry.declarations.page_selectors import administrators_of
from registry.declarations.services import PageSaid, page_refusals
from registry.users.models import User
from registry.web.forms import OneFileField, RegistryForm
from registry.web.reviewer.people import PersonField
from registry.web.reviewer.units import UnitField

_LINES: Final = 4  # lines for administrators, at least
_STATED: Final = (
    "decision_number", "decision_on", "responsible", "responsible_role", "authorised_number",
    "authorised_on", "contact_phone", "contact_email", "badge", "badge_from", "badge_evidence",
    "badge_seen_on", "portal_url", "data_notice", "feedback",
)  # fmt: skip
_LINK_ATTRS: Final = {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}


class PageOwnerForm(RegistryForm):
    """Whose page it is to be: asked first, because the rest depends on it."""

    agency = UnitField(label=_("Whose page it is"))

    def __init__(self, data: Any, *, user: User, own: list[AgencyRecord]) -> None:
        super().__init__(data or None)
        agency = self.fields["agency"]
        assert isinstance(agency, UnitField)  # noqa: S101 - declared so above; mypy does not know
        agency.offer(user, first=[(each.agency.code, each.name) for each in own])


class PageLinkForm(PageOwnerForm):
    """Which page, and whose."""

    link = forms.CharField(
        label=_("Link to the page"),
        max_length=2000,
        error_messages={"required": _("Paste the link to the page.")},
        widget=forms.TextInput(attrs=_LINK_ATTRS | {"inputmode": "url"}),
    )

    found: Link

    def clean(self) -> dict[str, Any]:
        """Read the link, or say precisely why not."""
        data = super().clean() or self.cleaned_data
        if "link" in data:
            try:
                self.found = recognise(data["link"])
            except RegistryError as error:
                self.refuse(error)
            else:
                if not PLATFORMS[self.found.platform].agency:
                    self.add_error("link", _("No agency can have a page on this platform."))
        return data


class PageForm(RegistryForm):
    """All that is said of a page; what is left empty becomes a finding."""

    name_shown = forms.CharField(label=_("Name the page shows"), max_length=200)
    permanent_link = forms.CharField(
        label=_("Link with the page's permanent id"),
        max_length=2000,
        required=False,
        widget=forms.TextInput(attrs=_LINK_ATTRS | {"inputmode": "url"}),
    )
    decision_number = forms.CharField(
        label=_("Number of the decision that permits it"), max_length=120, required=False
    )
    decision_on = forms.DateField(label=_("Date of that decision"), required=False)
    responsible = PersonField(label=_("Who answers for the page"))
    responsible_role = forms.ChoiceField(
        label=_("As what"), required=False, choices=lambda: [("", "—"), *ResponsibleRole.choices]
    )
    authorised_number = forms.CharField(
        label=_("Number of the document that authorises the spokesperson"), max_length=120, required=False
    )
    authorised_on = forms.DateField(label=_("Date of that document"), required=False)
    contact_phone = forms.CharField(label=_("Telephone for citizens"), max_length=40, required=False)
    contact_email = forms.CharField(label=_("E-mail for citizens"), max_length=254, required=False)
    portal_url = forms.CharField(
        label=_("Address on the portal that lists the page"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=_LINK_ATTRS | {"inputmode": "url"}),
    )
    badge = forms.ChoiceField(
        label=_("Badge beside the name"),
        required=False,
        choices=lambda: [("", _("Nobody looked yet")), *Badge.choices],
    )
    badge_from = forms.ChoiceField(
        label=_("How it was got"), required=False, choices=lambda: [("", "—"), *BadgeFrom.choices]
    )
    badge_evidence = forms.CharField(
        label=_("By what that was seen"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    badge_picture = OneFileField(label=_("Picture of the badge"), required=False)
    remove_badge_picture = forms.BooleanField(label=_("Take the picture out"), required=False)
    badge_seen_on = forms.DateField(label=_("Looked at on"), required=False)
    data_notice = forms.CharField(
        label=_("Notice on citizens' data"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    feedback = forms.CharField(
        label=_("Where citizens send remarks"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)  # of a declaration corrected

    def __init__(
        self,
        data: Any,
        files: Any,
        *,
        user: User,
        agency: AgencyRecord,
        picture: Photo | None = None,
        **kwargs: Any,
    ) -> None:
        self.picture = picture  # kept with what was said before
        self.agency = agency
        initial = kwargs.get("initial") or {}
        held = [name for name in initial if name.startswith("administrator_")]
        super().__init__(data, files, **kwargs)
        self.fields["badge_picture"].widget.attrs["accept"] = "image/jpeg,image/png,image/webp,image/heic"
        for number in range(1, max(_LINES, len(held) + 1) + 1):
            line = PersonField(label=_("Administrator"))
            line.widget.attrs["class"] = "form-control"
            self.fields[f"administrator_{number}"] = line
        for field in self.fields.values():
            if isinstance(field, PersonField):
                field.offer(user, agency)

    def administrators(self) -> Iterator[BoundField]:
        """The lines for administrators."""
        return (self[name] for name in self.fields if name.startswith("administrator_"))

    def redrawn(self) -> RedrawnPhoto | None:
        """The picture that was sent, drawn afresh; None where none was.

        Raises:
            RegistryError: it is none that can be read, at its field.
        """
        sent = self.cleaned_data.get("badge_picture")
        try:
            return None if sent is None else redraw(sent.read(PhotoLimits().file_bytes + 1))
        except PhotoError as error:
            raise RegistryError(error.code, error.message, error.extra, field="badge_picture") from error

    def said(self, picture: Photo | None) -> PageSaid:
        """What the form says, with the picture just kept; without one the one before stays."""
        data = self.cleaned_data
        named = [data.get(name) for name in self.fields if name.startswith("administrator_")]
        before = None if data.get("remove_badge_picture") else self.picture
        statement: Mapping[str, Any] = {name: data.get(name) for name in _STATED} | {
            "badge_photo": picture or before
        }
        return PageSaid(
            data.get("name_shown", ""),
            [each for each in named if each is not None],
            PageStatement(**statement),  # type: ignore[typeddict-item]  # the names are its own
        )

    def clean(self) -> dict[str, Any]:
        """Say all at once for which what is filled in would be refused."""
        data = super().clean() or self.cleaned_data
        for error in page_refusals(self.said(None), agency=self.agency.agency):
            if error.field not in self.errors:  # what is no date at all is no day to come either
                self.refuse(error)
        return data

    def refuse(self, error: RegistryError) -> None:
        """Put a refusal at its field; one about administrators at the first line of them."""
        if error.field == "administrators":
            self.add_error("administrator_1", str(error.message))
            return
        super().refuse(error)


def initial_of(facts: DeclaredFacts) -> dict[str, Any]:
    """A form filled with what was said."""
    page: PageFacts | None = getattr(facts, "page", None)
    stated = {name: getattr(page, name) for name in _STATED} if page else {}
    if stated.get("contact_phone"):
        stated["contact_phone"] = phone_as_read(stated["contact_phone"])
    people = {f"administrator_{at}": each for at, each in enumerate(administrators_of(facts), start=1)}
    return {"name_shown": facts.name_shown} | stated | people


def picture_of(facts: DeclaredFacts | None) -> Photo | None:
    """The picture of the badge kept with what was said."""
    page: PageFacts | None = getattr(facts, "page", None) if facts else None
    return page.badge_photo if page else None
