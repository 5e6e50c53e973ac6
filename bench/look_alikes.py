"""Pages that pretend to be an agency's, drawn by a seed: what the look-up must find.

Written before the detector and without it: it knows nothing of keys or thresholds, only what is done to fool
people. Each official page is a real agency of the data files with a handle as agencies choose them. A
look-alike keeps what a hurried reader sees of it. One that came out as the very name of a real agency is
drawn again: that is not somebody else's page.
"""

import random
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from accounts.data import AgencySeed, agency_tree

_TWINS = {
    "a": "аɑａ", "b": "Ьｂ", "c": "сϲｃ", "d": "ԁｄ", "e": "еｅ", "g": "ɡｇ", "h": "һｈ", "i": "іｉ",
    "k": "κк",
    "m": "ｍ", "n": "ｎ", "o": "оοｏ", "p": "рｐ", "s": "ѕｓ", "t": "ｔ", "u": "υｕ", "v": "νｖ", "x": "хｘ",
    "y": "уｙ", "A": "АΑ", "B": "ВΒ", "C": "СϹ", "E": "ЕΕ", "H": "НΗ", "K": "КΚ", "M": "МΜ", "N": "Ν",
    "O": "ОΟ", "P": "РΡ", "S": "Ѕ", "T": "ТΤ", "U": "Ս", "V": "Ѵ", "X": "ХΧ", "Y": "ΥҮ",
}  # fmt: skip
_HIDDEN = "\u200b\u200d\u2060\u00ad"
_SEEN_AS = {
    "o": "0",
    "l": "1",
    "i": "1",
    "s": "5",
    "e": "3",
    "a": "4",
    "g": "9",
    "b": "8",
    "m": "rn",
    "d": "cl",
}
_BEFORE = ("Official", "Trang chính thức", "Fanpage", "Trang", "Kênh", "Cổng thông tin", "Tin tức", "Ban tin")
_AFTER = (
    "Official", "chính thức", "thật", "- Trang chính thức", "Fanpage", "Việt Nam", "Online", "News", "mới",
    "(chính chủ)", "| Hỗ trợ trực tuyến", "24h", "✅", "VN", "TV", "- Kênh thông tin", "dự phòng",
)  # fmt: skip
_HANDLE_ADDED = (
    "official", "chinhthuc", "that", "real", "vn", "fanpage", "page", "online", "news", "tv", "moi", "info",
    "24h",
)  # fmt: skip
_OF_A_PLACE = (
    "Tin tức {}", "{} 24h", "{} Online", "Thông tin {}", "Tin nóng {}", "{} News", "Trang thông tin {}",
    "{} TV", "{} quê tôi", "Cộng đồng {}", "{} mới", "Chính quyền {}",
)  # fmt: skip
_COMMITTEE = "Ủy ban nhân dân "
_LEVELS = ("tỉnh ", "thành phố ", "xã ", "phường ", "đặc khu ")
_LETTERS = "abcdeghiklmnopqrstuvxy"


