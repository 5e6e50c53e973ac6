"""Invented people with the names of real ones, for demonstrations and load tests.

Frequencies come from ``names.csv`` (docs/data.md says which sample each comes from and how far to trust
it). Names are drawn independently of each other: a generated person resembles nobody in particular, and
namesakes are as common as in life, which is the point (a name can never be a key).

Speed matters, because a national demonstration needs 2.4 million names: every distribution is poured once
into an *urn* of 65,536 slots, so that drawing is one look-up by a random 16-bit number.
"""

import random
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import accumulate, chain, islice, pairwise, repeat
from typing import TypeVar

from accounts.data.tables import rows

_T = TypeVar("_T")

URN = 1 << 16  # slots; one 16-bit random number chooses one
BATCH = 8192  # names drawn at a time

# Planning shares, not statistics: nobody publishes them for officials (docs/data.md).
FEMALE_SHARE = 0.5
EDE_SHARE = 0.006
LISTED_FAMILIES_SHARE = 0.01  # families that the file lists without a share (Lò, Quàng, Tòng…), together

_NATIONAL = "DKL01 Đắk Lắk ~207,000"  # the largest measured sample with full detail
_REGIONAL = "NAN01 Nghệ An 38,099"  # adds families the first does not list
_REGIONAL_WEIGHT = 38_099 / (207_000 + 38_099)
# The students' list mixes men and women; these first middle words are men's.
_MEN_ONLY = frozenset(
    {
        *("Văn", "Đức", "Quốc", "Quang", "Hữu", "Đình", "Thành", "Duy"),
        *("Trung", "Tấn", "Công", "Tuấn", "Trọng", "Thế", "Tiến"),
    }
)
_WOMEN_ONLY = frozenset({"Thị"})
# Ê-đê names put the given name first and the clan last, Y marks men and H' women (both apostrophes are met).
_EDE_CLANS = ("Niê", "Mlô", "Êban", "Byă", "Ksor")
_EDE_MARKS = ("Y ", "H'", "H’", "H' ")


class Gender(StrEnum):
    """As the name is borne; the register itself stores no gender."""

    MALE = "male"
    FEMALE = "female"


@dataclass(frozen=True)
class NameModel:
    """Weights by value: each mapping's weights are relative, not percentages."""

    families: Mapping[str, float]
    middles: Mapping[Gender, Mapping[str, float]]
    givens: Mapping[Gender, Mapping[str, float]]
    word_counts: Mapping[Gender, Mapping[int, float]]


def _share(text: str) -> float:
    return float(text.lstrip("<"))


def _families(listed: Sequence[dict[str, str]]) -> dict[str, float]:
    weights = {row["value"]: _share(row["share_percent"]) for row in listed if row["sample"] == _NATIONAL}
    for row in listed:
        if row["sample"] == _REGIONAL:
            weights.setdefault(row["value"], _share(row["share_percent"]) * _REGIONAL_WEIGHT)
    unmeasured = [row["value"] for row in rows("names.csv") if row["part"] == "family_ethnic"]
    unmeasured = [family for family in unmeasured if family not in weights]
    each = sum(weights.values()) * LISTED_FAMILIES_SHARE / len(unmeasured)
    return weights | dict.fromkeys(unmeasured, each)


def _middles(listed: Sequence[dict[str, str]]) -> dict[Gender, dict[str, float]]:
    students = {row["value"]: _share(row["share_percent"]) for row in listed if "UIT" in row["sample"]}
    measured = {
        row["value"]: _share(row["share_percent"]) for row in listed if row["gender"] == Gender.FEMALE
    }
    men = {word: share for word, share in students.items() if word not in _WOMEN_ONLY}
    women = {word: share for word, share in students.items() if word not in _MEN_ONLY | measured.keys()}
    rest = (100 - sum(measured.values())) / sum(women.values())
    return {Gender.MALE: men, Gender.FEMALE: measured | {word: share * rest for word, share in women.items()}}


