"""What passes for a known name, and where the two differ."""

from collections import Counter, defaultdict

import pytest

from accounts.data import agency_tree
from accounts.names import (
    Likeness,
    Piece,
    asked,
    differences,
    likeness,
    neighbourhood,
    place_spelling,
    reads_same,
    spellings,
)
from bench.look_alikes import KINDS, look_alikes, official_pages

HEALTH = "Sở Y tế tỉnh Hà Tĩnh"


def like(text: str, known: str = HEALTH, *, place: bool = False) -> Likeness | None:
    """By the known name's keys, found through their hashes as an index would."""
    question = asked(text)
    keys = [place_spelling(known)] if place else spellings(known)
    found = [
        likeness(question, key, place=place) for key in keys if set(neighbourhood(key)) & set(question.hashes)
    ]
    return min((each for each in found if each is not None), default=None)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEALTH, Likeness.LOOKS_SAME),
        ("SO Y TE HA TINH", Likeness.LOOKS_SAME),
        ("Ѕở Y tế tỉnһ Hà Tĩnh", Likeness.LOOKS_SAME),
        ("so.yte.hatinh", Likeness.LOOKS_SAME),
        ("s0ytehat1nh", Likeness.LOOKS_SAME),
        ("Sở Y\u200b tế tỉnh Hà Tĩnh", Likeness.LOOKS_SAME),
        ("Sở Y tế tỉnh Hà Tĩnh chính thức", Likeness.ADDED),
        ("officialsoytehatinh24h", Likeness.ADDED),
        ("Trang Sở Y tế Hà Tĩnh", Likeness.ADDED),
        ("soytehatnih", Likeness.LETTERS),
        ("Sơ Y tê tinh Hà Tịnhh", Likeness.LETTERS),
        ("Câu lạc bộ bạn đọc Sở Y tế tỉnh Hà Tĩnh", Likeness.CARRIED),
        ("Sở Y tế tỉnh Hà Nam", None),
        ("Sở Tư pháp tỉnh Hà Tĩnh", None),
        ("Nguyễn Văn Bình", None),
        ("", None),
        ("🙂", None),
    ],
)
def test_likeness_of_a_name(text: str, found: Likeness | None):
    assert like(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tin tức Hà Tĩnh 24h", Likeness.PLACE),
        ("hatinhonline", Likeness.PLACE),
        ("Hà Tĩnh", None),  # the bare name of a place says nothing
        ("Nhà hàng Hà Tĩnh", None),
        ("Tin tức Hà Tỉnhh", None),
    ],
)
def test_likeness_of_a_place(text: str, found: Likeness | None):
    assert like(text, "Hà Tĩnh", place=True) == found


def test_likeness_of_another_number_is_none():
    assert like("Chi cục Thuế khu vực 12", "Chi cục Thuế khu vực 13") is None


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Xã Cẩm Giang", "xã  CẨM GIANG", True),
        ("Xã Hoà An", "Xã Hòa An", True),
        ("Xã Cẩm Giang", "Xã Cẩm Giàng", False),
        ("Xa Cam Giang", "Xã Cẩm Giang", False),
    ],
)
def test_reads_same_is_with_all_marks(*, one: str, other: str, same: bool):
    assert reads_same(one, other) is same


def test_asked_is_bounded_whatever_the_text():
    assert len(asked("a" * 5_000).hashes) < 3_000
    assert len(asked("tin " * 2_000).hashes) < 3_000


def test_differences_name_what_is_hidden():
    pieces = differences("Sở Y tế tỉnһ Hà Tĩnh thật", HEALTH)
    assert Piece("other", "һ", "h", ("U+04BB CYRILLIC SMALL LETTER SHHA",)) in pieces
    assert pieces[-1] == Piece("extra", " thật", "")
    assert "".join(piece.asked for piece in pieces) == "Sở Y tế tỉnһ Hà Tĩnh thật"
    assert "".join(piece.known for piece in pieces) == HEALTH
    assert differences("SỞ Y TẾ", "Sở Y tế") == [Piece("same", "SỞ Y TẾ", "Sở Y tế")]


def test_look_alikes_are_found_and_real_names_are_no_alarm():
    """Without a database: the look-up's own test does the same through its index, with a seed of the day."""
    pages = official_pages(400, seed=3)
    known: defaultdict[int, set[tuple[str, str, bool]]] = defaultdict(set)
    for page in pages:
        keys = {(key, False) for text in (page.name, page.handle) for key in spellings(text)}
        keys |= {(place_spelling(page.place), True)} if place_spelling(page.place) else set()
        for key, place in keys:
            for number in neighbourhood(key):
                known[number].add((page.code, key, place))

    def found(text: str) -> set[str]:
        question = asked(text)
        near = set().union(*(known.get(number, set()) for number in question.hashes))
        return {code for code, key, place in near if likeness(question, key, place=place) is not None}

    drawn = list(look_alikes(pages, 450, seed=4))
    missed = Counter(each.kind for each in drawn if each.of.code not in found(each.name or each.handle))
    assert sum(missed.values()) <= 0.02 * len(drawn), missed
    assert all(missed[kind] <= 0.1 * len(drawn) / len(KINDS) for kind in KINDS), missed
    others = [each.name for each in agency_tree() if each.name.startswith("Bộ ")]
    assert len(others) > 10
    assert [name for name in others if found(name) - {page.code for page in pages if page.name == name}] == []
