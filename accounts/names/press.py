"""Words by which an account passes for a press body.

Nghị định 147/2024/NĐ-CP, Điều 36: an account, page, channel or group may not carry a name the same as a press
body's, or words that suggest one (báo, đài, tạp chí, tin tức, truyền hình, thông tấn…).

Bảo, Báo, Đài and Đại are also names of people. So báo and đài count only in front of something that is no
person's name, and words that fit a person's name (Phát Thanh, Thông Tấn) only where they open the text.
"""

import re
from collections import defaultdict
from collections.abc import Sequence

from accounts.names.folding import Syllable, revealed, words

_ANYWHERE = """
tin tức, tin nóng, tin nhanh, tin 24h, tin 24 7, kênh tin, thời sự, tạp chí, báo chí, báo điện tử, báo mạng,
báo mới, tòa soạn, phóng viên, truyền hình, thông tấn xã, ttxvn, phát thanh truyền hình, phát thanh và
truyền hình, ptth, pt th, đài phát thanh, đài tiếng nói, vnexpress, news, newspaper, magazine, journal,
press, television, broadcasting
"""
# Without their diacritics these are given names (Tuấn Bảo, Nhật Bảo, Văn Tín).
_ANYWHERE_WITH_DIACRITICS = "tuần báo, nhật báo, bản tin, điểm tin"
_OPENING = "phát thanh, thông tấn, tin, kênh"
_FAMILIES = words(
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Đoàn Trịnh Trương Lương Đào "
    "Cao Mai Lưu Tô Tạ Chu Thái Lâm Phùng Vương Triệu Nông Hà Đậu Tống Quách Kiều Văn"
)
_PAPERS = """
tuổi trẻ, thanh niên, nhân dân, lao động, người lao động, tiền phong, pháp luật, công an, công lý, dân trí,
dân việt, đảng, đại đoàn kết, quân đội, phụ nữ, sức khỏe, giáo dục, giao thông, xây dựng, văn hóa, nông
nghiệp, đầu tư, công thương, gia đình, tin tức, điện tử, mạng, mới, sài gòn, thủ đô, đời sống
"""
_PROVINCES = """
an giang, bà rịa vũng tàu, bạc liêu, bắc giang, bắc kạn, bắc ninh, bến tre, bình dương, bình định, bình phước,
bình thuận, cà mau, cao bằng, cần thơ, đà nẵng, đắk lắk, đắk nông, điện biên, đồng nai, đồng tháp, gia lai, hà
giang, hà nam, hà nội, hà tĩnh, hải dương, hải phòng, hậu giang, hòa bình, huế, hưng yên, khánh hòa, kiên
giang, kon tum, lai châu, lạng sơn, lào cai, lâm đồng, long an, nam định, nghệ an, ninh bình, ninh thuận, phú
thọ, phú yên, quảng bình, quảng nam, quảng ngãi, quảng ninh, quảng trị, sóc trăng, sơn la, tây ninh, thái
bình, thái nguyên, thanh hóa, thừa thiên huế, tiền giang, trà vinh, tuyên quang, vĩnh long, vĩnh phúc, yên
bái, việt nam, tphcm
"""


def _phrases(text: str) -> tuple[tuple[Syllable, ...], ...]:
    return tuple(words(phrase) for phrase in text.split(","))


_BY_FIRST_WORD: defaultdict[str, list[tuple[Syllable, ...]]] = defaultdict(list)
for _phrase in _phrases(_ANYWHERE):
    _BY_FIRST_WORD[_phrase[0].bare].append(_phrase)
_MARKED_PHRASES = tuple(tuple(word.i_y for word in phrase) for phrase in _phrases(_ANYWHERE_WITH_DIACRITICS))
_OPENING_PHRASES = _phrases(_OPENING)
_BODIES = _phrases(_PAPERS) + _phrases(_PROVINCES)
_STATION = re.compile(r"(?:vtv|vtc|vov|htv|antv)\d*")
_BAO, _DAI = words("báo đài")
_LONGEST = 300


def looks_like_press(text: str) -> str:
    """The words of a text that suggest a press body, as written there; "" when there are none.

    With and without diacritics. "Nguyễn Gia Bảo", "Trần Thị Đài Trang", "Tran Quoc Bao" suggest nothing.
    """
    name = words(revealed(text)[:_LONGEST])
    for at, word in enumerate(name):
        if _STATION.fullmatch(word.bare):
            return word.raw
        for phrase in _BY_FIRST_WORD.get(word.bare, ()):
            if _stands_at(name, at, phrase):
                return _written(name[at : at + len(phrase)])
        if (word.i_y, *(following.i_y for following in name[at + 1 : at + 2])) in _MARKED_PHRASES:
            return _written(name[at : at + 2])
    for phrase in _OPENING_PHRASES:
        if len(name) > len(phrase) and _stands_at(name, 0, phrase) and not _is_like_person(name):
            return _written(name[: len(phrase)])
    if len(name) > 1 and _opens_with_press_body(name):
        return name[0].raw
    return ""


def _opens_with_press_body(name: Sequence[Syllable]) -> bool:
    head = name[0]
    if not (_same(head, _BAO) or _same(head, _DAI)):
        return False
    marked = head.i_y == _BAO.i_y
    # "Bao Thái Bình" is a paper; "Bao Thái Bình Trần" somebody's name turned round, and so is "Bao Dang".
    for body in _BODIES:
        whole = len(name) == 1 + len(body)
        if (marked or len(body) > 1) and _stands_at(name, 1, body) and (whole or not _is_like_person(name)):
            return True
    return marked and len(name) > 2 and not _is_like_person(name)  # noqa: PLR2004 - Báo and two words


def _is_like_person(name: Sequence[Syllable]) -> bool:
    """Whether a family name stands at an end, so that the rest may be somebody's given name."""
    return any(_same(end, family) for end in (name[0], name[-1]) for family in _FAMILIES)


def _stands_at(name: Sequence[Syllable], at: int, phrase: Sequence[Syllable]) -> bool:
    part = name[at : at + len(phrase)]
    return len(part) == len(phrase) and all(map(_same, part, phrase))


def _same(shown: Syllable, listed: Syllable) -> bool:
    return shown.i_y == listed.i_y or (shown.is_bare and shown.bare == listed.bare)


def _written(part: Sequence[Syllable]) -> str:
    return " ".join(word.raw for word in part)
