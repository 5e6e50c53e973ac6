"""Where a list stands on its sheet: the headings, the rows that are people, and what is only furniture."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from registry.intake.reading.columns import NEVER_STORED, STORED, Column, ColumnSet
from registry.intake.reading.text import fold, tidy
from registry.intake.reading.workbooks import Merge, Numbered

_FEW = 2
_NUMBERING = re.compile(r"^\(?\s*(?:\d{1,2}|[a-zA-Z])\s*\)?(?:\s*[=+].*)?$")
_DIGIT = re.compile(r"\d")
# With tone marks: "Tống Công Danh" is a person, "Tổng cộng" is not.
_TOTAL = re.compile(
    r"^(?:tổng cộng|tổng số|tổng|cộng)(?=$|[\s:.(]+(?:$|\d|nhóm|số|người|toàn|các|danh|đơn|[a-z]\b))"
)
_END = re.compile(
    r"^(?:\(?ký\b|\(?ký,|người lập|nơi nhận|ghi chú\s*:|lưu ý|thủ trưởng|xác nhận|ấn định"
    r"|danh sách (?:này|có|gồm)|(?:tm|kt|tl|tuq|q)\s*\.|ngày\s*[\d.…]+\s*tháng"
    r"|[^,]{2,40},\s*ngày\s*[\d.…]*\s*tháng"
    r"|giám đốc$|chủ tịch$|trưởng phòng$|phó giám đốc$|cán bộ tổng hợp$|người tổng hợp$|kế toán trưởng$"
    r"|tổng cộng|tổng số|tổng\s*:|cộng\s*:?$|lập biểu|lập bảng|người kiểm tra$|phòng tổ chức)"
)
_END_ASCII = re.compile(
    r"^(?:tong cong|tong so|nguoi lap|noi nhan|ghi chu\s*:|thu truong|\(?ky,|danh sach nay"
    r"|total\s*:|signature|notes?\s*:)"
)
_GROUP = re.compile(r"^(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/:\-–]\s*\S")
_GROUP_MARK = re.compile(r"^(?:[IVXLC]{1,6}|[A-ZĐ])\s*[.)]?$")
_GROUP_NUMBER = re.compile(r"^(?:(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/:\-–]+\s*|[+*\-–•]\s*)+")
DATA, GROUP, SKIP, END = "data", "group", "skip", "end"


def letter(index: int) -> str:
    """The spreadsheet's name of a column: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


@dataclass
class Header:
    """The heading row or rows of a sheet, understood."""

    row: int
    body_from: int
    headings: dict[int, str]
    fields: dict[str, int] = field(default_factory=dict)
    never_stored: dict[int, str] = field(default_factory=dict)
    known: dict[int, str] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)
    duplicates: list[list[int]] = field(default_factory=list)
    continued_name: int | None = None

    @property
    def score(self) -> int:
        """How many columns were understood."""
        return len(self.fields) + len(self.never_stored) + len(self.known)


def find_header(
    rows: Sequence[Numbered], columns: ColumnSet, merges: Sequence[Merge] | None, *, at: int = 0
) -> Header | None:
    """The row, or two rows, in which most headings are understood; None when no row has two of them.

    With `at`, the row somebody says they begin in, whatever is understood there.
    """
    best: Header | None = None
    for position, (number, cells, _) in enumerate(rows):
        if at not in {0, number}:
            continue
        below = (
            rows[position + 1] if position + 1 < len(rows) and rows[position + 1][0] == number + 1 else None
        )
        single = _understand(number, number, _headings(cells, None), columns)
        found = single
        if below is not None:
            double = _understand(number, number + 1, _headings(cells, below[1]), columns)
            if double.score > single.score and _heads_only(below[1]):
                found = double if at or not _is_title(cells, below, double, columns) else single
        if (at or len(found.fields) >= _FEW) and (best is None or found.score > best.score):
            best = found
    if best is not None:
        _continue_name(best, rows, merges)
    return best


def _is_title(cells: Sequence[Any], below: Numbered, both: Header, columns: ColumnSet) -> bool:
    """Whether the upper row is one lone text that changes nothing of what the headings below it mean."""
    if sum(1 for cell in cells if cell not in {"", None}) != 1:
        return False
    alone = _understand(below[0], below[0], _headings(below[1], None), columns)
    return (alone.fields, alone.never_stored, alone.known) == (both.fields, both.never_stored, both.known)