@cache
def name_model() -> NameModel:
    """The frequencies of ``names.csv``, read once."""
    listed: dict[str, list[dict[str, str]]] = {}
    for row in rows("names.csv"):
        listed.setdefault(row["part"], []).append(row)
    of_women_and_men = {
        part: {gender: [row for row in listed[part] if row["gender"] == gender] for gender in Gender}
        for part in ("given", "word_count")
    }
    return NameModel(
        families=_families(listed["family"]),
        middles=_middles(listed["middle_first"]),
        givens={
            gender: {row["value"]: _share(row["share_percent"]) for row in found}
            for gender, found in of_women_and_men["given"].items()
        },
        word_counts={
            gender: {int(row["value"]): _share(row["share_percent"]) for row in found}
            for gender, found in of_women_and_men["word_count"].items()
        },
    )


@dataclass(frozen=True, slots=True)
class _Tail:
    """What follows the family name, or, in Ê-đê order, the whole name."""

    text: str
    gender: Gender
    whole: bool


def _pour(weights: Mapping[_T, float]) -> list[_T]:
    """An urn of exactly ``URN`` slots, each value in as many as its weight buys."""
    bounds = list(accumulate(weights.values()))
    edges = [round(bound / bounds[-1] * URN) for bound in bounds]
    sizes = (upper - lower for lower, upper in pairwise((0, *edges)))
    return list(chain.from_iterable(repeat(value, size) for value, size in zip(weights, sizes, strict=True)))


def _tails(model: NameModel) -> list[_Tail]:
    """``URN`` endings drawn from the model; always the same ones, whatever the generator's seed."""
    rng = random.Random("tails")  # noqa: S311 - invented names, nothing secret
    tails: list[_Tail] = []
    while len(tails) < URN:
        gender = Gender.FEMALE if rng.random() < FEMALE_SHARE else Gender.MALE
        givens, middles = model.givens[gender], model.middles[gender]
        given = rng.choices(tuple(givens), tuple(givens.values()))[0]
        if rng.random() < EDE_SHARE:
            mark = _EDE_MARKS[0] if gender is Gender.MALE else rng.choice(_EDE_MARKS[1:])
            tails.append(_Tail(f"{mark}{given} {rng.choice(_EDE_CLANS)}", gender, whole=True))
            continue
        counts = model.word_counts[gender]
        words = rng.choices(tuple(counts), tuple(counts.values()))[0] - 1  # without the family name
        # A second middle word is drawn from the given names: "Thị Ngọc Trang", "Văn Minh Tuấn".
        first = rng.choices(tuple(middles), tuple(middles.values()))
        further = rng.choices(tuple(givens), tuple(givens.values()), k=max(words - 2, 0))
        parts = (*(first if words > 1 else ()), *further, given)
        if len(set(parts)) == len(parts):  # nobody is called Anh Anh
            tails.append(_Tail(" ".join(parts), gender, whole=False))
    return tails


@cache
def _urns() -> tuple[list[str], list[_Tail]]:
    model = name_model()
    return _pour(model.families), _tails(model)


class NameGenerator:
    """An endless, repeatable stream of invented full names.

    The same seed gives the same names on every machine and every Python since 3.9.
    """

    def __init__(self, seed: int | str) -> None:
        self._rng = random.Random(seed)  # noqa: S311 - invented names, nothing secret
        self._stream = chain.from_iterable(iter(self._batch, None))

    def _draw(self) -> "array[int]":
        numbers = array("H", self._rng.randbytes(2 * BATCH))
        if sys.byteorder == "big":
            numbers.byteswap()
        return numbers

    def _batch(self) -> list[tuple[str, Gender]]:
        families, tails = _urns()
        return [
            (tail.text if tail.whole else f"{families[number]} {tail.text}", tail.gender)
            for number, tail in zip(self._draw(), map(tails.__getitem__, self._draw()), strict=True)
        ]

    def full_name(self) -> tuple[str, Gender]:
        """The next (full name, gender), text in NFC."""
        return next(self._stream)

    def names(self, count: int) -> Iterator[tuple[str, Gender]]:
        """The next ``count`` names, as an iterator."""
        return islice(self._stream, count)
