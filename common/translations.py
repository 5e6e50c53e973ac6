"""Translations remembered while one language is spoken: a million lines say the same few sentences.

Django asks for the thread's language at each message, which costs more than the sentence around it.
"""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.utils import translation

_MANY = 10_000  # a memory is bounded, whatever comes by

_said: ContextVar[dict[Hashable, str] | None] = ContextVar("said", default=None)


@contextmanager
def one_language() -> Iterator[None]:
    """Remember, until the end of the block, what was translated: the language must stay the same in it."""
    token = _said.set({})
    try:
        yield
    finally:
        _said.reset(token)


def gettext(message: str) -> str:
    """The message in the active language."""
    said = _said.get()
    if said is None:
        return translation.gettext(message)
    known = said.get(message)
    if known is None:
        known = said[message] = translation.gettext(message)
    return known


def once(key: Hashable, make: Callable[[], object]) -> str:
    """What `make` gives in the active language, as text; made once in a block for all that share a key."""
    said = _said.get()
    if said is None:
        return str(make())
    known = said.get(key)
    if known is None:
        if len(said) > _MANY:
            said.clear()
        known = said[key] = str(make())
    return known