@dataclass(frozen=True, slots=True)
class OfficialPage:
    """A page as its agency has it.

    Attributes:
        code: of the agency.
        name: what the page shows.
        handle: on Facebook.
        place: what the agency governs ("Hà Tĩnh"); "" where it is no committee of a place.
    """

    code: str
    name: str
    handle: str
    place: str


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A page that pretends to be another: by its name, by its handle, or by both; "" where it has its own."""

    kind: str
    of: OfficialPage
    name: str
    handle: str


def bare(text: str) -> str:
    """Letters and digits without diacritics, joined, in small letters."""
    decomposed = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(sign for sign in decomposed if sign.isascii() and sign.isalnum())


def official_pages(count: int, *, seed: int) -> list[OfficialPage]:
    """Pages of as many living agencies, drawn from the data files; each agency has one."""
    chance = random.Random(seed)  # noqa: S311 - a seed must give the same again
    agencies = {each.code: each for each in agency_tree()}
    living = [each for each in agencies.values() if each.dissolved_on is None]
    return [_page(each, agencies, chance) for each in chance.sample(living, count)]


def _page(agency: AgencySeed, agencies: dict[str, AgencySeed], chance: random.Random) -> OfficialPage:
    name = chance.choice((agency.name, agency.name, agency.name.replace(_COMMITTEE, "UBND ")))
    place = agency.name.removeprefix(_COMMITTEE) if agency.name.startswith(_COMMITTEE) else ""
    for level in _LEVELS:
        place = place.removeprefix(level)
    if agency.code.startswith("X-"):
        above = agencies[agency.parent_code].name.removeprefix(_COMMITTEE)
        if chance.random() < 0.5:  # noqa: PLR2004 - every other commune says where it is
            name = f"{name}, {above}"
    handle = bare(name.replace(_COMMITTEE, "UBND "))
    if chance.random() < 0.4:  # noqa: PLR2004 - many leave the level out
        handle = bare(name.replace(_COMMITTEE, "UBND ").replace("tỉnh ", "").replace("thành phố ", ""))
    if chance.random() < 0.3:  # noqa: PLR2004 - some part their words with dots
        handle = ".".join(bare(word) for word in name.replace(_COMMITTEE, "UBND ").split())
    return OfficialPage(agency.code, name, handle[:50].strip("."), place)


def look_alikes(pages: Sequence[OfficialPage], count: int, *, seed: int) -> Iterator[LookAlike]:
    """As many look-alikes of these pages, every kind in turn."""
    chance = random.Random(seed)  # noqa: S311 - a seed must give the same again
    real = {bare(text) for each in agency_tree() for text in (each.name, each.short_name, *each.aliases)}
    taken = {page.handle for page in pages}
    places = [page for page in pages if page.place]
    made = 0
    while made < count:
        kind = tuple(KINDS)[made % len(KINDS)]
        page = chance.choice(places if kind == "place name" else pages)
        name, handle = KINDS[kind](page, chance)
        same = name in {"", page.name} and bare(handle) in taken | {""} and handle in {"", page.handle}
        plain = (
            bool(name) and name.isascii() is False and bare(name) in real and bare(name) != bare(page.name)
        )
        if same or plain or (handle and bare(handle) in real and bare(handle) != bare(page.handle)):
            continue
        made += 1
        yield LookAlike(kind, page, name, handle)


def _homoglyphs(page: OfficialPage, chance: random.Random) -> tuple[str, str]:
    """One to four letters of other alphabets, sometimes something nobody sees."""
    signs = list(unicodedata.normalize("NFD", page.name))
    able = [at for at, sign in enumerate(signs) if sign in _TWINS]
    for at in chance.sample(able, min(len(able), chance.randint(1, 4))):
        signs[at] = chance.choice(_TWINS[signs[at]])
    if chance.random() < 0.2:  # noqa: PLR2004
        signs.insert(chance.randrange(1, len(signs)), chance.choice(_HIDDEN))
    return unicodedata.normalize("NFC", "".join(signs)), ""


def _dots(page: OfficialPage, chance: random.Random) -> tuple[str, str]:
    """Dots, lines and blanks put in or left out."""
    if chance.random() < 0.5:  # noqa: PLR2004
        signs = list(page.handle.replace(".", ""))
        for _ in range(chance.randint(1, 3)):
            signs.insert(chance.randrange(1, len(signs)), chance.choice("._-"))
        return "", "".join(signs)
    words = page.name.split(" ")
    return chance.choice((".", " . ", "_", "-", "  ", "•")).join(words), ""


def _added(page: OfficialPage, chance: random.Random) -> tuple[str, str]:
    """A word that makes it sound official, in front or behind."""
    pick = chance.random()
    if pick < 0.4:  # noqa: PLR2004
        word = chance.choice(_HANDLE_ADDED)
        sign = chance.choice(("", ".", "_"))
        return "", chance.choice((f"{page.handle}{sign}{word}", f"{word}{sign}{page.handle}"))
    if pick < 0.7:  # noqa: PLR2004
        return f"{page.name} {chance.choice(_AFTER)}", ""
    return f"{chance.choice(_BEFORE)} {page.name}", ""


def _swapped(page: OfficialPage, chance: random.Random) -> tuple[str, str]:
    """Two neighbouring letters in each other's place."""
    name = chance.random() < 0.5  # noqa: PLR2004
    signs = list(page.name if name else page.handle)
    able = [
        at
        for at in range(len(signs) - 1)
        if signs[at].isalpha() and signs[at + 1].isalpha() and bare(signs[at]) != bare(signs[at + 1])
    ]
    at = chance.choice(able)
    signs[at], signs[at + 1] = signs[at + 1], signs[at]
    return ("".join(signs), "") if name else ("", "".join(signs))


