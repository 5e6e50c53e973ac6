"""The data files as they ship: complete, consistent, and dated without contradictions."""

import datetime as dt
import unicodedata
from collections import Counter
from itertools import pairwise

import pytest

from accounts.data import (
    AgencySeed,
    Gender,
    Kind,
    NameGenerator,
    SuccessionKind,
    agency_tree,
    department_code,
    name_model,
    successions,
)
from accounts.data.tables import FOLDER, first_day_gone, rows, several

REFORM = dt.date(2025, 3, 1)
TWO_TIERS = dt.date(2025, 7, 1)


@pytest.fixture(scope="module")
def agencies() -> dict[str, AgencySeed]:
    return {seed.code: seed for seed in agency_tree()}


def _heirs(code: str) -> dict[str, dt.date]:
    return {s.successor_code: s.on for s in successions() if s.predecessor_code == code}


def test_agency_tree_holds_every_province_and_commune(agencies: dict[str, AgencySeed]):
    provinces = [seed for seed in agencies.values() if seed.kind is Kind.PROVINCE]
    now = [seed for seed in provinces if seed.dissolved_on is None]
    assert len(now) == 34
    assert sum(seed.name.startswith("Ủy ban nhân dân thành phố ") for seed in now) == 7
    assert len(provinces) - len(now) == 52
    communes = Counter(seed.short_name.split()[1] for seed in agencies.values() if seed.kind is Kind.COMMUNE)
    assert communes == {"xã": 2611, "phường": 697, "đặc": 13}


def test_agency_tree_gives_each_code_once():
    codes = [seed.code for seed in agency_tree()]
    assert len(codes) == len(set(codes))


def test_agency_tree_puts_parents_first():
    seen = set()
    for seed in agency_tree():
        assert not seed.parent_code or seed.parent_code in seen, seed.code
        seen.add(seed.code)


def test_agency_tree_text_is_tidy(agencies: dict[str, AgencySeed]):
    for seed in agencies.values():
        forms = (
            seed.name,
            seed.name_en,
            seed.short_name,
            *seed.aliases,
            *(f.name for f in seed.former_names),
        )
        for text in forms:
            assert text == unicodedata.normalize("NFC", text).strip() != "", seed.code
            assert "trước" not in text
            assert "  " not in text
        assert seed.name not in seed.aliases
        assert len(set(seed.aliases)) == len(seed.aliases)
        assert seed.certainty in {"high", "medium"}


def test_agency_tree_dates_are_ordered(agencies: dict[str, AgencySeed]):
    for seed in agencies.values():
        if seed.established_on and seed.dissolved_on:
            assert seed.established_on < seed.dissolved_on, seed.code
        parent = agencies.get(seed.parent_code)
        if parent and parent.established_on and seed.established_on:
            assert seed.established_on >= parent.established_on, seed.code


def test_agency_tree_names_the_government_of_a_province(agencies: dict[str, AgencySeed]):
    ha_tinh = agencies["T34-42"]
    assert ha_tinh.name == "Ủy ban nhân dân tỉnh Hà Tĩnh"
    assert ha_tinh.short_name == "UBND tỉnh Hà Tĩnh"
    assert {"Tỉnh Hà Tĩnh", "Hà Tĩnh"} <= set(ha_tinh.aliases)
    assert ha_tinh.other_codes == ("T63-42",)
    assert agencies["T34-46"].name == "Ủy ban nhân dân thành phố Huế"


def test_agency_tree_province_that_only_changed_lists_is_one_body(agencies: dict[str, AgencySeed]):
    same = [seed for seed in agencies.values() if seed.other_codes]
    assert len(same) == 11
    for seed in same:
        assert seed.other_codes[0] not in agencies


def test_agency_tree_commune_stands_below_its_province(agencies: dict[str, AgencySeed]):
    (ky_thuong,) = (
        seed
        for seed in agencies.values()
        if seed.name == "Ủy ban nhân dân xã Kỳ Thượng" and seed.parent_code == "T34-42"
    )
    assert ky_thuong.short_name == "UBND xã Kỳ Thượng"
    assert {"Xã Kỳ Thượng", "UBND xã Kỳ Thượng, tỉnh Hà Tĩnh"} <= set(ky_thuong.aliases)


def test_agency_tree_no_two_present_bodies_below_one_parent_share_a_name(agencies: dict[str, AgencySeed]):
    names = Counter((seed.parent_code, seed.name) for seed in agencies.values() if seed.dissolved_on is None)
    assert max(names.values()) == 1


