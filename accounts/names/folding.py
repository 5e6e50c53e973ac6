"""Folding a name for comparison, in small steps, so that the step which made two names meet is known.

A person's name is never rewritten: `tidy` is all that happens to a text before it is stored. Everything else
here gives keys. Tone place and i/y follow Quyết định 1989/QĐ-BGDĐT (2018), Điều 8 and 9, which leaves proper
names in their own spelling: hence fold, never correct.
"""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from accounts.names.disguise import drop_invisible, is_plain, undisguise

_VOWELS = frozenset("aeiouy")
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
"""Huyền, hỏi, ngã, sắc, nặng; no mark is ngang, "0". The order is the dictionary's (see `ordering`)."""

_D_LETTERS = str.maketrans({"ð": "đ", "ɖ": "đ"})
_D_OVERLAID = re.compile("d[\u0335\u0336]")
_BARE_LETTERS = str.maketrans({"đ": "d", "ƀ": "b"})
APOSTROPHES = "'’‘ʼʻʹ′`´ꞌ＇‛ʽ"
_ONE_APOSTROPHE = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_I_AFTER_CONSONANT = re.compile(r"((?:[bcdđghklmnpqrstvx]|qu)h?)y")
_LONGEST_CACHED = 24

# What Vietnamese spelling cannot write without a mark: iê yê uô ươ uâ, and a stop at the end (sắc or nặng
# only).
_LOST_MARKS = re.compile(r"\w*(?:ie|ye|uo|[^q]ua(?=n|t|y|ng))\w*|\w*[aeiouy](?:c|ch|p|t)")


class Syllable(NamedTuple):
    """One word of a name in every form it is compared in, weakest folding first."""

    raw: str
    cased: str
    d_united: str
    tone_placed: str
    i_y: str
    bare: str
    is_bare: bool
    """It carries no diacritics at all (đ counts as one)."""
    lost_marks: bool
    """It is bare, and Vietnamese spelling could not have meant it so ("Nguyen", "Duc")."""


def tidy(text: str) -> str:
    """The form a text is stored in: NFC, every kind of space an ordinary one, runs collapsed, ends trimmed.

    Nothing else: no letter, invisible or not, is added, removed or replaced.
    """
    return " ".join(unicodedata.normalize("NFC", text).split())


def fold_case(word: str) -> str:
    """Case removed. NFC."""
    return unicodedata.normalize("NFC", word.casefold())


def fold_d(word: str) -> str:
    """One đ out of its twins: U+0110, U+00D0 (eth), U+0189 (African), and d with a stroke laid over it."""
    return _D_OVERLAID.sub("đ", word.translate(_D_LETTERS))


def fold_apostrophes(text: str) -> str:
    """One apostrophe out of its many (H'Hen, H’Hen, Hʼ Hen)."""
    return text.translate(_ONE_APOSTROPHE)


def fold_tone_place(word: str) -> str:
    """The tone taken off its vowel and put behind the word as a digit: hoà, hòa → "hoa1". NFC."""
    letters, tone = [], "0"
    base = ""
    for char in unicodedata.normalize("NFD", word):
        if unicodedata.combining(char):
            if char in _TONES and base in _VOWELS and tone == "0":
                tone = _TONES[char]
                continue
        else:
            base = char
        letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)) + tone


def fold_i_y(toned: str) -> str:
    """Y as i where it alone is the vowel: lý, lí; mỹ, mĩ; quý, quí. Never in "thuý" (thúi is another word).

    Takes and gives the form of `fold_tone_place`.
    """
    match = _I_AFTER_CONSONANT.fullmatch(toned[:-1])
    return f"{match[1]}i{toned[-1]}" if match else toned


def drop_diacritics(toned: str) -> str:
    """Letters only: no tone, no horn, breve or circumflex, đ as d. Takes the form of `fold_tone_place`."""
    decomposed = unicodedata.normalize("NFD", toned[:-1])
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_BARE_LETTERS)


def _syllable(word: str) -> Syllable:
    cased = fold_case(word)
    d_united = fold_d(cased)
    tone_placed = fold_tone_place(d_united)
    i_y = fold_i_y(tone_placed)
    bare = drop_diacritics(i_y)
    is_bare = i_y == f"{bare}0"
    lost_marks = is_bare and _LOST_MARKS.fullmatch(d_united) is not None
    return Syllable(word, cased, d_united, tone_placed, i_y, bare, is_bare, lost_marks)


_cached_syllable = lru_cache(maxsize=16384)(_syllable)


def syllable(word: str) -> Syllable:
    """Every form of one word. Short words are remembered: Vietnamese has only some thousands of them."""
    return _cached_syllable(word) if len(word) <= _LONGEST_CACHED else _syllable(word)


@lru_cache(maxsize=4096)
def _letter_or_space(char: str) -> str:
    return char if char.isalnum() or unicodedata.category(char)[0] == "M" else " "


def words(text: str) -> tuple[Syllable, ...]:
    """The words of a text: runs of letters, marks and digits. Apostrophes part words (H'Hen is H, Hen)."""
    if not is_plain(text):
        text = "".join(map(_letter_or_space, text))
    return tuple(map(syllable, text.split()))


def ornaments(text: str) -> str:
    """What `words` leaves out, spaces aside."""
    if is_plain(text):
        return ""
    return "".join(char for char in text if not char.isspace() and _letter_or_space(char) == " ")


def revealed(text: str) -> str:
    """Tidied, invisible characters removed, disguised letters undone."""
    if is_plain(text):
        return " ".join(text.split())
    return undisguise(tidy(drop_invisible(text)))


def fold(text: str) -> str:
    """The widest comparison key: "Nguyễn Thị Lý", "NGUYEN THI LI" and "Nguyễn  Thị Lí" give "nguyen thi li".

    Equal keys say "could be written so", not "same name": Hạnh and Hành fold alike. `compare` decides.
    """
    return " ".join(word.bare for word in words(revealed(text)))


def search_key(text: str) -> str:
    """The key of a search without diacritics: lower case, plain letters, words parted by one space.

    i and y stay apart, so that a key of the first letters typed is the beginning of the key of the name.
    """
    return " ".join(map(search_word, words(revealed(text))))


@lru_cache(maxsize=16384)
def search_word(word: Syllable) -> str:
    """One word of a `search_key`."""
    return drop_diacritics(word.tone_placed)
