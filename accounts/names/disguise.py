"""Letters that are not what they look like, and characters nobody sees.

A name is compared after both are undone, and *that* they were there is reported: `disguises` shows a person,
letter by letter, what was found. Nothing here ever rewrites what is stored.

Two neighbours of this problem are deliberately not used: anyascii transliterates by sound (Cyrillic er
becomes "r", though it looks like "p"), and NFKC on a whole text would also rewrite punctuation and spaces.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module
from typing import Any

VIETNAMESE_LETTERS = unicodedata.normalize(
    "NFC",
    "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệfghiìỉĩíịjklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvwxyỳỷỹýỵz",
)
"""The alphabet of the overwhelming majority of names, for the path that needs no other look at a text."""

_PLAIN = re.compile(f"[{VIETNAMESE_LETTERS}{VIETNAMESE_LETTERS.upper()} ]*")

# Blank on screen although Unicode calls them letters, marks or symbols; and the fillers people paste for "no
# name".
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_EMOJI_PARTS = frozenset("\u200d\ufe0e\ufe0f\u20e3")
_TAGS = range(0xE0000, 0xE0080)

# Combining marks drawn like a Vietnamese mark but coded otherwise. ǎ (caron) for ă is the usual slip.
_MARK_LOOKS_LIKE = {"\u0342": "\u0303"}
_BREVE_LOOKS_LIKE = {"ǎ": "ă", "Ǎ": "Ă", "ȃ": "ă", "Ȃ": "Ă"}

_NAMED_LETTER = re.compile(
    r"(?:LATIN LETTER SMALL CAPITAL|(?:NEGATIVE |CROSSED )*(?:CIRCLED|SQUARED) LATIN CAPITAL LETTER) ([A-Z])"
)


@dataclass(frozen=True, slots=True)
class Disguise:
    """One character of a text that hides or imitates.

    Attributes:
        position: index of the character in the text as given, from 0.
        char: the character itself.
        codepoint_name: "U+0430 CYRILLIC SMALL LETTER A".
        looks_like: the letter it imitates, or "" when nothing is seen at all.
    """

    position: int
    char: str
    codepoint_name: str
    looks_like: str


def is_plain(text: str) -> bool:
    """Whether the text is nothing but Vietnamese letters (NFC) and ordinary spaces."""
    return _PLAIN.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def is_invisible(char: str) -> bool:
    """Whether one character leaves no trace on screen and is not white space either.

    Zero-width characters, bidirectional controls, other controls, soft hyphen, variation selectors, fillers.
    """
    if char in _BLANK:
        return True
    if char.isspace():
        return False
    if unicodedata.category(char) in {"Cf", "Cc"}:
        return True
    return char.isprintable() and "VARIATION SELECTOR" in unicodedata.name(char, "")


def drop_invisible(text: str) -> str:
    """The text without its invisible characters."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(char for char in text if not is_invisible(char))


@lru_cache(maxsize=4096)
def looks_like(char: str) -> str:
    """The plain letters one character imitates; "" when it imitates none.

    Covers other scripts (Cyrillic, Greek, Cherokee, Lisu…: Unicode's own list of confusables), stylised
    letters (mathematical, circled, squared, small capitals) and full-width ones. Đ and its two twins Ð and Ɖ
    are not disguises but another keyboard: `folding` unites them.
    """
    if char.isascii():
        return ""
    if char in _BREVE_LOOKS_LIKE:
        return _BREVE_LOOKS_LIKE[char]
    if char in _MARK_LOOKS_LIKE:
        return _MARK_LOOKS_LIKE[char]
    canonical = unicodedata.normalize("NFD", char)
    base, marks = canonical[0], canonical[1:]
    if base.isascii():
        return ""
    plain = _plain_base(base)
    return unicodedata.normalize("NFC", plain + marks) if plain else ""


def _plain_base(base: str) -> str:
    compatible = unicodedata.normalize("NFKC", base)
    if compatible.isascii() and compatible.isalnum() and (len(compatible) == 1 or base.isalpha()):  # not ™, №
        return compatible
    named = _NAMED_LETTER.fullmatch(unicodedata.name(base, ""))
    if named:
        return named[1]
    # Number forms and punctuation of other scripts also sit in the list; only what is read as a letter
    # counts. A Latin letter that merely resembles another (ß, þ, ŋ) is a letter of some language: left alone.
    if not base.isalpha():
        return ""
    twins = _twins(base)
    letters = [twin for twin in twins if len(twin) == 1 and twin.isascii() and twin.isalpha()]
    if not letters:
        return ""
    # The list ignores case ("Ι" also resembles "l"): a capital is read as a capital first.
    same_case = [letter for letter in letters if letter.isupper() == base.isupper()]
    return (same_case or letters)[0]


@cache
def _list_of(name: str) -> Any:
    """A list of Unicode's, read when the first foreign letter is met: every start of the program felt it."""
    return import_module(f"confusable_homoglyphs.{name}")


def _twins(letter: str) -> list[str]:
    """What a letter of another script resembles; nothing resembles a Latin letter but the few named here."""
    if _list_of("categories").alias(letter) == "LATIN" and letter not in "ıſɡɑɩ":
        return []
    return [str(twin["c"]) for twin in _list_of("confusables").confusables_data.get(letter, ())]


def undisguise(text: str) -> str:
    """The text with every imitating character replaced by what it imitates; accents on it are kept. NFC."""
    if text.isascii():
        return text
    replaced = "".join(looks_like(char) or char for char in text)
    return unicodedata.normalize("NFC", replaced)


def _belongs_to_emoji(text: str, position: int) -> bool:
    """Whether an invisible character only shapes the emoji before it (❤️, 👩‍⚕️), which is no disguise."""
    before = text[position - 1] if position else ""
    if text[position] in _EMOJI_PARTS:
        return unicodedata.category(before) in {"So", "Sk"} or before in _EMOJI_PARTS if before else False
    in_flag = ord(text[position]) in _TAGS
    return bool(before) and in_flag and (unicodedata.category(before) == "So" or ord(before) in _TAGS)


def disguises(text: str) -> tuple[Disguise, ...]:
    """Every hidden or imitating character of a text, in order, for a page that shows it letter by letter."""
    if is_plain(text):
        return ()
    found = []
    for position, char in enumerate(text):
        imitated = looks_like(char)
        if imitated or (is_invisible(char) and not _belongs_to_emoji(text, position)):
            name = unicodedata.name(char, "") or "CONTROL CHARACTER"
            found.append(Disguise(position, char, f"U+{ord(char):04X} {name}", imitated))
    return tuple(found)
