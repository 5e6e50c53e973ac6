"""The common row of a staff list, told at a glance: several times faster than asking each cell what is wrong.

Whatever is unusual goes the long way, `parse_staff_row`, which says what it is, if anything. Where both give
values, they are the same values.
"""

import re
from collections.abc import Callable
from datetime import date
from operator import itemgetter
from unicodedata import is_normalized

from registry.intake.reading.rows import StaffValues, category_of, dated, gentle, look, status_of
from registry.intake.reading.tables import Table
from registry.intake.reading.workbooks import Numbered

PlainRow = Callable[[Numbered, str], StaffValues | None]

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9./_-]{4,58}")
_NAME = re.compile(r"[^\W\d_ªµº]{2,}(?: [^\W\d_ªµº]+){1,8}")
_EMAIL = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]{2,20}")
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
    if (
        type(code) is not str
        or type(name) is not str
        or type(unit) is not str
        or type(position) is not str
        or type(category) is not str
        or type(email) is not str
        or type(status) is not str
        or max(len(name), len(unit), len(position), len(email)) > _LENGTH
        or len(category) + len(status) > _LENGTH
        or _CODE.fullmatch(code) is None
        or _NAME.fullmatch(name) is None
        or not is_normalized("NFC", name)
        or (email and _EMAIL.fullmatch(email) is None)
    ):
        return None
    wrong_unit, unit = look(unit)
    wrong_position, position = gentle(position)
    category_code = category_of(category)
    status_code = status_of(status) if status else "in_post"
    day = None
    if type(since) is date:
        day = since
    elif type(since) is str and len(since) < _LENGTH:
        day = dated(since)
    if (
        wrong_unit
        or wrong_position
        or len(unit) < 5  # noqa: PLR2004 (may be a placeholder)
        or len(position) < 5  # noqa: PLR2004 (likewise)
        or category_code is None
        or status_code is None
        or day is None
    ):
        return None
    return StaffValues(number, code, name, unit, position, category_code, email, day, status_code, group)
