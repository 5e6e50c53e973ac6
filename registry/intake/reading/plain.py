"""The common row of a staff list, told at a glance: several times faster than asking each cell what is wrong.

Whatever is unusual goes the long way, `parse_staff_row`, which says what it is, if anything. Where both give
values, they are the same values.
"""

import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from operator import itemgetter
from typing import Final
from unicodedata import is_normalized

from registry.intake.reading.rows import StaffValues, category_of, dated, gentle, look, status_of
from registry.intake.reading.tables import Table
from registry.intake.reading.workbooks import Numbered

PlainRow = Callable[[Numbered, str], StaffValues | None]

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{4,58}")
_NAME = re.compile(r"[^\W\d_ªµº]+(?: [^\W\d_ªµº]+)*")
_LOCAL = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,20}")
_MOST_WORDS = 9  # of a name
_LENGTH = 60  # below every limit of a name, a unit, an e-mail's part
_NEEDED = ("staff_code", "full_name", "unit", "position", "category", "work_email", "since", "status")


def plain_staff_rows(table: Table) -> PlainRow | None:
    """What reads a row of this list and the group it stands in: its values, or None for the long way.

    None where the list lacks a usual column, or has the name in parts: all its rows go the long way.
    """
    places = table.places
    if not places.keys() >= set(_NEEDED) or "given_name" in places or table.by_groups:
        return None
    take = itemgetter(*(places[name] for name in _NEEDED))
    widest = table.width if table.delimited else 1 << 30

    def read(row: Numbered, group: str) -> StaffValues | None:
        number, cells, formulas = row
        if formulas or (len(cells) > widest and any(cells[widest:])):
            return None
        return plain_values(number, take(cells), group)

    return read


def plain_values(number: int, cells: tuple[object, ...], group: str) -> StaffValues | None:
    """The values of a row whose `cells` are code, name, unit, position, category, e-mail, since, status."""
    code, name, unit, position, category, email, since, status = cells
    office = _office(unit, position, category, status)
    if (
        office is None
        or type(code) is not str
        or type(name) is not str
        or type(email) is not str
        or len(name) > _LENGTH
        or len(email) > _LENGTH
        or _CODE.fullmatch(code) is None
        or not _is_name(name)
    ):
        return None
    if email:
        local, _at, domain = email.partition("@")
        if _LOCAL.fullmatch(local) is None or not _is_domain(domain):
            return None
    day = None
    if type(since) is date:
        day = since
    elif type(since) is str and len(since) < _LENGTH:
        day = dated(since)
    if day is None:
        return None
    unit_text, position_text, category_code, status_code = office
    return StaffValues(
        number, code, name, unit_text, position_text, category_code, email, day, status_code, group
    )


# Words of names found in order: letters alone, in NFC. Names share them.
_NAME_WORDS: Final[set[str]] = set()
_REMEMBERED: Final = 16_384


def _is_name(name: str) -> bool:
    """Whether this is two to nine words of letters; what is wrong with another is for the long way to say."""
    words = name.split(" ")
    if not _NAME_WORDS.issuperset(words):
        if _NAME.fullmatch(name) is None or not is_normalized("NFC", name):
            return False
        if len(_NAME_WORDS) > _REMEMBERED:
            _NAME_WORDS.clear()
        _NAME_WORDS.update(words)
    return 1 < len(words) <= _MOST_WORDS and len(words[0]) > 1


# Lists hold few offices and fewer domains: the same words come again and again, together.
@lru_cache(maxsize=20_000)
def _office(
    unit: object, position: object, category: object, status: object
) -> tuple[str, str, str, str] | None:
    """The words of a row that others share: tidy unit and position, codes of category and status."""
    if (
        type(unit) is not str
        or type(position) is not str
        or type(category) is not str
        or type(status) is not str
        or max(len(unit), len(position), len(category) + len(status)) > _LENGTH
    ):
        return None
    wrong_unit, unit = look(unit)
    wrong_position, position = gentle(position)
    category_code = category_of(category)
    status_code = status_of(status) if status else "in_post"
    if (
        wrong_unit
        or wrong_position
        or len(unit) < 5  # noqa: PLR2004 (may be a placeholder)
        or len(position) < 5  # noqa: PLR2004 (likewise)
        or category_code is None
        or status_code is None
    ):
        return None
    return unit, position, category_code, status_code


@lru_cache(maxsize=2_000)
def _is_domain(domain: str) -> bool:
    return _DOMAIN.fullmatch(domain) is not None
