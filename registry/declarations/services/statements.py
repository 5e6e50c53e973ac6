"""What a person typed about an account, made fit to be kept: composed, trimmed, bounded."""

import unicodedata
from typing import Any, cast

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import DeclaredFacts
from accounts.platforms import PLATFORMS, Link
from accounts.services import Statement
from common.errors import RegistryError
from registry.declarations import commitments

# Characters; a shown name of more is no name (platforms allow 30 to 100).
_LONGEST = {"name_shown": 200, "agency_shown": 300, "disclaimer": 2000}
_LONGEST_LINK = 2000
_LINE_BREAKS = frozenset("\n\r\t")


def tidy(statement: Statement) -> Statement:
    """The statement in NFC, without spaces around; names are otherwise never rewritten.

    Raises:
        RegistryError: `too_long`, `bad_characters`, `unknown_commitment`, `in_the_future`, with its field.
    """
    kept = cast("dict[str, Any]", dict(statement))
    for field, longest in _LONGEST.items():
        if field in kept:
            kept[field] = bounded(kept[field], field, longest)
    given = kept.get("commitments")
    if given is not None:
        if not set(given) <= set(commitments.CURRENT):
            raise RegistryError(
                "unknown_commitment", _("This commitment is not one of the form's."), field="commitments"
            )
        kept["commitments"] = sorted(set(given))
        kept["commitments_version"] = commitments.VERSION
    opened = kept.get("opened_on")
    if opened is not None and opened > timezone.localdate():
        raise RegistryError("in_the_future", _("This day is yet to come."), field="opened_on")
    return cast("Statement", kept)


def link_text(text: str, link: Link) -> str:
    """The link as pasted, or nothing where it holds a telephone number, which is never kept.

    Raises:
        RegistryError: `too_long`, `bad_characters`.
    """
    if any(identifier.kind == "phone" for identifier in link.identifiers):
        return ""
    return bounded(text, "link", _LONGEST_LINK)


def require_personal(link: Link) -> None:
    """Let pass a link to a place where a person may have an account.

    Raises:
        RegistryError: `not_a_persons`.
    """
    if not PLATFORMS[link.platform].personal:
        raise RegistryError(
            "not_a_persons", _("This is an agency's page, not a person's account."), field="link"
        )


def require_complete(facts: DeclaredFacts) -> None:
    """Let pass what a person can put forward under their own name.

    Whether it is in line with the rules is not asked here; HR and the rules see to that.

    Raises:
        RegistryError: `name_missing`, `commitments_missing`.
    """
    if not facts.name_shown:
        raise RegistryError(
            "name_missing", _("Write the name the account shows, exactly as it is shown."), field="name_shown"
        )
    if facts.commitments_version != commitments.VERSION or set(facts.commitments) != set(commitments.CURRENT):
        raise RegistryError(
            "commitments_missing", _("Read the commitments and agree to each of them."), field="commitments"
        )


def bounded(text: str, field: str, longest: int) -> str:
    """The text in NFC, without spaces around, of `longest` characters at most and storable.

    Raises:
        RegistryError: `too_long` (extra: longest), `bad_characters`.
    """
    composed = unicodedata.normalize("NFC", text).strip()
    if len(composed) > longest:
        raise RegistryError(
            "too_long",
            _("This is too long: at most %(longest)d characters.") % {"longest": longest},
            {"longest": longest},
            field=field,
        )
    if any(unicodedata.category(sign) in {"Cc", "Cs"} and sign not in _LINE_BREAKS for sign in composed):
        raise RegistryError(
            "bad_characters", _("This contains characters that cannot be kept. Type it again."), field=field
        )
    return composed