def _headings(top: Sequence[Any], bottom: Sequence[Any] | None) -> list[list[str]]:
    """For each column the headings to try, the most exact first."""
    upper = [tidy(cell) if isinstance(cell, str) else "" for cell in top]
    if bottom is None:
        return [[text] for text in upper]
    lower = [tidy(cell) if isinstance(cell, str) else "" for cell in bottom]
    width = max(len(upper), len(lower))
    upper += [""] * (width - len(upper))
    lower += [""] * (width - len(lower))
    tries = []
    over = ""
    for above, below in zip(upper, lower, strict=True):
        over = above or (over if below else "")
        # "Đảng" over "Ngày vào" must not be read as a day of coming to the office: both together come first.
        tries.append([f"{over} {below}", below, f"{over} - {below}"] if below and over else [below or above])
    return tries


def _heads_only(cells: Sequence[Any]) -> bool:
    """Headings are words: a row with numbers, dates or an address in it is somebody's data."""
    return all(
        isinstance(cell, str) and not ("@" in cell or _DIGIT.search(cell))
        for cell in cells
        if cell not in {"", None}
    )


def _understand(first: int, last: int, tries: list[list[str]], columns: ColumnSet) -> Header:
    header = Header(row=first, body_from=last + 1, headings={})
    claims: dict[str, list[tuple[int, int]]] = {}
    by_field: dict[str, Column] = {}
    for index, wordings in enumerate(tries):
        text = wordings[-1] if len(wordings) > 1 else wordings[0]
        if not text:
            continue
        header.headings[index] = text
        match = next((found for wording in wordings if (found := columns.match(wording))), None)
        if match is None:
            header.unknown.append(index)
        elif match[0].use == NEVER_STORED:
            header.never_stored[index] = match[0].heading
        elif match[0].use != STORED:
            header.known[index] = match[0].field
        else:
            by_field[match[0].field] = match[0]
            claims.setdefault(match[0].field, []).append((match[1], index))
    for name, claim in claims.items():
        claim.sort()
        header.fields[name] = claim[0][1]
        rivals = [index for rank, index in claim if rank == claim[0][0]]
        if len(rivals) > 1:
            header.duplicates.append(rivals)
        header.unknown.extend(index for _, index in claim[1:])
    settle_names(header, columns)
    header.unknown.sort()
    return header


def settle_names(header: Header, columns: ColumnSet) -> None:
    """A whole name wins over its parts; a lone "Tên" is the whole name."""
    for whole, parts in columns.parts.items():
        there = [part for part in parts if part in header.fields]
        if whole in header.fields:
            for part in there:
                header.known[header.fields.pop(part)] = part
        elif there == [columns.lone_part]:
            header.fields[whole] = header.fields.pop(columns.lone_part)


def _continue_name(header: Header, rows: Sequence[Numbered], merges: Sequence[Merge] | None) -> None:
    """One heading "Họ và tên" over two columns, the given name standing in the second."""
    index = header.fields.get("full_name")
    if index is None or index + 1 in header.headings:
        return
    body = [row[1] for row in rows if row[0] >= header.body_from]
    filled = [
        cells for cells in body if len(cells) > index + 1 and isinstance(cells[index], str) and cells[index]
    ]
    both = [cells for cells in filled if isinstance(cells[index + 1], str) and cells[index + 1].strip()]
    if merges is not None:
        spans = any(
            start[0] + 1 <= header.body_from - 1 and end[0] + 1 >= header.row and start[1] <= index < end[1]
            for start, end in merges
        )
        if spans and both:
            header.continued_name = index + 1
    elif both and len(both) * 2 > len(filled):
        header.continued_name = index + 1


