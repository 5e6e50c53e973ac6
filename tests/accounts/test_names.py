"""The verdict on pairs of names, each with the step that decided."""

import re
import unicodedata
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from accounts.names import NameFlag, NameStep, NameVerdict, compare
from accounts.names.verdict import NameComparison

SAME = [
    ("Nguyễn Văn An", "Nguyễn Văn An", NameStep.EXACT),
    (unicodedata.normalize("NFD", "Nguyễn Văn An"), "Nguyễn Văn An", NameStep.UNICODE_FORM),
    ("Nguyễn Văn An", "Nguyê\u0303n Văn An", NameStep.UNICODE_FORM),
    ("  Nguyễn  Văn An ", "Nguyễn Văn An", NameStep.WHITE_SPACE),
    ("Nguyễn\u00a0Văn\u2003An", "Nguyễn Văn An", NameStep.WHITE_SPACE),
    ("NGUYỄN VĂN AN", "Nguyễn Văn An", NameStep.CASE),
    ("Ðặng Văn An", "Đặng Văn An", NameStep.D_LETTERS),
    ("Ɖặng Văn An", "Đặng Văn An", NameStep.D_LETTERS),
    ("Trần Thị Hoà", "Trần Thị Hòa", NameStep.TONE_PLACEMENT),
    ("Lê Thuý", "Lê Thúy", NameStep.TONE_PLACEMENT),
    ("Nguyễn Thị Khoẻ", "Nguyễn Thị Khỏe", NameStep.TONE_PLACEMENT),
    ("Lí Văn Quí", "Lý Văn Quý", NameStep.I_Y),
    ("Trần Thị Mĩ", "Trần Thị Mỹ", NameStep.I_Y),
    ("Nguyen Van An", "Nguyễn Văn An", NameStep.NO_DIACRITICS),
    ("DANG THI LY", "Đặng Thị Lí", NameStep.NO_DIACRITICS),
    ("Nguyễn Văn An", "Nguyen Van An", NameStep.NO_DIACRITICS),
    ("Nguyen Thị Hoa", "Nguyễn Thị Hoa", NameStep.NO_DIACRITICS),
    ("Trần Văn Duc", "Trần Văn Đức", NameStep.NO_DIACRITICS),
    ("H’Hen Niê", "H'Hen Niê", NameStep.APOSTROPHES),
    ("H' Hen Niê", "H'Hen Niê", NameStep.APOSTROPHES),
    ("H Hen Niê", "H'Hen Niê", NameStep.APOSTROPHES),
    ("★ Nguyễn Văn An ★", "Nguyễn Văn An", NameStep.ORNAMENTS),
    ("Nguyễn Văn An 🇻🇳", "Nguyễn Văn An", NameStep.ORNAMENTS),
    ("Nguyễn-Văn-An", "Nguyễn Văn An", NameStep.ORNAMENTS),
    ("BS. Nguyễn Văn An", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("PGS.TS Nguyễn Văn An", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("ThS. BS. CKII NGUYỄN VĂN AN", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("Đ/c Nguyễn Văn An", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("KS Nguyễn Văn An", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("LS. Nguyen Van An", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("Thượng tá Nguyễn Văn An", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("Đại uý Nguyễn Văn An", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("Thuong ta Nguyen Van An", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("Nguyễn Văn An, ThS", "Nguyễn Văn An", NameStep.TITLE_REMOVED),
    ("Nguyễn Văn An - Sở Y tế", "Nguyễn Văn An", NameStep.AGENCY_SUFFIX_REMOVED),
    ("Nguyễn Văn An (UBND xã Kỳ Hoa)", "Nguyễn Văn An", NameStep.AGENCY_SUFFIX_REMOVED),
    ("Sở Y tế | Nguyễn Văn An", "Nguyễn Văn An", NameStep.AGENCY_SUFFIX_REMOVED),
    ("Nguyễn Văn An Sở Y tế", "Nguyễn Văn An", NameStep.AGENCY_SUFFIX_REMOVED),
    ("BS Nguyễn Văn An – Bệnh viện tỉnh", "Nguyễn Văn An", NameStep.AGENCY_SUFFIX_REMOVED),
    ("Y Thang Nie", "Y Thắng Niê", NameStep.NO_DIACRITICS),
    ("ČĬNG KSOR", "Čĭng Ksor", NameStep.CASE),
    ("ĐON", "Đon", NameStep.CASE),
]

POSSIBLE = [
    ("Ly Thu Thị Trần", "Trần Thị Thu Ly", NameStep.ORDER),
    ("Thành Đức Nguyễn", "Nguyễn Đức Thành", NameStep.ORDER),
    ("Văn An Nguyễn", "Nguyễn Văn An", NameStep.ORDER),
    ("An Nguyễn Văn", "Nguyễn Văn An", NameStep.ORDER),
    ("An, Nguyen Van", "Nguyễn Văn An", NameStep.ORDER),
    ("Thúy Thị Kim Trịnh", "Trịnh Thị Kim Thúy", NameStep.ORDER),
    ("Tuấn Vũ", "Vũ Tuấn", NameStep.ORDER),
    ("Niê Y Thắng", "Y Thắng Niê", NameStep.ORDER),
    ("Cuong Pham", "Phạm Văn Cường", NameStep.GIVEN_FAMILY),
    ("An Nguyễn", "Nguyễn Văn An", NameStep.GIVEN_FAMILY),
    ("Kim Thúy Trịnh", "Trịnh Thị Kim Thúy", NameStep.GIVEN_FAMILY),
    ("Thúy Kim Trịnh", "Trịnh Thị Kim Thúy", NameStep.GIVEN_FAMILY),
    ("Thắng Niê", "Y Thắng Niê", NameStep.GIVEN_FAMILY),
    ("Trịnh Thúy", "Trịnh Thị Kim Thúy", NameStep.MIDDLE_MISSING),
    ("Trịnh Kim Thúy", "Trịnh Thị Kim Thúy", NameStep.MIDDLE_MISSING),
    ("Nguyễn Anh", "Nguyễn Thị Kim Anh", NameStep.MIDDLE_MISSING),
    ("Nguyen Nguyen", "Nguyễn Đình Nguyên", NameStep.MIDDLE_MISSING),
    ("Kim Thúy", "Trịnh Thị Kim Thúy", NameStep.FAMILY_MISSING),
    ("Văn An - Sở Y tế", "Nguyễn Văn An", NameStep.FAMILY_MISSING),
    ("Y Thắng", "Y Thắng Niê", NameStep.FAMILY_MISSING),
    ("Bùi Quốc Thắng (Bin)", "Bùi Quốc Thắng", NameStep.NICKNAME),
    ("Bùi Quốc Thắng - Bin", "Bùi Quốc Thắng", NameStep.NICKNAME),
    ("Bin (Bùi Quốc Thắng)", "Bùi Quốc Thắng", NameStep.NICKNAME),
    ('Bùi "Bin" Quốc Thắng', "Bùi Quốc Thắng", NameStep.NICKNAME),
    ("Bùi Quốc Thắng 1990", "Bùi Quốc Thắng", NameStep.NICKNAME),
    ("Cuong Pham (Bin)", "Phạm Văn Cường", NameStep.GIVEN_FAMILY),
    ("Ng. V. An", "Nguyễn Văn An", NameStep.INITIALS),
    ("N.V.An", "Nguyễn Văn An", NameStep.INITIALS),
    ("NV An", "Nguyễn Văn An", NameStep.INITIALS),
    ("Nguyễn V. An", "Nguyễn Văn An", NameStep.INITIALS),
    ("An Ng.", "Nguyễn Văn An", NameStep.INITIALS),
    ("NguyenVanAn", "Nguyễn Văn An", NameStep.JOINED),
    ("Trần Thị Hoa", "Trần Thị Hòa", NameStep.SOME_DIACRITICS),
    ("Cô Nguyễn Thị An", "Nguyễn Thị An", NameStep.ADDRESS_REMOVED),
]

DIFFERENT = [
    ("Hoàng Văn An", "Huỳnh Văn An"),
    ("Hoang Van An", "Huỳnh Văn An"),
    ("An Hoang", "Huỳnh Văn An"),
    ("Vũ Văn An", "Võ Văn An"),
    ("Vu Van An", "Võ Văn An"),
    ("Trần Thị Hạnh", "Trần Thị Hành"),
    ("Trần Văn Tú", "Trần Văn Tư"),
    ("Trần Thị Hòa", "Trần Thị Hoa"),
    ("Lê Thúi", "Lê Thúy"),
    ("Nguyễn Anh", "Nguyễn Anh Tuấn"),
    ("Nguyễn Văn", "Nguyễn Văn An"),
    ("Nguyễn Văn A.", "Nguyễn Văn An"),
    ("N.V.A.", "Nguyễn Văn An"),
    ("Hoa", "Trần Thị Hoa"),
    ("An - Sở Y tế", "Nguyễn Văn An"),
    ("Lê Anh Minh", "Lê Minh Anh"),
    ("Anh Minh", "Lê Minh Anh"),
    ("Nguyễn Trần Văn An", "Nguyễn Văn An"),
    ("Nguyễn Văn An Khánh", "Nguyễn Văn An"),
    ("Mẹ Bắp", "Phan Hoài Hiền"),
    ("Bé Na", "Nguyễn Thị Na"),
    ("Hoa Hướng Dương", "Dương Quang Phong"),
    ("Hoa Hướng Dương", "Trần Thị Hoa"),
    ("Kẻ Lữ Hành", "Đỗ Ngọc Thủy"),
    ("Cường Phạm", "Phạm Văn Cương"),
    ("Đ. V. An", "Dương Văn An"),
    ("Y Thắng Mlô", "Y Thắng Niê"),
    ("🌸🌸🌸", "Nguyễn Văn An"),
    ("Нгуен Ван Ан", "Nguyễn Văn An"),
]


@pytest.mark.parametrize(("shown", "recorded", "step"), SAME)
def test_compare_same(shown: str, recorded: str, step: NameStep) -> None:
    assert compare(shown, recorded) == NameComparison(NameVerdict.SAME, step)
    assert compare(recorded, shown).verdict == NameVerdict.SAME


@pytest.mark.parametrize(("shown", "recorded", "step"), POSSIBLE)
def test_compare_possible(shown: str, recorded: str, step: NameStep) -> None:
    assert compare(shown, recorded) == NameComparison(NameVerdict.POSSIBLE, step)


@pytest.mark.parametrize(("shown", "recorded"), DIFFERENT)
def test_compare_different(shown: str, recorded: str) -> None:
    result = compare(shown, recorded)
    assert (result.verdict, result.step) == (NameVerdict.DIFFERENT, NameStep.NONE)


@pytest.mark.parametrize("shown", ["", "   ", "\u00a0", "\n\t"])
def test_compare_nothing_shown(shown: str) -> None:
    assert compare(shown, "Nguyễn Văn An") == NameComparison(NameVerdict.MISSING, NameStep.NONE)
    assert compare(shown, unicodedata.normalize("NFD", "Nguyễn Văn An")).verdict == NameVerdict.MISSING
    assert compare(shown, shown).verdict == NameVerdict.MISSING


def test_compare_only_blank_fillers_shown() -> None:
    result = compare("\u3164\u200b", "Nguyễn Văn An")
    assert result == NameComparison(NameVerdict.MISSING, NameStep.NONE, NameFlag.INVISIBLE)


def test_compare_record_without_name() -> None:
    assert compare("Nguyễn Văn An", "").verdict == NameVerdict.DIFFERENT


@pytest.mark.parametrize(
    "shown",
    [
        "Nguyễn V\u0430\u0306n An",  # Cyrillic a under a breve
        "Nguy\u0435\u0302\u0303n Văn An",  # Cyrillic ie under Vietnamese marks
        "\u039dguyễn Văn An",  # Greek capital nu
        "𝐍𝐠𝐮𝐲ễ𝐧 𝐕ă𝐧 𝐀𝐧",
        "Ｎｇｕｙễｎ Ｖăｎ Ａｎ",
        "Ⓝⓖⓤⓨⓔⓝ Ⓥⓐⓝ Ⓐⓝ",
        "ɴɢᴜʏᴇɴ ᴠᴀɴ ᴀɴ",
        "Nguyễn Vǎn An",  # caron for breve
    ],
)
def test_compare_look_alike_letters(shown: str) -> None:
    expected = NameComparison(NameVerdict.SAME, NameStep.LOOK_ALIKE, NameFlag.LOOK_ALIKE)
    assert compare(shown, "Nguyễn Văn An") == expected


def test_compare_look_alike_without_its_mark_is_judged_by_what_remains() -> None:
    expected = NameComparison(NameVerdict.POSSIBLE, NameStep.SOME_DIACRITICS, NameFlag.LOOK_ALIKE)
    assert compare("Nguyễn V\u0430n An", "Nguyễn Văn An") == expected


def test_compare_look_alike_of_another_name_stays_different() -> None:
    assert compare("Trần Văn B\u0430o", "Lê Thị Hoa") == NameComparison(
        NameVerdict.DIFFERENT, NameStep.NONE, NameFlag.LOOK_ALIKE
    )


def test_compare_look_alike_in_the_record_only_is_no_fault_of_what_is_shown() -> None:
    result = compare("Phan Thị Anh", "Ph\u0430n Thị Anh")
    assert result == NameComparison(NameVerdict.SAME, NameStep.LOOK_ALIKE)


@pytest.mark.parametrize(
    "hidden", ["\u200b", "\u202e", "\u2066", "\u00ad", "\ufeff", "\x00", "\u3164", "\ufe0f"]
)
def test_compare_invisible_characters(hidden: str) -> None:
    result = compare(f"Nguyễn V{hidden}ăn An", "Nguyễn Văn An")
    assert result == NameComparison(NameVerdict.SAME, NameStep.INVISIBLE, NameFlag.INVISIBLE)


def test_compare_both_disguises_at_once() -> None:
    result = compare("Ph\u0430n\u200b Thị Anh", "Phan Thị Anh")
    both = NameFlag.LOOK_ALIKE | NameFlag.INVISIBLE
    assert result == NameComparison(NameVerdict.SAME, NameStep.LOOK_ALIKE, both)


@pytest.mark.parametrize("emoji", ["❤️", "👩‍⚕️", "👍🏽", "🏴\U000e0067\U000e0062\U000e007f"])
def test_compare_emoji_is_an_ornament_not_a_disguise(emoji: str) -> None:
    expected = NameComparison(NameVerdict.SAME, NameStep.ORNAMENTS)
    assert compare(f"Nguyễn Văn An {emoji}", "Nguyễn Văn An") == expected


def test_compare_press_word_beside_the_name() -> None:
    result = compare("Nguyễn Văn An - Truyền hình", "Nguyễn Văn An")
    assert result == NameComparison(NameVerdict.POSSIBLE, NameStep.NICKNAME, NameFlag.PRESS_LIKE)


def test_compare_press_name_instead_of_the_name() -> None:
    result = compare("Tin tức 24h Tĩnh", "Vũ Ngọc Trinh")
    assert result == NameComparison(NameVerdict.DIFFERENT, NameStep.NONE, NameFlag.PRESS_LIKE)


def test_compare_words_of_the_own_name_are_no_press_word() -> None:
    assert compare("Nguyễn Thời Sự", "Nguyễn Thời Sự").flags == NameFlag.NONE
    assert compare("NGUYEN THOI SU", "Nguyễn Thời Sự").flags == NameFlag.NONE


def test_verdict_and_step_all_have_labels() -> None:
    assert all(str(verdict.label) for verdict in NameVerdict)
    assert len({str(step.label) for step in NameStep}) == len(NameStep)


def test_verdict_and_step_labels_are_all_translated() -> None:
    fragment = (Path(settings.BASE_DIR) / "locale" / "parts" / "names.po").read_text(encoding="utf-8")
    translated = dict(re.findall(r'^msgid "(.+)"\nmsgstr "(.+)"$', fragment, flags=re.MULTILINE))
    with translation.override(None):
        labels = {str(one.label) for one in (*NameVerdict, *NameStep)}
    assert set(translated) == labels


def test_stored_numbers_never_move() -> None:
    assert [(verdict.name, int(verdict)) for verdict in NameVerdict] == [
        ("MISSING", 0),
        ("SAME", 1),
        ("POSSIBLE", 2),
        ("DIFFERENT", 3),
    ]
    assert {step.name: int(step) for step in NameStep} == {
        "NONE": 0,
        "EXACT": 1,
        "UNICODE_FORM": 2,
        "WHITE_SPACE": 3,
        "CASE": 4,
        "D_LETTERS": 5,
        "APOSTROPHES": 6,
        "ORNAMENTS": 7,
        "TONE_PLACEMENT": 8,
        "I_Y": 9,
        "NO_DIACRITICS": 10,
        "TITLE_REMOVED": 11,
        "AGENCY_SUFFIX_REMOVED": 12,
        "INVISIBLE": 13,
        "LOOK_ALIKE": 14,
        "ORDER": 20,
        "GIVEN_FAMILY": 21,
        "MIDDLE_MISSING": 22,
        "FAMILY_MISSING": 23,
        "NICKNAME": 24,
        "INITIALS": 25,
        "JOINED": 26,
        "SOME_DIACRITICS": 27,
        "ADDRESS_REMOVED": 28,
    }
    assert {flag.name: flag.value for flag in NameFlag} == {
        "LOOK_ALIKE": 1, "INVISIBLE": 2, "PRESS_LIKE": 4, "AGENCY_LIKE": 8,
    }  # fmt: skip
