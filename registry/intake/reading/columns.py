"""Which heading means which column: exact wordings, folded; never a guess by likeness."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from registry.intake.reading.text import fold

# After a known wording these words change nothing ("Đơn vị công tác hiện nay"). A word that changes the
# meaning ("cũ", "Đảng", "cha", "vợ") is not here, so such a heading stays unknown.
_HARMLESS = frozenset(
    ("hien", "nay", "tai", "cua", "can", "bo", "cong", "chuc", "vien", "nguoi", "lao", "dong", "cb", "cc",
     "vc", "nld", "cbcc", "ccvc", "cbccvc", "day", "du", "bat", "buoc", "neu", "co")
)  # fmt: skip
_HINT = re.compile(r"\([^)]*\)|\[[^\]]*\]|\{[^}]*\}")
_NUMBERING = re.compile(r"^(?:\d{1,2}\s+)+(?=\D)")
STORED, IGNORED, NEVER_STORED = "stored", "ignored", "never_stored"


@dataclass(frozen=True)
class Column:
    """A column of the list.

    Args:
        field: its name in the code.
        wordings: headings that mean it, best first; groups of equal standing are separated by ranks.
        heading: how the register itself words it, for messages and workbooks to correct.
        required: without it the file is refused.
        second: wordings that mean it only when none of `wordings` is there ("Phòng" beside "Đơn vị").
        use: stored, ignored (known, of no interest), never_stored (the register must not hold it).
    """

    field: str
    heading: str
    wordings: tuple[str, ...]
    required: bool = False
    second: tuple[str, ...] = ()
    use: str = STORED


@dataclass(frozen=True)
class ColumnSet:
    """The columns of one kind of list.

    Args:
        columns: what may stand in it.
        key: the field that says a row is a row and not a note.
        parts: a field that may come in several columns, in the order they are joined (family name first).
        lone_part: the part that means the whole when no other part is there ("Tên" alone).
        group_field: the field a group row stands for when its column is absent.
    """

    columns: tuple[Column, ...]
    key: str
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lone_part: str = ""
    group_field: str = ""

    @cached_property
    def by_field(self) -> dict[str, Column]:
        """The columns by their field."""
        return {column.field: column for column in self.columns}

    @cached_property
    def _wordings(self) -> dict[str, tuple[Column, int]]:
        found: dict[str, tuple[Column, int]] = {}
        for column in self.columns:
            for rank, wordings in enumerate(((column.heading, *column.wordings), column.second)):
                for wording in wordings:
                    known = found.setdefault(fold(wording), (column, rank))
                    if known[0] is not column:
                        raise ValueError(f"{wording!r} means both {known[0].field} and {column.field}")
        return found

    def match(self, heading: str) -> tuple[Column, int] | None:
        """The column a heading means and the rank of its wording (0 before 1), or None."""
        if len(heading) > 200:  # noqa: PLR2004 (no heading is a paragraph)
            return None
        # With its hint first: "Chức vụ (Đảng)" is not "Chức vụ", but "Họ và tên (chữ in hoa)" is "Họ và tên".
        return self._match(fold(heading)) or self._match(fold(_HINT.sub(" ", heading)))

    def _match(self, words: str) -> tuple[Column, int] | None:
        words = _NUMBERING.sub("", words)
        if (found := self._wordings.get(words)) is not None:
            return found
        tokens = words.split()
        while len(tokens) > 1 and tokens[-1] in _HARMLESS:
            tokens.pop()
            if (found := self._wordings.get(" ".join(tokens))) is not None:
                return found
        return None
