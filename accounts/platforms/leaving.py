"""The pages by which platforms let people go: a link copied out of one of their apps leads through these."""

from collections.abc import Mapping, Sequence
from typing import Final

# host, path, the parameter that holds the address
_DOORS: Final = {
    ("l.facebook.com", "/l.php"): "u",
    ("lm.facebook.com", "/l.php"): "u",
    ("l.instagram.com", "/"): "u",
    ("www.youtube.com", "/redirect"): "q",
    ("www.linkedin.com", "/redir/redirect"): "url",
}


def is_door(host: str, path: str) -> bool:
    """Whether an address is one of these pages: its host in small letters, its path from the first slash."""
    return (host, path) in _DOORS


def leads_to(host: str, path: str, query: Mapping[str, Sequence[str]]) -> str:
    """The address such a page lets go to; "" where it says none, or more than one."""
    held = query.get(_DOORS[host, path], ())
    return held[0] if len(held) == 1 and held[0].startswith(("https://", "http://")) else ""
