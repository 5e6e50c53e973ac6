"""By what the register knows an account, and the form for its permanent id, of the person and of HR."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.comparison.identifiers import HANDLES
from accounts.platforms import PLATFORMS, LinkError, base, recognise
from registry.declarations.states import Kind
from registry.web.forms import RegistryForm
from registry.web.showing import identifiers_of

if TYPE_CHECKING:
    from datetime import datetime

    from django_stubs_ext import StrPromise

    from accounts.models import Account
    from accounts.platforms import Identifier, Link
    from common.errors import RegistryError
    from registry.declarations.models import Correction, Declaration

_KINDS: dict[str, StrPromise | str] = {
    base.HANDLE: _("Name in the address"),
    base.VANITY: _("Name in the address"),
    base.SLUG: _("Name in the address"),
    base.C_NAME: _("Older name in the address"),
    base.USER_NAME: _("Older name in the address"),
    base.PERMANENT_ID: _("Permanent id"),
    base.PHONE: _("Telephone number, kept sealed"),
    base.HOST: _("Website"),
}


@dataclass(frozen=True, slots=True)
class KnownBy:
    """One thing the register knows an account by."""

    pk: int
    words: str
    shown: str
    url: str
    since: datetime
    is_permanent: bool


def kind_words(kind: str) -> str:
    """What a kind of identifier is called."""
    return str(_KINDS.get(kind, kind))


def known_by(account: Account) -> list[KnownBy]:
    """All the register knows an account by now, oldest first."""
    return [
        KnownBy(
            row.pk,
            kind_words(row.kind),
            row.shown,
            row.url if row.url.startswith("https://") else "",
            row.recorded_from,
            row.kind == base.PERMANENT_ID,
        )
        for row in identifiers_of(account)
    ]


def where_permanent(account: Account) -> StrPromise | str:
    """Where the permanent id of an account is found; "" where no link to such an account states one."""
    known = PLATFORMS.get(account.platform)
    by_telephone = any(row.kind == base.PHONE for row in identifiers_of(account))
    return known.permanent if known and not by_telephone else ""


def lacks_permanent(account: Account) -> bool:
    """Tell whether a permanent id could be recorded and none is."""
    return bool(where_permanent(account)) and not any(each.is_permanent for each in known_by(account))


def stated_in(declaration: Declaration | Correction) -> Link | None:
    """What a declaration of a permanent id states; None for one of another kind."""
    if declaration.kind != Kind.IDENTIFY:
        return None
    try:
        return recognise(declaration.link_text, platform=declaration.account.platform)
    except LinkError:  # the platform's rules have changed since it was stated
        return None


class _StatedForm(RegistryForm):
    """What an account is known by, as pasted: shown back first, and recorded when it is confirmed."""

    confirmed = forms.BooleanField(required=False, widget=forms.HiddenInput)

    found: Link

    def __init__(self, *args: Any, account: Account, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._account = account
        self.waiting = ""  # the declaration that stands in the way

    def clean(self) -> dict[str, Any]:
        """Read what was pasted as of the account's platform, or say precisely why not."""
        data = super().clean() or self.cleaned_data
        if "link" in data:
            try:
                self.found = recognise(data["link"], platform=self._account.platform)
            except LinkError as error:
                if error.code == "wrong_platform":
                    self.add_error("link", _("This link is of another platform."))
                else:
                    self.refuse(error)
        return data

    def refuse(self, error: RegistryError) -> None:
        """Put a refusal beside its field, and keep what it points to."""
        super().refuse(error)
        self.waiting = error.extra.get("declaration", "")

    def _read(self) -> Link | None:
        return self.found if self.is_bound and self.is_valid() else None


def _pasted(label: StrPromise, empty: StrPromise) -> forms.CharField:
    typed = forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"})
    return forms.CharField(label=label, error_messages={"required": empty}, widget=typed)


class PermanentIdForm(_StatedForm):
    """The permanent id of an account."""

    link = _pasted(_("Link that states the permanent id, or the id itself"), _("Paste the link, or the id."))

    @property
    def stated(self) -> Identifier | None:
        """The permanent id that was pasted, to be confirmed; None while there is none to confirm."""
        link = self._read()
        return link.permanent if link else None


class HandleForm(_StatedForm):
    """The name that the address of an account bears now."""

    link = _pasted(_("The account's address as it is now"), _("Paste the address."))

    def clean(self) -> dict[str, Any]:
        """Read what was pasted; a link to the bare id bears no name."""
        data = super().clean()
        if "link" not in self.errors and "link" in data and self._named(self.found) is None:
            self.add_error("link", _("This link states no handle."))
        return data

    @property
    def stated(self) -> Identifier | None:
        """The name in the address that was pasted, to be confirmed; None while there is none to confirm."""
        link = self._read()
        return self._named(link) if link else None

    @staticmethod
    def _named(link: Link) -> Identifier | None:
        return next((one for one in link.identifiers if one.kind in HANDLES), None)