class Classifier:
    """Says of each row below the header what it is; remembers the group and whether the list ended."""

    def __init__(self, header: Header, columns: ColumnSet) -> None:
        self._header = header
        self._stored = sorted(header.fields.items(), key=lambda item: item[1])
        self._key = header.fields.get(columns.key, -1)
        self._name = header.fields.get("full_name", header.fields.get("family_name", -1))
        self._email = header.fields.get("work_email", -1)
        self._order = next((index for index, name in header.known.items() if name == "stt"), -1)
        self._first = min(header.headings, default=0)
        self.ended = False
        self.group = ""

    def kind(self, cells: Sequence[Any], formulas: Sequence[int]) -> str:  # noqa: PLR0911 (one return a kind)
        """DATA, GROUP (the group's text is then in `group`), SKIP or END (a total, a note, a signature)."""
        texts = [
            (index, tidy(cell) if isinstance(cell, str) else cell)
            for index, cell in enumerate(cells)
            if cell not in {"", None}
        ]
        texts = [(index, text) for index, text in texts if text != ""]
        if not texts:
            return DATA if any(index in self._header.fields.values() for index in formulas) else SKIP
        if self._is_header(cells) or self._is_numbering(texts):
            return SKIP
        there = {index for index, _ in texts}
        stored = [index for _, index in self._stored if index in there]
        order = next((text for index, text in texts if index == self._order), "")
        counted = _is_count(order)
        key = next((text for index, text in texts if index == self._key), "")
        keyed = bool(_DIGIT.search(str(key))) and not (isinstance(key, str) and _ends(key))
        first = next((text for _, text in texts if isinstance(text, str)), "")
        if not (counted or keyed) or (first is not order and not stored):
            if _ends(first) and (len(stored) <= 3 or not keyed):  # noqa: PLR2004 (three signatures side by side)
                self.ended = not _TOTAL.match(first.casefold()) or _ends_all(first)
                return END
            if self._is_group(texts, stored, order):
                if self.ended:
                    return END
                self.group = _group_text(texts)
                return GROUP
        if counted and there <= {self._order}:
            return SKIP
        if self.ended:
            # A whole row after a total or a note is a row: a sheet may hold several lists one below another.
            if len(stored) < 3 or not (keyed or counted):  # noqa: PLR2004 (two signatures' names are not a row)
                return END
            self.ended = False
        return DATA if stored else SKIP

    def _is_header(self, cells: Sequence[Any]) -> bool:
        """The heading repeated at the top of each printed page."""
        same = sum(
            1
            for _, index in self._stored
            if index < len(cells)
            and isinstance(cells[index], str)
            and fold(tidy(cells[index][:200])) == fold(self._header.headings[index])
        )
        return same >= _FEW

    @staticmethod
    def _is_numbering(texts: list[tuple[int, Any]]) -> bool:
        """The row "(1) (2) (3) …" below the headings of an official form."""
        marks = [
            str(int(text)) if isinstance(text, float) and text.is_integer() else str(text)
            for _, text in texts
        ]
        return len(marks) > _FEW and all(_NUMBERING.match(mark) for mark in marks)

    def _is_group(self, texts: list[tuple[int, Any]], stored: list[int], order: object) -> bool:
        index, text = texts[0]
        if len(texts) == 1:
            if not isinstance(text, str):
                return False
            beside = index not in {self._name, self._email} and not _DIGIT.search(text)
            return index <= max(self._first, self._order) or _GROUP.match(text) is not None or beside
        # "I | Văn phòng Sở | | 25": a mark where the number would stand, and no staff code with digits.
        marked = isinstance(order, str) and _GROUP_MARK.match(order) is not None
        if marked:
            return len(stored) <= _FEW
        return (
            index == self._first
            and isinstance(text, str)
            and _GROUP_MARK.match(text) is not None
            and len(texts) == _FEW
        )


class Held:
    """Cells merged downwards: the value stands in the first, and counts for all."""

    def __init__(self, merges: Sequence[Merge], header: Header) -> None:
        fields = set(header.fields.values())
        self._ends = {
            (top + 1, left): bottom + 1
            for (top, left), (bottom, right) in merges
            if bottom > top and left in fields and top + 1 >= header.body_from
        }
        self._held: dict[int, tuple[int, Any]] = {}

    def fill(self, number: int, cells: list[Any]) -> None:
        """Puts the merged value where only the first of the merged cells had it."""
        for index, (until, value) in list(self._held.items()):
            if number > until:
                del self._held[index]
            elif cells[index] in {"", None}:
                cells[index] = value
        if self._ends:
            for index, cell in enumerate(cells):
                if cell not in {"", None} and (until := self._ends.get((number, index), 0)):
                    self._held[index] = (until, cell)


def _is_count(value: object) -> bool:
    if isinstance(value, bool):
        return False
    return isinstance(value, int | float) or (isinstance(value, str) and value.rstrip(".)").isdigit())


def _ends(text: str) -> bool:
    if len(text) > 300:  # noqa: PLR2004 (nobody signs with a paragraph)
        return False
    plain = text.casefold()
    return (
        _END.match(plain) is not None
        or _TOTAL.match(plain) is not None
        or (plain.isascii() and _END_ASCII.match(plain) is not None)
    )


def _ends_all(text: str) -> bool:
    """Whether it closes the whole: "Tổng cộng" closes the list; "Cộng nhóm I" only a part of it."""
    return text.casefold().startswith(("tổng cộng", "tổng số"))


def _group_text(texts: list[tuple[int, Any]]) -> str:
    words = [text for _, text in texts if isinstance(text, str) and not _GROUP_MARK.match(text)]
    return _GROUP_NUMBER.sub("", words[0] if words else str(texts[0][1])).strip()
