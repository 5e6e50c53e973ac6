"""How a login's branches stood when it last looked: what a page counts changes from."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from registry.users.models import LastLook, User


@transaction.atomic
def remember_look(*, numbers: dict[str, Any], by: User, seen: bool = False) -> None:
    """Remember how things stand, at a sign-in, or once the person says that they have seen it.

    A place in a book, as it were, and nobody else's concern: it leaves no event.

    Args:
        numbers: how the branches stand; counts, no names.
        by: who looks.
        seen: what was shown as changed is not to be shown again.
    """
    now = timezone.now()
    last = LastLook.objects.select_for_update().filter(user=by).first()
    if last is None or seen:
        before_at, before = now, numbers
    else:
        before_at, before = last.at, last.numbers
    LastLook.objects.update_or_create(
        user=by, defaults={"at": now, "numbers": numbers, "before_at": before_at, "before": before}
    )
