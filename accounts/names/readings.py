"""What of a text may be the name: without title, agency, nickname.

A text gives several readings; the comparison takes the one that agrees best with the record. A reading says
which step made it, and whether what was left out still allows "same" (a title, an agency) or only "possible"
(a nickname, a form of address that can also be a name).
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from accounts.names.disguise import is_plain
from accounts.names.folding import Syllable, words
from accounts.names.verdict import NameStep

MOST_WORDS = 16
"""Longer texts are read as a whole only: they are no person's name, and must not cost more than one."""


class Reading(NamedTuple):
    """One way to read a text as a name."""

    name: tuple[Syllable, ...]
    step: NameStep
    allows_same: bool


_TITLES = """
BS, Bác sĩ, Bác sỹ, BSCKI, BSCKII, BS CKI, BS CKII, BS CK1, BS CK2, CKI, CKII, CK1, CK2, ThS, Th S, Thạc sĩ,
Thạc sỹ, TS, T S, Tiến sĩ, Tiến sỹ, PGS, Phó giáo sư, GS, Giáo sư, KS, Kỹ sư, KTS, Kiến trúc sư, LS, Luật sư,
CN, Cử nhân, DS, Dược sĩ, Dược sỹ, ĐD, Điều dưỡng, Y sĩ, Y sỹ, Y tá, KTV, GV, Giáo viên, NGƯT, NGND, TTƯT,
TTND, NSND, NSƯT, TSKH, MD, PhD, Nhà giáo, Thẩm phán, Kiểm sát viên, Đ c, ĐC, Đồng chí, Dr, Mr, Mrs, Ms, Prof,
Đại tướng, Thượng tướng, Trung tướng, Thiếu tướng, Đại tá, Thượng tá, Trung tá, Thiếu tá, Đại úy, Thượng úy,
Trung úy, Thiếu úy, Chuẩn úy, Thượng sĩ, Trung sĩ, Hạ sĩ, Binh nhất, Binh nhì, Giám đốc, Phó Giám đốc, Chủ
tịch, Phó Chủ tịch, Bí thư, Phó Bí thư, Trưởng phòng, Phó Trưởng phòng, Chánh Văn phòng, Chuyên viên, Chuyên
viên chính, Hiệu trưởng, Phó Hiệu trưởng, Kế toán, Kế toán trưởng, Văn thư
"""
_ADDRESSES = "Ông, Bà, Anh, Chị, Cô, Thầy, Chú, Bác"
_AGENCIES = """
Sở, UBND, Ủy ban, HĐND, Hội đồng nhân dân, Công an, CA, Bộ, Bộ đội, Bộ CHQS, Ban, Ban Chỉ huy, Cục, Chi cục,
Tổng cục, Vụ, Phòng, Văn phòng, VP, Viện, VKS, VKSND, Tòa án, TAND, Trung tâm, TT, TTYT, TTHCC, Bệnh viện, BV,
Trạm, Trạm y tế, Trường, THPT, THCS, Tiểu học, Mầm non, Đại học, ĐH, Cao đẳng, Học viện, Tỉnh ủy, Thành ủy,
Huyện ủy, Đảng ủy, Đảng bộ, Chi bộ, Tỉnh đoàn, Đoàn Thanh niên, Đoàn TN, Hội, Hội Nông dân, Hội Phụ nữ, MTTQ,
Mặt trận, Liên đoàn, Công đoàn, Kho bạc, KBNN, Thuế, Hải quan, BHXH, Bảo hiểm xã hội, Thanh tra, Thi hành án,
THADS, Quỹ, Thư viện, Bảo tàng, Xã, Phường, Thị trấn, Huyện, Quận, Tỉnh, Thành phố, TP, Đặc khu, Nhà văn hóa,
Đội, Đồn, Đồn Biên phòng, Hạt Kiểm lâm, Kiểm lâm
"""
# Heads that stay clear of every name even without diacritics; the others ("Phuong", "Truong", "Vu") must
# carry theirs.
_CLEAR_WITHOUT_DIACRITICS = """
so, ubnd, uy ban, hdnd, hoi dong nhan dan, chi cuc, tong cuc, vks, vksnd, toa an, tand, trung tam,
ttyt, benh vien, bv, thpt, thcs, tinh uy, thanh uy, huyen uy, dang uy, mttq, kho bac, kbnn, bhxh, thads,
van phong
"""


def _phrases(text: str) -> tuple[tuple[Syllable, ...], ...]:
    listed = (words(phrase) for phrase in text.split(","))
    return tuple(sorted(listed, key=len, reverse=True))


def _forms(text: str) -> frozenset[tuple[str, ...]]:
    return frozenset(tuple(word.i_y for word in phrase) for phrase in _phrases(text))


