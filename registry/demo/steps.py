"""What a long command is doing and how long each part took, told as it goes."""

import time
from collections.abc import Callable
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

_WIDTH = 30


class Steps:
    """Call it with what is done next; `end` closes the last step."""

    def __init__(self, say: Callable[[str], object], *, bar: Any = None) -> None:
        self._say, self._bar = say, bar
        self._began = self._step_began = time.monotonic()
        self._doing: Promise | str = ""

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return time.monotonic() - self._began

    def __call__(self, doing: Promise | str) -> None:
        """End the step before, and begin this one."""
        now = time.monotonic()
        if self._doing:
            self._wipe()
            self._say(
                _("%(seconds)7.1f s  %(what)s") % {"seconds": now - self._step_began, "what": self._doing}
            )
        self._doing, self._step_began = doing, now

    def end(self) -> None:
        """Say how long the last step took."""
        self("")

    def progress(self, done: int, of: int) -> None:
        """How far the step is: a bar, where somebody watches."""
        if self._bar is not None:
            filled = _WIDTH * done // max(of, 1)
            self._bar.write(f"\r{'█' * filled}{'·' * (_WIDTH - filled)} {done:>9,} ")
            self._bar.flush()

    def _wipe(self) -> None:
        if self._bar is not None:
            self._bar.write("\r" + " " * (_WIDTH + 12) + "\r")
            self._bar.flush()
