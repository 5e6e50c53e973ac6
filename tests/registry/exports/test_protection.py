"""No cell of a CSV file begins like a formula, whatever splits it; every text comes back."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.exports.csv_files import write_csv
from registry.exports.protection import csv_cells, protect, restore

FORMULA_SIGNS = "=+-@\t\r＝＋－＠"
# Whatever PostgreSQL can hold: no NUL, no lone surrogates.
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
NASTY = st.text(st.sampled_from("=+-@\t\r\n;,'\"＝＠ aễ\x0b\u202e"), max_size=30)


@given(TEXTS | NASTY)
def test_restore_gives_back_any_text(text: str):
    assert restore(protect(text)) == text


@given(NASTY)
def test_protect_leaves_no_formula_at_any_separator(text: str):
    for separator in ";,\n":
        for cell in protect(text).split(separator):
            assert not cell.startswith(tuple(FORMULA_SIGNS))


@given(st.lists(TEXTS | NASTY, min_size=1))
def test_csv_cells_protects_each_cell(cells: list[str]):
    (read,) = csv.reader(io.StringIO(csv_cells(cells), newline=""))
    assert read == [protect(cell) for cell in cells]


@pytest.mark.parametrize("text", ["Trần Thị Lan", "O'Hara", "a=b", "https://x.vn/?id=1", " =1", "K'Bình"])
def test_protect_when_nothing_begins_a_formula_changes_nothing(text: str):
    assert protect(text) == text


def test_protect_when_text_already_has_the_apostrophe_keeps_the_difference():
    assert protect("'=1") == "''=1"
    assert restore("''=1") == "'=1"


@given(st.lists(st.lists(TEXTS | NASTY, min_size=3, max_size=3), max_size=20))
def test_write_csv_then_a_plain_reader_and_the_rule_give_back_every_cell(lines: list[list[str]]):
    target = io.BytesIO()
    assert write_csv(target, ["a", "b", "c"], map(csv_cells, lines)) == len(lines)
    text = target.getvalue().decode("utf-8-sig")
    read = list(csv.reader(io.StringIO(text, newline="")))
    assert read[0] == ["a", "b", "c"]
    assert [[restore(cell) for cell in row] for row in read[1:]] == lines


def test_write_csv_begins_with_the_byte_order_mark_and_ends_lines_with_crlf():
    target = io.BytesIO()
    write_csv(target, ["Họ tên"], [csv_cells(["Bình"])])
    assert target.getvalue() == '\ufeff"Họ tên"\r\n"Bình"\r\n'.encode()
