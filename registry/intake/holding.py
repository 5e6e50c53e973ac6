"""The kind of work imports are, for `common.holding`."""

from typing import Final

LOCK: Final = 7306
