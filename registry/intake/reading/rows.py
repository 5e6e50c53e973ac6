"""A row's own checks: all that can be said of it without asking the register. Every refusal is told."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from unicodedata import normalize

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.intake.reading.dates import near_date, read_date
from registry.intake.reading.refusals import Message, Refusal
from registry.intake.reading.tables import Cell, RawRow
from registry.intake.reading.text import PLACEHOLDERS, legacy_font, tidy, unreadable
from registry.intake.reading.vocabulary import CATEGORIES, STATUSES

LIMITS = {
    "staff_code": 60,
    "full_name": 200,
    "unit": 300,
    "position": 300,
    "category": 100,
    "work_email": 254,
    "status": 100,
    "since": 100,
    "platform": 60,
    "link": 2_000,
    "name_shown": 300,
    "agency_shown": 300,
    "disclaimer": 2_000,
    "photo": 255,
    "permanent_id": 100,
    "declared_on": 100,
    "note": 2_000,
}
_EMAIL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
# A call, or an error a formula left behind. A page may well be named "@binh" or a duty begin with a dash.
_CALL = re.compile(r"\s*'?(?:[=＝]|[+\-@]\s*[A-Za-z_.]+\s*\(|#(?:REF!|N/A|NAME\?|VALUE!|DIV/0!|NUM!|NULL!))")
_LEADING = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_STRICT = frozenset(
    {"staff_code", "full_name", "family_name", "middle_name", "given_name", "unit", "category", "status"}
)


class StaffValues(NamedTuple):
    """A row of the staff list whose words are in order. The unit is still text, perhaps unknown or former."""

    row: int
    staff_code: str
    full_name: str
    unit: str
    position: str
    category: str
    work_email: str
    since: date | None
    status: str
    group: str = ""


class AccountValues(NamedTuple):
    """A row of the accounts list whose own words are in order. The link is still text, perhaps no account's.

    `name_shown` keeps every character somebody sees or does not see on the page: it is compared elsewhere.
    """

    row: int
    staff_code: str
    link: str
    platform: str = ""
    full_name: str = ""
    name_shown: str = ""
    agency_shown: str = ""
    disclaimer: str = ""
    photo: str = ""
    declared_on: date | None = None
    permanent_id: str = ""
    note: str = ""


class _Row:
    """Reads the cells of one row and gathers what is wrong with them."""

    __slots__ = ("raw", "refusals")

    def __init__(self, raw: RawRow) -> None:
        self.raw = raw
        self.refusals: list[Refusal] = []
        if raw.overflow:
            self.refusals.append(raw.refuse("", "too_many_cells"))

    def refuse(
        self, name: str, code: str, *, message: Message | None = None, suggestion: Message = ""
    ) -> None:
        self.refusals.append(self.raw.refuse(name, code, message=message, suggestion=suggestion))

    def text(self, name: str, *, as_shown: bool = False) -> str | None:
        """The cell as tidy text; "" when it is blank; None when it was refused."""
        raw = self.raw
        cell = raw.cells.get(name, "")
        if raw.formulas and name in raw.formulas:
            held = "" if cell is None or cell == "" else written(cell)
            suggestion = format_lazy(_("Put the value itself: {value}"), value=held[:100]) if held else ""
            self.refuse(name, "formula", suggestion=suggestion)
            return None
        if type(cell) is not str:
            cell = written(cell)
        if not cell:
            return ""
        if len(cell) > LIMITS.get(name, 200):
            return self._long(name, cell)
        if as_shown:
            code, cell = _gentle(cell)[0], normalize("NFC", cell).strip()
        elif name in _STRICT:
            code, cell = _look(cell)
        else:
            code, cell = _gentle(cell)
        if code:
            self.refuse(name, code)
            return None
        return "" if not as_shown and len(cell) < 5 and cell.casefold() in PLACEHOLDERS else cell  # noqa: PLR2004 (longest placeholder)

    def _long(self, name: str, cell: str) -> str | None:
        """A long cell may be only padding; a truly long one is refused with its limit."""
        limit = LIMITS.get(name, 200)
        if len(cell) < 100 * limit and len(short := tidy(cell)) <= limit:
            self.raw.cells[name] = short
            return self.text(name)
        self.refuse(name, "too_long", suggestion=format_lazy(_("At most {limit} characters."), limit=limit))
        return None

    def name(self) -> str | None:
        """The whole name, joined from its parts where they stand in columns of their own."""
        cells = self.raw.cells
        if "given_name" not in cells and "family_name" not in cells:
            return self.text("full_name")
        parts = [
            self.text(part)
            for part in ("full_name", "family_name", "middle_name", "given_name")
            if part in cells
        ]
        if any(part is None for part in parts):
            return None
        whole = " ".join(part for part in parts if part)
        if len(whole) > LIMITS["full_name"]:
            self.refuse("family_name", "too_long")
            return None
        return whole

    def required(self, name: str, code: str, value: str | None, suggestion: Message = "") -> str:
        """The value, refused when blank (a value already refused is not refused twice)."""
        if value == "":
            self.refuse(name, code, suggestion=suggestion)
        return value or ""

    def code(self) -> str:
        """The staff code; a number that lost its text form gets it back, a date is refused."""
        cell = self.raw.cells.get("staff_code", "")
        if isinstance(cell, date | timedelta):
            self.refuse(
                "staff_code", "bad_code", suggestion=_("Format the column as text and type the code again.")
            )
            return ""
        return self.required("staff_code", "missing_code", self.text("staff_code"))

    def date(self, name: str) -> date | None:
        """The date; blank is None."""
        raw = self.raw
        cell = raw.cells.get(name, "")
        if type(cell) is date and not raw.formulas:
            return cell
        if raw.formulas and name in raw.formulas:
            self.text(name)
            return None
        if isinstance(cell, str):
            text = self.text(name)
            if not text:
                return None
            cell = text
        elif cell is None:
            return None
        found = dated(cell) if isinstance(cell, str) else read_date(cell)
        if found is None:
            near = near_date(cell)
            suggestion = (
                format_lazy(_("Did you mean {date}?"), date=near) if near else _("Write it as dd/mm/yyyy.")
            )
            self.refuse(name, "bad_date", suggestion=suggestion)
        return found

    def email(self) -> str:
        """The work e-mail; blank is blank."""
        text = self.text("work_email")
        if not text:
            return ""
        local, _at, domain = text.partition("@")
        if len(local) > 64 or _EMAIL.fullmatch(text) is None:  # noqa: PLR2004 (RFC 5321, 4.5.3.1.1)
            near = text.replace(" ", "").replace("@@", "@").rstrip(".,;").removeprefix("mailto:")
            suggestion = format_lazy(_("Did you mean {email}?"), email=near) if _EMAIL.fullmatch(near) else ""
            self.refuse("work_email", "bad_email", suggestion=suggestion)
            return ""
        return text if domain.islower() else f"{local}@{domain.lower()}"


_UNIQUE = frozenset({"staff_code", "full_name", "family_name", "middle_name", "given_name"})


def written(cell: Cell) -> str:
    """A cell that is not text, as the officer would type it: 421000.0 is 421000, a date is dd/mm/yyyy."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)  # noqa: PLR2004 (Excel's digits)
    if isinstance(cell, datetime):
        return f"{cell:%d/%m/%Y %H:%M}" if cell.time().isoformat() != "00:00:00" else f"{cell:%d/%m/%Y}"
    if isinstance(cell, date):
        return f"{cell:%d/%m/%Y}"
    return str(cell)


