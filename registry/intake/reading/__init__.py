"""The lists offices really send: from a file of any kind to checked rows, without asking the register."""

from registry.intake.reading.columns import STORED, Column, ColumnSet
from registry.intake.reading.corrected import Correction
from registry.intake.reading.finding import missing, open_table
from registry.intake.reading.plain import plain_staff_rows
from registry.intake.reading.refusals import MAX_ROWS, Refusal, UnreadableFileError, file_refusal, refuse
from registry.intake.reading.returned import place_of, write_refused
from registry.intake.reading.rows import AccountValues, StaffValues, parse_account_row, parse_staff_row
from registry.intake.reading.sketch import sketch
from registry.intake.reading.tables import RawRow, Table
from registry.intake.reading.wordings import ACCOUNT_COLUMNS, STAFF_COLUMNS

__all__ = [
    "ACCOUNT_COLUMNS",
    "MAX_ROWS",
    "STAFF_COLUMNS",
    "STORED",
    "AccountValues",
    "Column",
    "ColumnSet",
    "Correction",
    "RawRow",
    "Refusal",
    "StaffValues",
    "Table",
    "UnreadableFileError",
    "file_refusal",
    "missing",
    "open_table",
    "parse_account_row",
    "parse_staff_row",
    "place_of",
    "plain_staff_rows",
    "refuse",
    "sketch",
    "write_refused",
]
