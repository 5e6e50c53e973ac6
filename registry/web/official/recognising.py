"""What is read in a link, by what the register will know the account, and whether it was met before."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from accounts.models import DeclaredFacts
from accounts.platforms import PLATFORMS, Link, base
from accounts.services import find_account
from registry.declarations.models import Declaration
from registry.declarations.selectors import own_declarations, own_entries
from registry.declarations.states import OPEN
from registry.users.models import User
from registry.web.forms import RegistryForm
from registry.web.identifiers import kind_words
from registry.web.official.wording import FIELD_LABELS

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Read:
    """A link in words: the platform, its name there, and what the register keys on."""

    platform: "str | StrPromise"
    shown: str
    url: str
    keys: list[tuple[str, str]]  # what it is, what it says
    by: str  # permanent, telephone or name: how far that can be relied on


def read_in(link: Link) -> Read:
    """What the register reads in a link."""
    kinds = {one.kind for one in link.identifiers}
    by = "name"
    if base.PERMANENT_ID in kinds:
        by = "permanent"
    elif base.PHONE in kinds:
        by = "telephone"
    elif base.HOST in kinds:
        by = "host"
    return Read(
        PLATFORMS[link.platform].name,
        link.identifiers[0].shown,
        link.url if link.url.startswith("https://") else "",
        [(kind_words(one.kind), one.shown) for one in link.identifiers],
        by,
    )


@dataclass(frozen=True, slots=True)
class Met:
    """Why a link need not be declared again, and where to go instead."""

    words: str
    url: str
    verb: str


def met_already(user: User, link: Link, *, but: Declaration | None = None) -> Met | None:
    """Whether the person has registered the account, or is declaring it; what others hold is not told."""
    account = find_account(link)
    if account is None:
        return None
    others = [row for row in own_declarations(user).filter(state__in=OPEN) if but is None or row.pk != but.pk]
    waiting = next((row for row in others if account.pk in {row.account_id, row.written.account_id}), None)
    if waiting is not None:
        return Met(
            _("A declaration of this account is already under way. Go on with that one."),
            reverse("official:declaration", args=[waiting.public_id]),
            _("Open the declaration that is under way"),
        )
    stands = but is None and own_entries(user).filter(account=account).first()
    if stands:
        return Met(
            _("This account is registered for you already. Confirm it, or propose a change of it."),
            reverse("official:account", args=[stands.account.public_id]),
            _("Open the account"),
        )
    return None


def answers_differ(form: RegistryForm, facts: DeclaredFacts) -> "list[tuple[str | StrPromise, str]]":
    """Where what was saved elsewhere is not what is typed here: label of the field, what was saved."""
    found = []
    for name in ("name_shown", "agency_shown", "disclaimer", "opened_on"):
        saved = getattr(facts, name)
        if name == "opened_on":
            saved = formats.date_format(saved, "SHORT_DATE_FORMAT") if saved else ""
        if saved != form.data.get(name, "").replace("\r\n", "\n").strip():
            found.append((FIELD_LABELS[name], saved or "—"))
    return found
