"""When the interpreter looks for objects that hold each other: not in the midst of work by the batch."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collection() -> Iterator[None]:
    """Rows hold no circles: looking for some among all that is in memory is a good part of a batch."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
