"""Text as people paste it, made comparable: NFC, plain spaces, no invisible characters.

Letters are never rewritten: a name keeps its own spelling, tone marks and capitals.
"""

import re
import unicodedata
from functools import lru_cache

# What a careful look would not show: soft hyphen, zero-width marks, directional marks, byte-order marks.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")
_SPACES = re.compile(r"\s+")
# Anything that makes the slow path necessary; the common clean cell costs one search.
_UNTIDY = re.compile(
    "^\\s|\\s$|\\s\\s|[\t\n\r\x0b\x0c\x85\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u2066-\u2069"
    "\u3000\ufeff\u00ad]"
)
_BAD = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffd\ufffe\uffff]")
_NOT_WORD = re.compile(r"[\W_]+")
# What a legacy Vietnamese font (TCVN3: "Hä vµ tªn") leaves behind when its bytes are taken for Unicode. No
# name of a person or an office holds these signs inside a word.
_LEGACY = re.compile(r"[^\W\d_][®µª¸¶·¹¨»¾¼½©§¬«¦]|[®µª¸¶·¹¨»¾¼½©§¬«¦][^\W\d_]")
_MOJIBAKE = re.compile("[áĂ]»|áº|Æ[°¡]|Ä[‘\x90]|Ã[\xa0-\xbf]")
PLACEHOLDERS = frozenset(
    {"-", "--", "---", "–", "—", ".", "..", "…", "/", "\\", "_", "x", "n/a", "na", "null"}
)


def tidy(text: str) -> str:
    """The text in NFC with one plain space between words and nothing invisible. Letters are not touched."""
    if not text.isascii() and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if _UNTIDY.search(text):
        text = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    return text


def unreadable(text: str) -> bool:
    """Whether the text holds control characters, lone surrogates or the mark of a damaged letter."""
    return _BAD.search(text) is not None


def shown(value: object, limit: int = 200) -> str:
    """The value as a person may safely be shown it: no control characters, at most `limit` characters."""
    text = _BAD.sub("\ufffd", str(value))
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Lower case, no diacritics, no punctuation: for comparing wordings, never for storing."""
    plain = unicodedata.normalize("NFKD", text.casefold()).replace("đ", "d").replace("ð", "d")
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", plain).strip()


def legacy_font(text: str) -> bool:
    """Whether the text was typed in a font older than Unicode, or UTF-8 was taken for a one-byte alphabet."""
    return not text.isascii() and (_LEGACY.search(text) is not None or _MOJIBAKE.search(text) is not None)