def test_agency_tree_change_of_status_is_a_former_name(agencies: dict[str, AgencySeed]):
    (former,) = agencies["T34-75"].former_names
    assert (former.name, former.until) == ("Ủy ban nhân dân tỉnh Đồng Nai", dt.date(2026, 4, 30))
    (of_department,) = agencies["T34-75-NV"].former_names
    assert (of_department.name, of_department.until) == ("Sở Nội vụ tỉnh Đồng Nai", dt.date(2026, 4, 30))
    # A department that began after the change never bore the older name; one that ended before it did.
    assert agencies["T34-46-NV"].former_names == ()
    assert agencies["T34-46-SNV63"].former_names[0].name == "Sở Nội vụ tỉnh Thừa Thiên Huế"


def test_agency_tree_departments_of_every_province(agencies: dict[str, AgencySeed]):
    present = Counter(
        seed.parent_code
        for seed in agencies.values()
        if seed.kind is Kind.DEPARTMENT and seed.dissolved_on is None
    )
    assert len(present) == 34
    assert {code for code, count in present.items() if count == 13} == {"T34-01", "T34-79"}  # QHKT
    assert {count for code, count in present.items() if code not in {"T34-01", "T34-79"}} == {12}


@pytest.mark.parametrize(
    ("code", "name", "short"),
    [
        ("T34-42-NV", "Sở Nội vụ tỉnh Hà Tĩnh", "Sở Nội vụ"),
        ("T34-42-TT", "Thanh tra tỉnh Hà Tĩnh", "Thanh tra tỉnh"),
        ("T34-01-TT", "Thanh tra thành phố Hà Nội", "Thanh tra thành phố"),
        ("T34-42-VP", "Văn phòng Ủy ban nhân dân tỉnh Hà Tĩnh", "Văn phòng UBND tỉnh Hà Tĩnh"),
        ("T34-79-QHKT", "Sở Quy hoạch - Kiến trúc thành phố Hồ Chí Minh", "Sở Quy hoạch - Kiến trúc"),
    ],
)
def test_agency_tree_names_departments_as_they_sign(
    agencies: dict[str, AgencySeed], code: str, name: str, short: str
):
    assert (agencies[code].name, agencies[code].short_name) == (name, short)


def test_agency_tree_department_begins_with_its_province(agencies: dict[str, AgencySeed]):
    assert agencies["T34-42-NV"].established_on == REFORM
    assert agencies["T34-08-NV"].established_on == TWO_TIERS


def test_agency_tree_abbreviations_resolve_with_and_without_the_province(agencies: dict[str, AgencySeed]):
    aliases = agencies["T34-42-STTTT63"].aliases
    assert {"Sở TT&TT", "Sở TTTT Hà Tĩnh", "Sở TT&TT tỉnh Hà Tĩnh"} <= set(aliases)
    assert "Sở GD&ĐT TP.HCM" in agencies["T34-79-GDDT"].aliases


def test_first_day_gone_turns_the_files_last_day_into_the_first_without():
    assert first_day_gone("2025-02-28") == REFORM
    assert first_day_gone("") is None


def test_department_code_of_a_former_province_drops_the_vintage():
    assert department_code("T63-02", "STTTT63") == "T63-02-STTTT"
    assert department_code("T34-42", "STTTT63") == "T34-42-STTTT63"
    assert department_code("T34-42", "DEPT-NV") == "T34-42-NV"


def test_successions_join_known_agencies(agencies: dict[str, AgencySeed]):
    for link in successions():
        assert agencies[link.predecessor_code].dissolved_on is not None
        assert link.successor_code in agencies
        assert link.predecessor_code != link.successor_code


def test_successions_leave_no_dissolved_agency_without_heir(agencies: dict[str, AgencySeed]):
    dissolved = {code for code, seed in agencies.items() if seed.dissolved_on}
    assert {link.predecessor_code for link in successions()} == dissolved


def test_successions_never_name_a_body_that_is_not_there(agencies: dict[str, AgencySeed]):
    for link in successions():
        heir, gone = agencies[link.successor_code], agencies[link.predecessor_code].dissolved_on
        assert gone
        assert link.on >= gone
        assert heir.established_on is None or heir.established_on <= link.on
        assert heir.dissolved_on is None or link.on < heir.dissolved_on


def test_successions_gap_of_2025_is_only_in_the_merged_provinces(agencies: dict[str, AgencySeed]):
    late = [link for link in successions() if link.on != agencies[link.predecessor_code].dissolved_on]
    assert {link.predecessor_code[:4] for link in late} == {"T63-"}
    assert {agencies[link.predecessor_code].kind for link in late} == {Kind.DEPARTMENT}
    assert {link.on for link in late} == {TWO_TIERS}
    assert len({link.predecessor_code for link in late}) == 52 * 10


