"""Finding a document by what people write of it: its number, however spelt, a known slip, words of its title.

Letters of one agency cite the code of 2021 as “847/QĐ-BTTTT”; whoever types that means 874, and is told so.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from registry.rules.legal.shape import Source

_NOT_WORDS = re.compile(r"[\W_]+")
_KINDS = ("quyetdinh", "nghidinh", "thongtu", "boluat", "luat", "chithi", "congvan")


@dataclass(frozen=True, slots=True)
class Cited:
    """A document somebody meant, and the wrong number they wrote ("" where it was right)."""

    source: Source
    slip: str = ""


def citation_key(text: str) -> str:
    """The form in which two ways of writing one number are equal: no accents, signs, spaces or case."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return _NOT_WORDS.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def find_cited(text: str, sources: Iterable[Source]) -> Sequence[Cited]:
    """The documents a citation or a few words may mean, those by number first; nothing for empty text.

    A text of digits alone is the number before the stroke: “874”, “QĐ 874” and “874/QĐ-BTTTT” are one
    document.
    """
    wanted = citation_key(text)
    if not wanted:
        return ()
    digits = re.findall(r"\d+", text)
    by_number, by_words = [], []
    for source in sources:
        if _is_number(wanted, digits, source.number):
            by_number.append(Cited(source))
            continue
        slip = next((each for each in source.misquoted_as if _is_number(wanted, digits, each)), "")
        if slip:
            by_number.append(Cited(source, slip))
        elif any(
            wanted in citation_key(each)
            for each in (source.code, source.title_vi, source.title_en, source.issuer_vi, source.issuer_en)
        ):
            by_words.append(Cited(source))
    return [*by_number, *by_words]


def _is_number(wanted: str, digits: Sequence[str], number: str) -> bool:
    if not number:
        return False
    key = citation_key(number)
    if wanted in {key, *_without_year(number)}:
        return True
    head = re.match(r"\d+", number)
    if head is None or not digits or head.group() != digits[0]:
        return False
    # “QĐ 874”, “Nghị định 147/2024”: the number itself, beside its kind or parts that are its own
    for kind in _KINDS:
        wanted = wanted.removeprefix(kind)
    return key.startswith(wanted) or wanted.replace(digits[0], "", 1) in key


def _without_year(number: str) -> set[str]:
    return {citation_key(re.sub(r"/\d{4}", "", number))}
