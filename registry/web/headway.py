"""How far a worker has come, in words: also that none has it, or that it broke off."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils import formats, timezone
from django.utils.translation import gettext as _

_PATIENCE: Final = timedelta(minutes=1)  # by then a worker that is there has taken it up


@dataclass(frozen=True, slots=True)
class Progress:
    """Drawn by `web/_progress.html`.

    Args:
        what: is being done.
        rows: how many are.
        percent: of the whole, None while that is not known.
        who: is at it.
    """

    what: str
    rows: int
    percent: int | None
    who: str


def who_is_at_it(*, alive: bool, attempts: int, since: datetime) -> str:
    """Whether a worker is at a work, in words.

    Args:
        alive: one is now.
        attempts: how many began.
        since: when it was asked for.
    """
    if alive:
        return _("A worker is at it.")
    if attempts:
        return _("The worker broke off. Another one takes over within a minute or two; nothing is lost.")
    if timezone.now() - since < _PATIENCE:
        return _("It waits for a worker.")
    when = formats.date_format(timezone.localtime(since), "DATETIME_FORMAT")
    return _(
        "No worker has taken it up since %(when)s. It stays in line; if this lasts, tell your administrator."
    ) % {"when": when}