def test_successions_of_a_split_department(agencies: dict[str, AgencySeed]):
    old = agencies["T34-42-STTTT63"]
    assert old.name == "Sở Thông tin và Truyền thông tỉnh Hà Tĩnh"
    assert old.dissolved_on == REFORM
    assert _heirs(old.code) == {"T34-42-KHCN": REFORM, "T34-42-VHTTDL": REFORM}


def test_successions_of_a_department_in_a_merged_province():
    assert _heirs("T63-02-STTTT") == {"T34-08-KHCN": TWO_TIERS, "T34-08-VHTTDL": TWO_TIERS}


def test_successions_of_ministries_and_provinces():
    assert _heirs("TW63-BTTTT") == {"TW-BKHCN": REFORM, "TW-BVHTTDL": REFORM}
    assert _heirs("T63-15") == {"T34-15": TWO_TIERS}  # Yên Bái: its code now means Lào Cai
    kinds = {(s.predecessor_code, s.successor_code): s.kind for s in successions()}
    assert kinds["TW63-BTTTT", "TW-BKHCN"] is SuccessionKind.SPLIT
    assert kinds["T63-10", "T34-15"] is SuccessionKind.MERGED
    assert kinds["TW63-UBDT", "TW-BDTTG"] is SuccessionKind.RENAMED


def test_files_are_utf8_nfc_with_unix_lines():
    names = sorted(path.name for path in FOLDER.glob("*.csv"))
    assert names == [
        "agencies.csv",
        "communes.csv",
        "department_templates.csv",
        "former_names.csv",
        "names.csv",
    ]
    for name in names:
        raw = (FOLDER / name).read_bytes()
        assert b"\r" not in raw
        assert not raw.startswith(b"\xef\xbb\xbf")
        text = raw.decode()
        assert unicodedata.is_normalized("NFC", text)
        assert all(None not in row and None not in row.values() for row in rows(name)), name


def test_files_former_names_belong_to_known_agencies(agencies: dict[str, AgencySeed]):
    for row in rows("former_names.csv"):
        assert row["code"] in agencies


def test_several_ignores_blanks():
    assert several(" a; b;;") == ("a", "b")
    assert several("") == ()


def test_name_generator_is_repeatable():
    one, two, other = NameGenerator(7), NameGenerator(7), NameGenerator(8)
    first = list(one.names(20_000))
    assert first == [two.full_name() for _ in range(20_000)]
    assert first != list(other.names(20_000))


def test_name_generator_follows_the_measured_frequencies():
    drawn = list(NameGenerator("frequencies").names(100_000))
    families = Counter(name.split()[0] for name, _ in drawn)
    assert families["Nguyễn"] / len(drawn) == pytest.approx(0.31, abs=0.02)
    assert families["Nguyễn"] > families["Trần"] > families["Lê"] > families["Phạm"]
    for gender, shares in ((Gender.FEMALE, {3: 0.347, 4: 0.646}), (Gender.MALE, {3: 0.7275, 4: 0.261})):
        words = Counter(len(name.split()) for name, borne in drawn if borne is gender)
        for count, share in shares.items():
            assert words[count] / words.total() == pytest.approx(share, abs=0.03)


def test_name_generator_knows_given_name_first_forms():
    names = [name for name, _ in NameGenerator("order").names(50_000)]
    clans = tuple(f" {clan}" for clan in ("Niê", "Mlô", "Êban", "Byă", "Ksor"))
    given_first = [name for name in names if name.startswith(("Y ", "H'", "H’")) and name.endswith(clans)]
    assert 0.002 < len(given_first) / len(names) < 0.012
    assert {name[:2] for name in given_first} == {"Y ", "H'", "H’"}


def test_name_generator_text_is_nfc_and_repeats_no_word_after_the_family():
    for name, _ in NameGenerator("tidy").names(20_000):
        assert unicodedata.is_normalized("NFC", name)
        tail = name.split()[1:]
        assert all(a != b for a, b in pairwise(tail)), name


def test_name_model_reads_every_part():
    model = name_model()
    assert {"Nguyễn", "Lò", "Lữ", "Huỳnh", "Hoàng", "Vũ", "Võ"} <= model.families.keys()
    assert not any("/" in family for family in model.families)
    assert "Thị" in model.middles[Gender.FEMALE]
    assert "Thị" not in model.middles[Gender.MALE]
    assert "Văn" not in model.middles[Gender.FEMALE]
    assert set(model.word_counts[Gender.MALE]) == {2, 3, 4, 5}
