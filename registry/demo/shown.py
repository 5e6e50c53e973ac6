"""What accounts show: the true name, agency and notice, or one of the faults people really make.

Shares in thousandths. Those of the common faults were measured on one province's list of 420 accounts; of the
seldom ones, which that list had none of, a few in a thousand are planted so that each has its example.
"""

import random
import unicodedata
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Final

from registry.demo.dice import draw, urn

_MARKS = dict.fromkeys(range(0x300, 0x370)) | {ord("đ"): "d", ord("Đ"): "D"}
_LOOK_ALIKES = str.maketrans({"a": "а", "o": "о", "e": "е", "c": "с"})  # Cyrillic
_INVISIBLE = "\u200b"
_PETS = ("Bi", "Bắp", "Tép", "Cún", "Sóc", "Nấm", "Bông", "Ken", "Bin", "Gấu")
_ALIASES = (
    "Mẹ {pet}", "Bố {pet}", "Hoa Cỏ May", "Gió Lào", "Lặng Lẽ", "Xóm Nhỏ", "Nhà {pet}", "Biển Gọi",
    "Shop {pet} Store", "Nắng Miền Trung",
)  # fmt: skip
_PRESS = ("Tin tức 24h {given}", "Báo {given} Online", "Truyền hình {given} TV")
_TITLES = ("Thầy giáo", "Cô giáo", "Ths.", "BS.")


class AgencyKind(StrEnum):
    """What an account shows for an agency, seen from its owner's."""

    CURRENT = "current"
    PLAIN = "plain"  # without diacritics
    ALIAS = "alias"
    ANCESTOR = "ancestor"
    OTHER = "other"
    FORMER = "former"
    UNKNOWN = "unknown"
    MISSING = "missing"


class PhotoKind(StrEnum):
    """What became of an account's photo; the refusals are the photo door's own codes."""

    OWN = "own"
    SHARED = "shared"  # the very picture another person shows
    ALIKE = "alike"  # that picture, resized or compressed again
    MISSING = ""
    TOO_SMALL = "photo_too_small"
    UNREADABLE = "photo_unreadable"
    REFUSED = "photo_too_many_pixels"

    @property
    def problem(self) -> str:
        """The photo door's refusal; "" where it refused nothing."""
        return _PROBLEMS[self]


_PROBLEMS = {kind: kind.value if kind.value.startswith("photo_") else "" for kind in PhotoKind}
AGENCIES: Final = urn(
    {
        AgencyKind.CURRENT: 575, AgencyKind.MISSING: 114, AgencyKind.OTHER: 93, AgencyKind.FORMER: 80,
        AgencyKind.ANCESTOR: 55, AgencyKind.PLAIN: 45, AgencyKind.ALIAS: 25, AgencyKind.UNKNOWN: 13,
    }
)  # fmt: skip
# Where the unit must not be shown (army, procuracy, police), most people do not.
HIDDEN_AGENCIES: Final = urn(
    {
        AgencyKind.MISSING: 760, AgencyKind.CURRENT: 120, AgencyKind.ANCESTOR: 50, AgencyKind.ALIAS: 20,
        AgencyKind.PLAIN: 20, AgencyKind.OTHER: 15, AgencyKind.FORMER: 5, AgencyKind.UNKNOWN: 10,
    }
)  # fmt: skip
NOTICES: Final = urn({"full": 730, "missing": 217, "personal": 28, "apart": 15, "neither": 10})
PHOTOS: Final = urn(
    {
        PhotoKind.OWN: 753, PhotoKind.MISSING: 179, PhotoKind.TOO_SMALL: 50, PhotoKind.UNREADABLE: 7,
        PhotoKind.SHARED: 6, PhotoKind.ALIKE: 3, PhotoKind.REFUSED: 2,
    }
)  # fmt: skip

