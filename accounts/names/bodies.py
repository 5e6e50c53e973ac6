"""Words by which an account passes for a body of the state or of the army.

Thông tư 81/2025/TT-BQP, Điều 6: no account of a serviceman bears a name like, or confusingly near, a press,
state or defence body's.

Bộ, Trường, Viện, Công An, Hội, Vụ are also names of people or parts of them, and a stationer is a "Văn phòng
phẩm". So only what opens with the name of a kind of body and goes on counts; what could also be a person,
only with all its words ("Công an tỉnh…"). Whether a text is the very name of an agency of the book is for
`accounts.agency_names`.
"""

from collections import defaultdict

from accounts.names.folding import Syllable, revealed, words
from accounts.names.readings import is_agency

_FAMILIES = frozenset(word.bare for word in words("Nguyễn Trần Lê Phạm Huỳnh Phan Đặng Bùi Hoàng Võ"))
# With or without diacritics: nobody is called so.
_HEADS = """
ubnd, ủy ban nhân dân, hđnd, hội đồng nhân dân, mttq, ủy ban mttq, tand, tòa án nhân dân, vksnd, viện kiểm
sát, bhxh, bảo hiểm xã hội, kbnn, kho bạc nhà nước, thads, thi hành án dân sự, tỉnh ủy, thành ủy, huyện ủy,
chi cục, tổng cục, bộ quốc phòng, bộ công an, bộ nội vụ, bộ tư pháp, bộ tài chính, bộ ngoại giao, bộ y tế, bộ
xây dựng, bộ tư lệnh, bộ chỉ huy quân sự, bộ chỉ huy bộ đội, bộ chqs, ban chỉ huy quân sự, ban chqs, bộ đội
biên phòng, quân đội nhân dân, công an nhân dân, công an tỉnh, công an thành phố, công an tp, công an huyện,
công an quận, công an xã, công an phường, cảnh sát giao thông, cảnh sát cơ động, cảnh sát hình sự, cảnh sát
biển, văn phòng chính phủ, văn phòng quốc hội, văn phòng ubnd, thanh tra chính phủ, thanh tra tỉnh, chính phủ
việt nam, quốc hội việt nam, ngân hàng nhà nước, kiểm toán nhà nước, quân khu, quân đoàn, quân chủng, binh
chủng, sư đoàn, lữ đoàn, trung đoàn, tiểu đoàn, đồn biên phòng, hải quân nhân dân
"""
# Without their diacritics these are too short or too common to say so.
_HEADS_WITH_DIACRITICS = (
    "sở, cục, bộ khoa học, bộ giáo dục, bộ văn hóa, bộ công thương, bộ nông nghiệp, bộ dân tộc"
)
_LONGEST = 300


def _phrases(text: str) -> defaultdict[str, list[tuple[Syllable, ...]]]:
    found: defaultdict[str, list[tuple[Syllable, ...]]] = defaultdict(list)
    for listed in text.split(","):
        phrase = words(listed)
        found[phrase[0].bare].append(phrase)
    return found


_ANYHOW = _phrases(_HEADS)
_MARKED = _phrases(_HEADS_WITH_DIACRITICS)


def looks_like_body(text: str) -> str:
    """The words by which a text passes for a body of the state or the army, as written; "" for none.

    "UBND xã Kỳ Hoa", "Cong an tinh Ha Tinh", "Sở Y tế"; not "Nguyễn Công An", "Bộ Trần", "Văn phòng phẩm".
    """
    said = words(revealed(text[:_LONGEST]))
    if not said:
        return ""
    for phrase in _ANYHOW.get(said[0].bare, ()):
        part = said[: len(phrase)]
        if len(part) == len(phrase) and all(map(_is, part, phrase)):
            return " ".join(word.raw for word in part)
    for phrase in _MARKED.get(said[0].bare, ()):
        part = said[: len(phrase)]
        goes_on = len(said) > len(phrase) and said[len(phrase)].bare not in _FAMILIES
        if goes_on and [word.i_y for word in part] == [word.i_y for word in phrase]:
            return " ".join(word.raw for word in part)
    return ""


def begins_like_body(text: str) -> bool:
    """Whether a text begins with the name of a kind of body, be it also somebody's name ("Trường", "Hội")."""
    said = words(revealed(text[:_LONGEST]))
    return bool(said) and is_agency(said)


def _is(said: Syllable, listed: Syllable) -> bool:
    return said.i_y == listed.i_y or (said.is_bare and said.bare == listed.bare)


def is_acronym(text: str) -> bool:
    """Whether a text is one word in capitals only (BQP, TTXVN, VKSNDTC)."""
    return text.isalpha() and text.isupper() and len(text) > 1
