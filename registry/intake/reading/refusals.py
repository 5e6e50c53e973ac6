"""Why a row, or a whole file, was not taken: a stable code for machines, a sentence for the officer."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from common.errors import RegistryError
from registry.intake.reading.text import shown

MAX_ROWS = 200_000
Message = str | Promise


@dataclass(frozen=True, slots=True)
class Refusal:
    """One cell, or one row, that cannot be taken, and what to do about it.

    Args:
        row: the spreadsheet's own row number (what the officer sees at the left edge).
        column: the column's heading as written in the file; "" when the whole row is meant.
        code: stable, snake_case.
        value: what the cell holds, cut and cleaned for showing.
        message: the reason, in the reader's language.
        suggestion: what to put instead; "" when nothing better than the reason can be said.
    """

    row: int
    column: str
    code: str
    value: str
    message: Message
    suggestion: Message = ""

    def to_dict(self) -> dict[str, Any]:
        """The refusal as plain data, messages in the language active now."""
        return {
            "row": self.row,
            "column": self.column,
            "code": self.code,
            "value": self.value,
            "message": str(self.message),
            "suggestion": str(self.suggestion),
        }


MESSAGES: dict[str, Message] = {
    "missing_code": _("The staff code is missing."),
    "missing_name": _("The name is missing."),
    "missing_unit": _("The unit is missing."),
    "missing_category": _("The category is missing."),
    "missing_link": _("The link is missing."),
    "formula": _("The cell holds a formula, or text that a spreadsheet would run as one."),
    "bad_email": _("This is not an e-mail address."),
    "bad_date": _("This is not a date."),
    "bad_code": _("A staff code cannot be a date."),
    "unknown_category": _("This category is not known."),
    "unknown_status": _("This status is not known."),
    "too_long": _("The text is too long for this column."),
    "control_characters": _("The cell holds characters that cannot be read."),
    "legacy_font": _("The text was typed in an old font (TCVN3, VNI) or saved in the wrong encoding."),
    "too_many_cells": _(
        "The row has more cells than there are headings; a separator inside a text may have split it."
    ),
}


def refuse(
    row: int,
    column: str,
    code: str,
    value: object = "",
    *,
    message: Message | None = None,
    suggestion: Message = "",
) -> Refusal:
    """A refusal with the value made safe to show and the code's own message unless another is given."""
    return Refusal(
        row, column, code, shown(value), MESSAGES[code] if message is None else message, suggestion
    )


FILE_MESSAGES: dict[str, Message] = {
    "empty_file": _("The file is empty."),
    "missing_file": _("The file cannot be opened."),
    "wrong_type": _("This is {what}, not a spreadsheet. Save the list as XLSX or CSV and try again."),
    "encrypted_file": _(
        "The file is protected by a password. Save a copy without the password and try again."
    ),
    "corrupt_file": _(
        "The file is damaged and cannot be read. Open it, save it again as XLSX and try again."
    ),
    "zip_bomb": _("The file unpacks to far more than a staff list could hold, so it was not opened."),
    "too_big": _("The file is larger than {limit} MB. Split it by unit and load each part."),
    "too_heavy": _(
        "The sheet is too large to be read: some cell stands very far from the list. Copy the list alone into"
        " a new file and try again."
    ),
    "too_many_rows": _("The list has more than {limit} rows. Split it by unit and load each part."),
    "no_header": _("No heading row was found. The list needs a row with the headings {columns}."),
    "missing_columns": _("These columns were not found: {columns}."),
    "duplicate_columns": _("Two columns mean the same thing: {columns}. Keep one of them."),
    "no_rows": _("There are headings, but no row below them."),
    "bad_encoding": _(
        "Line {line} cannot be read as Vietnamese text. Save the file as “CSV UTF-8” and try again."
    ),
    "legacy_font": _(
        "The list was typed in an old font (TCVN3, VNI) or saved in the wrong encoding. Convert it to Unicode"
        " and try again."
    ),
    "unclosed_quote": _(
        "A quotation mark opened in row {row} is never closed, so the rows after it run together."
    ),
}


class UnreadableFileError(RegistryError):
    """The whole file is refused; nothing of it was read."""


def file_refusal(code: str, **facts: Any) -> UnreadableFileError:
    """The refusal of a whole file; `facts` fill the message and go to machines as they are."""
    words = {
        key: ", ".join(map(str, fact)) if isinstance(fact, list) else fact for key, fact in facts.items()
    }
    message = format_lazy(FILE_MESSAGES[code], **words) if words else FILE_MESSAGES[code]  # type: ignore[arg-type]
    plain = {key: str(fact) if isinstance(fact, Promise) else fact for key, fact in facts.items()}
    return UnreadableFileError(code, message, plain)
