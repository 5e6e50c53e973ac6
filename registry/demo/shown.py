"""What accounts show: the true name, agency and notice, or one of the faults people really make.

Shares in thousandths, measured on one province's real list of 420 accounts.
"""

import random
import unicodedata

from registry.demo.dice import urn

_MARKS = dict.fromkeys(range(0x300, 0x370)) | {ord("đ"): "d", ord("Đ"): "D"}
_LOOK_ALIKES = str.maketrans({"a": "а", "o": "о", "e": "е", "c": "с"})  # Cyrillic
_PETS = ("Bi", "Bắp", "Tép", "Cún", "Sóc", "Nấm", "Bông", "Ken", "Bin", "Gấu")
_ALIASES = (
    "Mẹ {pet}", "Bố {pet}", "Hoa Cỏ May", "Gió Lào", "Lặng Lẽ", "Xóm Nhỏ", "Nhà {pet}", "Biển Gọi",
    "Shop {pet} Store", "Nắng Miền Trung",
)  # fmt: skip
_PRESS = ("Tin tức 24h {given}", "Báo {given} Online", "Truyền hình {given} TV")

_NAMES = urn(
    {
        "exact": 394, "folded": 185, "capitals": 46, "given_family": 79, "no_middle": 74, "different": 62,
        "reversed": 55, "nickname": 33, "missing": 31, "look_alike": 23, "press": 18,
    }
)  # fmt: skip
_AGENCIES = urn({"current": 605, "missing": 114, "other": 93, "former": 83, "ancestor": 55, "plain": 50})
_NOTICES = urn({"full": 740, "missing": 217, "personal": 28, "apart": 15})
_PHOTOS = urn({"own": 755, "missing": 181, "photo_too_small": 50, "photo_unreadable": 7, "shared": 7})

_NOTICE = {
    "full": "Trang cá nhân. Ý kiến trên trang này là của riêng tôi, không đại diện cho cơ quan nơi tôi"
    " công tác.",
    "personal": "Trang cá nhân của tôi.",
    "apart": "Nội dung trên trang không đại diện cho cơ quan.",
    "missing": "",
}


def without_marks(text: str) -> str:
    """Letters without tones and diacritics, upper and lower case kept: what many people type."""
    return unicodedata.normalize("NFD", text).translate(_MARKS)


def name_shown(full_name: str, rng: random.Random) -> str:
    """The name as an account of this person might show it."""
    kind = rng.choice(_NAMES)
    if kind == "exact":
        return full_name
    pet = rng.choice(_PETS)
    family, *middle, given = full_name.split()
    return {
        "missing": "",
        "folded": without_marks(full_name),
        "capitals": without_marks(full_name).upper(),
        "different": rng.choice(_ALIASES).format(pet=pet),
        "press": rng.choice(_PRESS).format(given=given),
        "look_alike": full_name.translate(_LOOK_ALIKES),
        "given_family": f"{given} {family}",
        "no_middle": f"{family} {given}",
        "reversed": " ".join((given, *reversed(middle), family)),
        "nickname": f"{full_name} ({pet})",
    }[kind]


def agency_shown(*, own: str, above: str, others: list[str], former: list[str], rng: random.Random) -> str:
    """The agency as an account might show it; a fault the branch knows no example of becomes the truth.

    Args:
        own: the agency's name.
        above: the name of the one above, "" at the top.
        others: names of other living agencies of the branch.
        former: names of the branch's dissolved agencies.
        rng: chance.
    """
    kind = rng.choice(_AGENCIES)
    if kind == "missing":
        return ""
    if kind == "plain":
        return without_marks(own)
    if kind == "ancestor":
        return above or own
    from_whom = {"other": others, "former": former}.get(kind)
    return rng.choice(from_whom) if from_whom else own


def notice_shown(rng: random.Random) -> str:
    """The notice that a page is personal, whole, in half or missing."""
    return _NOTICE[rng.choice(_NOTICES)]


def photo_shown(rng: random.Random) -> str:
    """What became of the photo: "own", "shared", "missing", or the photo door's refusal."""
    return rng.choice(_PHOTOS)
