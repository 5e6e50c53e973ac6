"""Choices of people a login comes back to. They are its own affair, and leave no event."""

import unicodedata
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from common.errors import RegistryError
from registry.users.models import SavedList, User
from registry.users.selectors import saved_list

MOST: Final = 30  # more is no list anybody chooses from
_LONGEST_NAME: Final = SavedList._meta.get_field("name").max_length or 0  # noqa: SLF001 - Django's documented API
_LONGEST_QUERY: Final = SavedList._meta.get_field("query").max_length or 0  # noqa: SLF001 - likewise


@transaction.atomic
def save_list(*, name: str, query: str, by: User) -> SavedList:
    """Keep a filter under a name.

    Args:
        name: what the person calls it; NFC, white space tidied.
        query: the filter as an address has it.
        by: whose it is.

    Raises:
        RegistryError: `name_missing`, `name_too_long`, `name_taken`, `query_too_long`, `too_many_lists`.
    """
    called = " ".join(unicodedata.normalize("NFC", name).split())
    if not called:
        raise RegistryError("name_missing", _("Give the list a name."), field="name")
    if len(called) > _LONGEST_NAME:
        raise RegistryError(
            "name_too_long",
            _("This is too long: at most %(longest)d characters.") % {"longest": _LONGEST_NAME},
            field="name",
        )
    if len(query) > _LONGEST_QUERY:
        raise RegistryError("query_too_long", _("This filter is too long to be kept. Shorten the search."))
    User.objects.select_for_update(no_key=True).get(pk=by.pk)  # two windows at once keep within the limit
    if SavedList.objects.filter(user=by).count() >= MOST:
        raise RegistryError(
            "too_many_lists",
            _("You have %(most)d saved lists already. Delete one first.") % {"most": MOST},
        )
    try:
        with transaction.atomic():
            return SavedList.objects.create(user=by, name=called, query=query)
    except IntegrityError as error:
        raise RegistryError(
            "name_taken",
            _("You have a list of this name already. Choose another name, or delete that list first."),
            field="name",
        ) from error


@transaction.atomic
def delete_list(*, public_id: UUID, by: User) -> str:
    """Forget a saved list; return its name. Nobody on it is touched.

    Raises:
        NotFoundError: none such, or somebody else's.
    """
    saved = saved_list(by, public_id)
    saved.delete()
    return saved.name