_TITLE_FORMS = _forms(_TITLES)
# Several words without diacritics are still a title ("Thuong ta", "Tien si"); one alone is not ("Anh" needs
# none).
_BARE_TITLES = frozenset(
    tuple(word.bare for word in phrase) for phrase in _phrases(_TITLES) if len(phrase) > 1
)
_ADDRESS_FORMS = _forms(_ADDRESSES)
_CLEAR_BARE = frozenset(tuple(word.bare for word in phrase) for phrase in _phrases(_CLEAR_WITHOUT_DIACRITICS))
_CLEAR_FORMS = _forms(_CLEAR_WITHOUT_DIACRITICS) | frozenset(
    tuple(word.i_y for word in phrase)
    for phrase in _phrases(_AGENCIES)
    if tuple(word.bare for word in phrase) in _CLEAR_BARE
)
_AGENCY_FORMS = _forms(_AGENCIES) | _CLEAR_FORMS
_TRAILING_FORMS = _forms("ThS, TS, PGS, GS, BS, KS, LS, CN, DS, MD, PhD, MSc, MBA, MPH")
_LONGEST_PHRASE = 4

_BRACKETED = re.compile(r"[(\[{（【「『“«\"]([^()\[\]{}（）【】「」『』“”«»\"]*)[)\]}）】」』”»\"]")  # noqa: RUF039, RUF100
_PARTED = re.compile(r"\s+[-‐‑–—―~/:]\s*|\s*[-‐‑–—―]\s+|\s*[|｜¦•·●,;–—]\s*")


def readings(text: str) -> Iterator[Reading]:
    """The ways to read a text (`folding.revealed`), the most literal first; none when it holds no letter."""
    whole = words(text)
    if not whole:
        return
    yield Reading(whole, NameStep.EXACT, allows_same=True)
    if len(whole) > MOST_WORDS:
        return
    yield from _without_titles(whole)
    at = _agency_at(whole)
    if at:
        yield Reading(whole[:at], NameStep.AGENCY_SUFFIX_REMOVED, allows_same=True)
    numberless = tuple(word for word in whole if not word.raw.isdigit())
    if numberless and len(numberless) < len(whole):
        yield Reading(numberless, NameStep.NICKNAME, allows_same=False)
    if not is_plain(text):
        yield from _of_segments(text)


def _of_segments(text: str) -> Iterator[Reading]:
    aside = [words(inner) for inner in _BRACKETED.findall(text)]
    outside = [words(part) for part in _PARTED.split(_BRACKETED.sub(" ", text))]
    segments = [segment for segment in (*outside, *aside) if segment]
    if len(segments) < 2:  # noqa: PLR2004 - a name and something beside it
        return
    for at, segment in enumerate(segments):
        if is_agency(segment):
            continue
        beside = segments[:at] + segments[at + 1 :]
        only_agencies = all(is_agency(other) or _is_title(other) for other in beside)
        step = NameStep.AGENCY_SUFFIX_REMOVED if only_agencies else NameStep.NICKNAME
        yield Reading(segment, step, allows_same=only_agencies)
        for inner in _without_titles(segment):
            yield Reading(inner.name, max(step, inner.step), allows_same=only_agencies and inner.allows_same)


def _without_titles(name: tuple[Syllable, ...]) -> Iterator[Reading]:
    start, end = 0, len(name)
    while length := _phrase_at(name, start, _TITLE_FORMS, _BARE_TITLES):
        start += length
    while end > start and (name[end - 1].i_y,) in _TRAILING_FORMS:
        end -= 1
    if start < end and (start or end < len(name)):
        yield Reading(name[start:end], NameStep.TITLE_REMOVED, allows_same=True)
    if start < end - 1 and (name[start].i_y,) in _ADDRESS_FORMS:
        yield Reading(name[start + 1 : end], NameStep.ADDRESS_REMOVED, allows_same=False)


def _phrase_at(
    name: Sequence[Syllable],
    start: int,
    forms: frozenset[tuple[str, ...]],
    bare: frozenset[tuple[str, ...]] = frozenset(),
) -> int:
    """How many words from `start` are one of the phrases; 0 for none."""
    for length in range(min(_LONGEST_PHRASE, len(name) - start), 0, -1):
        part = name[start : start + length]
        if tuple(word.i_y for word in part) in forms:
            return length
        if bare and all(word.is_bare for word in part) and tuple(word.bare for word in part) in bare:
            return length
    return 0


def _is_title(segment: tuple[Syllable, ...]) -> bool:
    return _phrase_at(segment, 0, _TITLE_FORMS | _TRAILING_FORMS, _BARE_TITLES) > 0


def is_agency(segment: Sequence[Syllable]) -> bool:
    """Whether a part of a text begins like the name of an agency ("Sở Y tế", "UBND xã Kỳ Hoa")."""
    return _phrase_at(segment, 0, _AGENCY_FORMS) > 0


def _agency_at(name: Sequence[Syllable]) -> int:
    """Where an agency begins that follows a name with no sign between; 0 when nowhere.

    Only heads that are no given name count here: Trường, Viện, Công An can be the end of one.
    """
    return next((at for at in range(2, len(name) - 1) if _phrase_at(name, at, _CLEAR_FORMS)), 0)
