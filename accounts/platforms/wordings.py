"""The many ways people write the name of a platform."""

import re
import unicodedata

from accounts.platforms.catalogue import PLATFORMS

_LONGEST = 200
_HOST = re.compile(r"[a-z0-9.-]+")
_WORDS = re.compile(r"[^\W_]+")
# "Không có Facebook" names a platform only to deny it.
_DENIALS = frozenset({"khong", "chua", "no", "none"})
_LABELS = frozenset(
    """
    acc account ca channel chi chinh co cua dan dia dien dt duong fanpage group hoi kenh ket khoan lien
    link mang mxh nhan nick official page quan sdt so tai ten thoai thuc tk toi trang url xa
    """.split()  # noqa: SIM905  # a list of words reads best as words
)


def platform_code(text: str) -> str:
    """Return the code of the platform a wording names, or "" when it names none, several, or denies one.

    Understood: "Facebook", "FB", "Zalo OA", "X (Twitter)", "kênh YouTube", "fb.com", and the codes.
    """
    if len(text) > _LONGEST:
        return ""
    words = _folded(text)
    if _DENIALS.intersection(words):
        return ""
    host = text.strip().lower()
    hosted = [code for code, platform in PLATFORMS.items() if _HOST.fullmatch(host) and platform.owns(host)]
    if hosted:
        return hosted[0]
    named = _named(words, [code for code in PLATFORMS if code != "website"])
    named = named or _named(words, ["website"])
    return named.pop() if len(named) == 1 else ""


def is_label(word: str) -> bool:
    """Tell whether a word before a link is only a label: a platform's name, "link", "trang" and the like."""
    if not word.isalpha():
        return False  # "ten.toi" is a name, though "ten" and "toi" are label words
    words = _folded(word)
    return bool(words) and (platform_code(word) != "" or _LABELS.issuperset(words))


def _folded(text: str) -> list[str]:
    """Split into words without case or diacritics."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return _WORDS.findall("".join(sign for sign in plain if not unicodedata.combining(sign)))


def _named(words: list[str], codes: list[str]) -> set[str]:
    """Find the platforms whose wordings occur, as whole words in a row."""
    line = f" {' '.join(words)} "
    return {code for code in codes if any(f" {wording} " in line for wording in PLATFORMS[code].words)}
