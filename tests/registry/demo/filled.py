"""A register filled once for a module, and emptied again: a transaction around all its tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction


@contextmanager
def filled(blocker: Any, fill: Callable[[], object]) -> Iterator[None]:
    """Fill the database for what follows; tests in it have transactions of their own inside."""
    with blocker.unblock(), transaction.atomic():
        fill()
        try:
            yield
        finally:
            transaction.set_rollback(True)
