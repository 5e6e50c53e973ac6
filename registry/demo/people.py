"""Invented officials: a name, a post, a way of serving, a day of entry."""

from random import Random
from typing import Final, NamedTuple

from accounts import names
from accounts.models import Category, Status
from registry.demo.dice import SLOTS, below, draw, urn

_POSITIONS: Final = urn(
    {
        "Chuyên viên": 380, "Chuyên viên chính": 130, "Kế toán": 80, "Văn thư": 60, "Giáo viên": 130,
        "Cán sự": 50, "Phó Trưởng phòng": 60, "Trưởng phòng": 40, "Phó Chủ tịch": 15, "Chủ tịch": 5,
        "Nhân viên": 40, "": 10,
    }
)  # fmt: skip
_CATEGORIES: Final = urn(
    {
        Category.CIVIL_SERVANT.value: 480, Category.PUBLIC_EMPLOYEE.value: 380, Category.OFFICER.value: 60,
        Category.WORKER.value: 80,
    }
)  # fmt: skip
_STATUSES: Final = urn(
    {
        Status.IN_POST.value: 960, Status.ON_LEAVE.value: 15, Status.LEFT.value: 18, Status.MOVED.value: 7,
    }
)  # fmt: skip
_LONGEST_SERVICE: Final = 30 * 365  # days
_NEWCOMERS: Final = 60  # in thousandths: entered within the last month
_NOT_ON_RECORD: Final = 8  # in thousandths, each: no day of entry, no work address


class Person(NamedTuple):
    """One invented official, as an HR list has them."""

    full_name: str
    sort_key: str
    search_key: str
    position: str
    category: str
    status: str
    since: int | None  # days ago; None: the list does not say
    words: list[str]  # of the name in plain letters, as accounts are called by


def invent(full_name: str, *, rng: Random) -> Person:
    """Give a name a post, a status and a day of entry."""
    sort_key, search_key = names.list_keys(full_name)
    newcomer = below(SLOTS, rng) < _NEWCOMERS
    known = below(SLOTS, rng) >= _NOT_ON_RECORD
    days = 1 + below(29, rng) if newcomer else 60 + below(_LONGEST_SERVICE - 60, rng)
    return Person(
        full_name,
        sort_key,
        search_key,
        draw(_POSITIONS, rng),
        draw(_CATEGORIES, rng),
        Status.IN_POST.value if newcomer else draw(_STATUSES, rng),
        days if known or newcomer else None,
        search_key.split(),
    )


def work_email(given: str, number: int, host: str, rng: Random | None = None) -> str:
    """A work address under `.example`, where no letter can ever arrive (RFC 2606).

    Args:
        given: the given name in plain small letters.
        number: of the person.
        host: code of the branch.
        rng: chance; with it, a few have no address.
    """
    if rng and below(SLOTS, rng) < _NOT_ON_RECORD:
        return ""
    return f"{given}.{number}@{host.lower()}.example"