def _place_name(page: OfficialPage, chance: random.Random) -> tuple[str, str]:
    """A page that speaks for the place: the committee's name without its committee, with a news word."""
    name = chance.choice(_OF_A_PLACE).format(page.place)
    return (name, "") if chance.random() < 0.7 else ("", bare(name))  # noqa: PLR2004


def _digits(page: OfficialPage, chance: random.Random) -> tuple[str, str]:
    """Digits that are read as letters, or that stand behind."""
    if chance.random() < 0.5:  # noqa: PLR2004
        able = [at for at, sign in enumerate(page.handle) if sign in _SEEN_AS]
        signs = list(page.handle)
        for at in chance.sample(able, min(len(able), chance.randint(1, 3))):
            signs[at] = _SEEN_AS[signs[at]]
        return "", "".join(signs)
    tail = str(chance.choice((1, 2, 24, 68, 79, 88, 113, 247, 365, 2025, 2026)))
    return chance.choice(
        ((f"{page.name} {tail}", ""), ("", page.handle + tail), ("", f"{page.handle}.{tail}"))
    )


def _edited(page: OfficialPage, chance: random.Random) -> tuple[str, str]:
    """A letter left out, doubled, put in or replaced; two in a long name, in different words."""
    name = chance.random() < 0.5  # noqa: PLR2004
    parts = page.name.split(" ") if name else [page.handle]
    able = [at for at, part in enumerate(parts) if sum(map(str.isalpha, part)) > 1]
    twice = len(bare(page.name)) > 14 and chance.random() < 0.3  # noqa: PLR2004 - a short one would be another
    for at in chance.sample(able, min(len(able), 2 if twice else 1)):
        parts[at] = _edit(parts[at], chance)
    return (" ".join(parts), "") if name else ("", parts[0])


def _edit(word: str, chance: random.Random) -> str:
    at = chance.choice([at for at, sign in enumerate(word) if sign.isalpha()])
    how = chance.randrange(4)
    if how == 0:
        return word[:at] + word[at + 1 :]
    if how == 1:
        return word[:at] + word[at] + word[at:]
    other = chance.choice([letter for letter in _LETTERS if letter != bare(word[at])])
    return word[:at] + other + word[at + (1 if how == 2 else 0) :]  # noqa: PLR2004


def _undressed(page: OfficialPage, chance: random.Random) -> tuple[str, str]:
    """Without diacritics, or with other case."""
    plain = unicodedata.normalize("NFD", page.name.replace("đ", "d").replace("Đ", "D"))
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return chance.choice((plain, plain.upper(), page.name.upper(), plain.replace(" ", ""))), ""


def _mixed(page: OfficialPage, chance: random.Random) -> tuple[str, str]:
    """Two at once: letters of other alphabets and an added word."""
    name, _handle = _homoglyphs(page, chance)
    return f"{name} {chance.choice(_AFTER)}", ""


KINDS: dict[str, Callable[[OfficialPage, random.Random], tuple[str, str]]] = {
    "homoglyphs": _homoglyphs,
    "dots": _dots,
    "added word": _added,
    "swapped letters": _swapped,
    "place name": _place_name,
    "digits": _digits,
    "edited": _edited,
    "no diacritics": _undressed,
    "mixed": _mixed,
}