def _look(cell: str) -> tuple[str, str]:
    """The refusal code of a text that stands for itself ("" when it is in order), and the tidy text."""
    if unreadable(cell):
        return "control_characters", cell
    text = tidy(cell)
    if (text.startswith(_LEADING) and text.casefold() not in PLACEHOLDERS) or _CALL.match(text):
        return "formula", text
    if not text.isascii() and legacy_font(text):
        return "legacy_font", text
    return "", text


def _gentle(cell: str) -> tuple[str, str]:
    """Likewise for text that is only kept and shown: it may begin with a dash or an "@"."""
    if _CALL.match(cell):
        return "formula", cell
    return ("control_characters" if unreadable(cell) else ""), tidy(cell)


# Units, positions, categories and statuses repeat from row to row; names and codes do not.
look = lru_cache(maxsize=10_000)(_look)
gentle = lru_cache(maxsize=10_000)(_gentle)
dated = lru_cache(maxsize=50_000)(read_date)
category_of = lru_cache(maxsize=2_000)(CATEGORIES.code)
status_of = lru_cache(maxsize=2_000)(STATUSES.code)


def parse_staff_row(raw: RawRow) -> StaffValues | list[Refusal]:
    """The values of a row of the staff list, or every refusal its own words deserve.

    Codes: missing_code, missing_name, missing_unit, missing_category, formula, bad_email, bad_date, bad_code,
    unknown_category, unknown_status, too_long, control_characters, legacy_font, too_many_cells. A blank
    status is "in_post"; somebody on leave is still in post, which is for the caller to know.
    """
    row = _Row(raw)
    code = row.code()
    full_name = row.required("full_name", "missing_name", row.name())
    unit = row.required("unit", "missing_unit", row.text("unit"), raw.group)
    position = row.text("position") or ""
    category_text = row.required("category", "missing_category", row.text("category"))
    category = category_of(category_text)
    if category_text and category is None:
        near = CATEGORIES.nearest(category_text)
        row.refuse("category", "unknown_category", suggestion=near or ", ".join(CATEGORIES.labels()))
    email = row.email()
    since = row.date("since")
    status_text = row.text("status") or ""
    status = status_of(status_text) if status_text else "in_post"
    if status is None:
        near = STATUSES.nearest(status_text)
        row.refuse("status", "unknown_status", suggestion=near or ", ".join(STATUSES.labels()))
    if row.refusals:
        return row.refusals
    return StaffValues(
        raw.number, code, full_name, unit, position, category or "", email, since, status or "", raw.group
    )


def parse_account_row(raw: RawRow) -> AccountValues | list[Refusal]:
    """The values of a row of the accounts list, or every refusal its own words deserve.

    Codes: missing_code, missing_link, formula, bad_date, bad_code, too_long, control_characters, legacy_font,
    too_many_cells. Whether the link is an account's is not asked here.
    """
    row = _Row(raw)
    values = AccountValues(
        row=raw.number,
        staff_code=row.code(),
        link=row.required("link", "missing_link", row.text("link")),
        platform=row.text("platform") or "",
        full_name=row.name() or "",
        name_shown=row.text("name_shown", as_shown=True) or "",
        agency_shown=row.text("agency_shown") or "",
        disclaimer=row.text("disclaimer") or "",
        photo=row.text("photo") or "",
        declared_on=row.date("declared_on"),
        permanent_id=row.text("permanent_id") or "",
        note=row.text("note") or "",
    )
    return row.refusals or values
