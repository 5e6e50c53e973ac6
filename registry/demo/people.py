"""Invented officials: a name, a post, a way of serving, a date of entry."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from accounts import names
from accounts.models import Category, Status
from registry.demo.dice import urn
from registry.demo.shown import without_marks

_POSITIONS = urn(
    {
        "Chuyên viên": 380, "Chuyên viên chính": 130, "Kế toán": 80, "Văn thư": 60, "Giáo viên": 140,
        "Cán sự": 50, "Phó Trưởng phòng": 60, "Trưởng phòng": 40, "Phó Chủ tịch": 15, "Chủ tịch": 5,
        "Nhân viên": 40,
    }
)  # fmt: skip
_CATEGORIES = urn(
    {
        Category.CIVIL_SERVANT: 480, Category.PUBLIC_EMPLOYEE: 380, Category.OFFICER: 60,
        Category.WORKER: 80,
    }
)  # fmt: skip
_STATUSES = urn({Status.IN_POST: 960, Status.ON_LEAVE: 15, Status.LEFT: 18, Status.MOVED: 7})
_LONGEST_SERVICE = 30 * 365  # days
_NEWCOMERS = 60  # in thousandths: entered within the last month


@dataclass(frozen=True, slots=True)
class Person:
    """One invented official, as an HR list has them."""

    full_name: str
    sort_key: str
    search_key: str
    position: str
    category: Category
    status: Status
    since: date


def invent(full_name: str, *, today: date, rng: random.Random) -> Person:
    """Give a name a post, a status and a day of entry."""
    newcomer = rng.randrange(1000) < _NEWCOMERS
    days = rng.randrange(1, 30) if newcomer else rng.randrange(60, _LONGEST_SERVICE)
    return Person(
        full_name=full_name,
        sort_key=names.sort_key(full_name),
        search_key=names.search_key(full_name),
        position=rng.choice(_POSITIONS),
        category=rng.choice(_CATEGORIES),
        status=Status.IN_POST if newcomer else rng.choice(_STATUSES),
        since=today - timedelta(days=days),
    )


def work_email(full_name: str, number: int, host: str) -> str:
    """A work address under `.example`, where no letter can ever arrive (RFC 2606)."""
    given = without_marks(full_name.rsplit(" ", maxsplit=1)[-1]).lower()
    return f"{given}.{number}@{host.lower()}.example"
