"""Storage form, keys for search and lists, press words, disguises."""

import unicodedata

import pytest

from accounts.names import disguises, fold, looks_like_press, search_key, sort_key, tidy


def test_tidy_changes_form_and_space_only() -> None:
    assert tidy(unicodedata.normalize("NFD", "  Lê\u00a0\u2009Thị \n Hoà ")) == "Lê Thị Hoà"
    assert tidy("V\u0430n\u200bAn 𝐀") == "V\u0430n\u200bAn 𝐀"


def test_fold_writings_of_one_name_meet() -> None:
    writings = ["Đặng Thị Lý", "ÐẶNG  THỊ LÍ", "dang thi ly", unicodedata.normalize("NFD", "Đặng Thị Lý")]
    assert {fold(writing) for writing in writings} == {"dang thi li"}
    assert fold("H’Hen Niê") == fold("H' Hen Nie") == "h hen nie"


def test_fold_keeps_regional_families_apart() -> None:
    assert fold("Hoàng") != fold("Huỳnh")
    assert fold("Vũ") != fold("Võ")


def test_search_key_is_typed_without_diacritics() -> None:
    assert search_key("ĐẶNG THỊ  LÝ") == "dang thi ly"
    assert search_key("Y Bhĩu Niê Kdăm") == "y bhiu nie kdam"
    assert search_key("Quyên").startswith(search_key("Quy"))


def test_sort_key_given_name_then_family_then_middle() -> None:
    names = ["Trần Văn An", "Nguyễn Văn An", "Nguyễn Anh An", "Lê Bình", "An"]
    assert sorted(names, key=sort_key) == ["An", "Nguyễn Anh An", "Nguyễn Văn An", "Trần Văn An", "Lê Bình"]


def test_sort_key_letters_in_the_order_of_the_alphabet() -> None:
    words = [f"{letter}n" for letter in "aăâbcdđeêghiklmnoôơpqrstuưvxy"]
    assert sorted(set(words), key=sort_key) == words
    assert sorted(["Ăn", "Azz", "Ân", "Dz", "Đa", "Niê", "ČaZ", "Czz", "Da"], key=sort_key) == [
        "Azz", "Ăn", "Ân", "Czz", "ČaZ", "Da", "Dz", "Đa", "Niê",
    ]  # fmt: skip


def test_sort_key_tones_after_letters_of_the_word() -> None:
    names = ["Hoa", "Hòa", "Hỏa", "Hõa", "Hóa", "Họa", "Hoan"]
    assert sorted(["Hoan", "Họa", "Hóa", "Hõa", "Hỏa", "Hòa", "Hoa"], key=sort_key) == names


def test_sort_key_clan_last_names_stand_under_the_given_name() -> None:
    assert sorted(["Y Thắng Niê", "Lê Văn Yên", "H'Hen Niê", "Trần Hoa"], key=sort_key) == [
        "H'Hen Niê",
        "Trần Hoa",
        "Y Thắng Niê",
        "Lê Văn Yên",
    ]


def test_sort_key_is_ascii_and_bounded() -> None:
    for name in ["Nguyễn Văn Ắng", "Čĭng ŏ", "Ван", "李", "A1", "", "x" * 10_000]:
        assert sort_key(name).isascii()
        assert len(sort_key(name)) < 2_000
    assert sort_key("Trần Hoà") == sort_key("TRẦN  HÒA")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Tin tức 24h Tĩnh", "Tin tức"),
        ("TIN TUC 24H", "TIN TUC"),
        ("Báo Hà Tĩnh", "Báo"),
        ("Bao Ha Tinh", "Bao"),
        ("Báo Tuổi Trẻ", "Báo"),
        ("Báo Đồng Lộc Quê Tôi", "Báo"),
        ("Đài Hà Tĩnh", "Đài"),
        ("Đài PT-TH Hà Tĩnh", "PT TH"),
        ("Dai phat thanh huyen", "Dai phat thanh"),
        ("Tạp chí Hồng Lĩnh", "Tạp chí"),
        ("Hà Tĩnh truyen hinh", "truyen hinh"),
        ("Thông tấn Hà Tĩnh", "Thông tấn"),
        ("Tuần báo mới", "Tuần báo"),
        ("VTV24", "VTV24"),
        ("Hà Tĩnh News", "News"),
        ("Nguyễn An - Thời sự 24/7", "Thời sự"),
        ("Tin t\u1ee9\u0441", "Tin tức"),  # Cyrillic es
    ],
)
def test_looks_like_press_fires(text: str, word: str) -> None:
    assert looks_like_press(text) == word


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nguyễn Gia Bảo",
        "Tran Quoc Bao",
        "Bảo Nguyễn",
        "Bao Dang",
        "Bao Thai Binh Tran",
        "Trần Thị Đài Trang",
        "Đài Trang",
        "Dai Nguyen",
        "Nguyễn Văn Báo",
        "Báo Nguyễn",
        "Lê Văn Đại",
        "Nong Tuan Bao",
        "Lê Nhật Bảo",
        "Nguyen Phat Thanh",
        "Nguyễn Thông Tấn",
        "Tín Nguyễn",
        "Tin Tran",
        "Nguyễn Văn An - Sở Thông tin và Truyền thông",
    ],
)
def test_looks_like_press_silent_on_names(text: str) -> None:
    assert looks_like_press(text) == ""


def test_disguises_letter_by_letter() -> None:
    found = disguises("V\u0430n\u200b Ｎ")
    assert [(one.position, one.char, one.codepoint_name, one.looks_like) for one in found] == [
        (1, "\u0430", "U+0430 CYRILLIC SMALL LETTER A", "a"),
        (3, "\u200b", "U+200B ZERO WIDTH SPACE", ""),
        (5, "Ｎ", "U+FF2E FULLWIDTH LATIN CAPITAL LETTER N", "N"),
    ]


def test_disguises_names_what_has_no_name() -> None:
    assert disguises("a\x00")[0].codepoint_name == "U+0000 CONTROL CHARACTER"


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Hòa",
        "H’Hen Niê",
        "Čĭng Ŏ ƀ ñ w j",
        "Ðặng Ɖ",
        "Strauß",
        "An 🇻🇳 ❤️ 👩‍⚕️ ™ №",
        "Lê\u00a0An – (Bin)",
    ],
)
def test_disguises_none_in_honest_text(text: str) -> None:
    assert disguises(text) == ()
    assert disguises(unicodedata.normalize("NFD", text)) == ()
