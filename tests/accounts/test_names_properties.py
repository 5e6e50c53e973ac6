"""What holds for every name, and for every text somebody may paste as one."""

import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from accounts.names import (
    NameFlag,
    NameVerdict,
    compare,
    disguises,
    fold,
    list_keys,
    looks_like_press,
    search_key,
    sort_key,
    tidy,
)
from accounts.names.disguise import is_invisible

WORDS = re.findall(
    r"\S+",
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Vũ Võ Phan Đặng Lý Lí Mai Cao Thị Văn Minh Kim Ngọc Anh Hoa Hòa Hoà "
    "Thu Thúy Thuý Bảo Báo Đài Tin Tín Tức An Ân Tuấn Y H'Hen Niê Êban Mlô Hạnh Hành Tú Tư BS ThS. Nguyen "
    "Hoang Sở Bin - ( )",
)
INVISIBLE = [*"\u200b\u200c\u200d\u2060\u202e\u2069\u00ad\ufeff\u034f\x00"]

names = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
_TRAPS = "aàAаοoĐÐd'’ -(|)🇻❤️\u200b\u0301\u0302"
texts = st.text(st.characters(), max_size=40) | st.text(st.sampled_from(_TRAPS), max_size=20)
anything = names | texts


def _visible(text: str) -> bool:
    return any(not char.isspace() and not is_invisible(char) for char in text)


@given(anything)
def test_compare_with_itself_is_same(text: str) -> None:
    expected = NameVerdict.SAME if _visible(text) else NameVerdict.MISSING
    assert compare(text, text).verdict == expected


@given(anything, anything)
def test_compare_ignores_the_unicode_form_of_either_side(shown: str, recorded: str) -> None:
    given_form = compare(shown, recorded)
    for form in ("NFC", "NFD"):
        left = compare(unicodedata.normalize(form, shown), recorded)
        right = compare(shown, unicodedata.normalize(form, recorded))
        assert (left.verdict, left.flags) == (given_form.verdict, given_form.flags)
        assert (right.verdict, right.flags) == (given_form.verdict, given_form.flags)


@given(anything, anything)
def test_compare_same_has_no_direction(one: str, other: str) -> None:
    if _visible(one) and _visible(other):
        forth, back = compare(one, other).verdict, compare(other, one).verdict
        assert (forth == NameVerdict.SAME) == (back == NameVerdict.SAME)


@given(names, names, st.sampled_from(INVISIBLE), st.data())
def test_compare_invisible_character_changes_the_flag_only(
    shown: str, recorded: str, hidden: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(shown)))
    before = compare(shown, recorded)
    after = compare(shown[:at] + hidden + shown[at:], recorded)
    assert after.verdict == before.verdict
    assert after.flags == before.flags | NameFlag.INVISIBLE


@given(names, names)
def test_compare_same_is_explained_by_folding(shown: str, recorded: str) -> None:
    plain = all(word not in f"{shown} {recorded}" for word in ("BS", "ThS.", "Sở", "Bin", "-", "(", ")"))
    if plain and compare(shown, recorded).verdict == NameVerdict.SAME:
        assert fold(shown) == fold(recorded)


@given(st.permutations(["Hoàng", "Huỳnh", "Vũ", "Võ"]), names)
def test_compare_regional_families_never_merge(families: list[str], rest: str) -> None:
    assert compare(f"{families[0]} {rest}", f"{families[1]} {rest}").verdict != NameVerdict.SAME


@given(anything)
def test_tidy_is_a_fixed_point_and_loses_nothing_visible(text: str) -> None:
    tidied = tidy(text)
    assert tidy(tidied) == tidied
    assert tidied.replace(" ", "") == "".join(unicodedata.normalize("NFC", text).split())


@given(anything)
def test_keys_are_fixed_points(text: str) -> None:
    assert sort_key(text).isascii()
    assert fold(tidy(text)) == fold(text)
    assert search_key(tidy(text)) == search_key(text)


@given(anything)
def test_list_keys_are_the_two_keys(text: str) -> None:
    assert list_keys(text) == (sort_key(text), search_key(text))


@given(names)
def test_sort_key_gives_every_writing_of_a_name_one_place(name: str) -> None:
    key = sort_key(name)
    assert sort_key(name.upper()) == sort_key(f" {name.lower()}") == key
    assert sort_key(unicodedata.normalize("NFD", name)) == key


@given(st.text(st.characters() | st.characters(categories=["Cs"]), max_size=60), anything)
def test_every_text_is_answered(shown: str, recorded: str) -> None:
    compare(shown, recorded)
    compare(recorded, shown)
    looks_like_press(shown)
    for one in disguises(shown):
        assert shown[one.position] == one.char


@pytest.mark.parametrize(
    "piece",
    [
        "x",
        "\u0430",
        "\u200b",
        "(",
        "- ",
        "Nguyễn ",
        "e\u0301",
        "\ud800",
        "\x00",
        "a|",
        '"',
        "Sở ",
        "𝐍",
        "BS ",
    ],
)
def test_compare_ten_thousand_characters_cost_little(piece: str) -> None:
    text = piece * (10_000 // len(piece))
    started = time.process_time()
    other = compare(text, "Nguyễn Văn An").verdict
    itself = compare(text, f" {text}").verdict
    looks_like_press(text)
    sort_key(text)
    # Linear work takes some 0.1 s; anything quadratic takes minutes.
    assert time.process_time() - started < 3
    assert other in {NameVerdict.DIFFERENT, NameVerdict.MISSING}
    assert itself in {NameVerdict.SAME, NameVerdict.MISSING}


def test_compare_long_texts_that_differ_at_the_end_are_different() -> None:
    long = "Nguyễn " * 1_000
    assert compare(f"{long}An", f"{long}Anh").verdict == NameVerdict.DIFFERENT
    assert compare(f"{long}An", f"{long}AN").verdict == NameVerdict.SAME