NO_AGENCIES: Final = (
    "Công ty TNHH Hoa Nắng", "Nhà hàng Biển Gọi", "Tự do", "Hội những người yêu hoa lan", "Freelancer",
)  # fmt: skip
_NOTICE: Final = {
    "full": (
        "Trang cá nhân. Ý kiến trên trang này là của riêng tôi, không đại diện cho cơ quan nơi tôi công tác.",
        "Tài khoản cá nhân, không đại diện cho cơ quan.",
        "Trang ca nhan, khong dai dien cho co quan",
        "Personal account; does not represent my agency.",
    ),
    "personal": ("Trang cá nhân của tôi.", "Góc riêng tôi"),
    "apart": ("Nội dung trên trang không đại diện cho cơ quan.",),
    "neither": ("Chia sẻ chuyện đời thường", "Cảm ơn mọi người đã ghé thăm!"),
    "missing": ("",),
}
FULL_NOTICE: Final = _NOTICE["full"][0]


def without_marks(text: str) -> str:
    """Letters without tones and diacritics, upper and lower case kept: what many people type."""
    return unicodedata.normalize("NFD", text).translate(_MARKS)


def _turned(name: str, _agency: str, _rng: random.Random) -> str:
    family, *middle, given = name.split()
    return " ".join((given, *reversed(middle), family))


def _hidden_letter(name: str, _agency: str, _rng: random.Random) -> str:
    family, rest = name.split(maxsplit=1)
    return f"{family}{_INVISIBLE} {rest}"


def _other_name(_name: str, _agency: str, rng: random.Random) -> str:
    return draw(_ALIASES, rng).format(pet=draw(_PETS, rng))


def _press(name: str, _agency: str, rng: random.Random) -> str:
    return draw(_PRESS, rng).format(given=name.rsplit(" ", maxsplit=1)[-1])


_WAYS: Final[list[Callable[[str, str, random.Random], str]]] = urn(
    {
        lambda name, _agency, _rng: name: 376,
        lambda name, _agency, _rng: without_marks(name): 180,
        lambda name, _agency, _rng: without_marks(name).upper(): 46,
        lambda name, _agency, _rng: "{2} {0}".format(*_three(name)): 77,
        lambda name, _agency, _rng: "{0} {2}".format(*_three(name)): 72,
        _other_name: 62,
        _turned: 54,
        lambda name, _agency, rng: f"{name} ({draw(_PETS, rng)})": 33,
        lambda _name, _agency, _rng: "": 31,
        lambda name, _agency, _rng: name.translate(_LOOK_ALIKES): 23,
        _press: 18,
        lambda name, _agency, rng: f"{draw(_TITLES, rng)} {name}": 10,
        lambda name, agency, _rng: f"{name} - {agency}": 10,
        _hidden_letter: 8,
    }
)


def _three(name: str) -> tuple[str, str, str]:
    """Family name, what is between, given name."""
    family, rest = name.split(maxsplit=1)
    between, _space, given = rest.rpartition(" ")
    return family, between, given


def name_shown(full_name: str, rng: random.Random, *, agency: str = "UBND xã") -> str:
    """The name as an account of this person, who works for `agency`, might show it."""
    return draw(_WAYS, rng)(full_name, agency, rng)


def agency_shown(
    *,
    own: str,
    above: str,
    aliases: Sequence[str],
    others: Sequence[str],
    former: Sequence[str],
    hidden: bool,
    rng: random.Random,
) -> str:
    """The agency as an account might show it; a fault the branch knows no example of becomes the truth.

    Args:
        own: the agency's name.
        above: the name of the one above, "" at the top.
        aliases: other names of it.
        others: names of other living agencies of the branch.
        former: names of the branch's dissolved agencies.
        hidden: whether the agency's people are not to show it.
        rng: chance.
    """
    kind = draw(HIDDEN_AGENCIES if hidden else AGENCIES, rng)
    if kind is AgencyKind.CURRENT:
        return own
    if kind is AgencyKind.MISSING:
        return ""
    if kind is AgencyKind.PLAIN:
        return without_marks(own)
    if kind is AgencyKind.ANCESTOR:
        return above or own
    if kind is AgencyKind.OTHER:
        among = others
    elif kind is AgencyKind.FORMER:
        among = former
    else:
        among = aliases if kind is AgencyKind.ALIAS else NO_AGENCIES
    return draw(among, rng) if among else own


def notice_shown(rng: random.Random) -> str:
    """The notice that a page is personal, whole, in half or missing."""
    return draw(_NOTICE[draw(NOTICES, rng)], rng)


def photo_shown(rng: random.Random) -> PhotoKind:
    """What became of the photo."""
    return draw(PHOTOS, rng)
