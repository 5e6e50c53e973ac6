"""Files that are not lists, or mean harm: a clear refusal, quickly, and the process lives."""

import zipfile
from pathlib import Path

import pytest

from registry.intake.reading import STAFF_COLUMNS, UnreadableFileError, open_table, parse_staff_row
from tests.registry.intake.reading.sheets import HEADINGS, delimited, person, workbook

HTML = b"<html><head><meta charset=utf-8></head><body><table><tr><td>Ho ten</td></tr></table></body></html>"


def code_of(path: Path) -> str:
    with pytest.raises(UnreadableFileError) as caught, open_table(path, columns=STAFF_COLUMNS) as table:
        list(table.rows())
    assert str(caught.value.message)
    return caught.value.code


def archive(path: Path, **parts: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/").replace("_dot_", "."), data)
    return path


def doctored(path: Path, source: Path, old: bytes, new: bytes) -> Path:
    """A copy of a workbook with its sheet's XML changed."""
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for entry in before.infolist():
            data = before.read(entry)
            after.writestr(entry.filename, data.replace(old, new) if "sheet1" in entry.filename else data)
    return path


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b"\xef\xbb\xbf\r\n\r\n", "empty_file"),
        (b"%PDF-1.7\n...", "wrong_type"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "wrong_type"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "wrong_type"),
        (HTML, "wrong_type"),
        (b"PK\x03\x04 cut short", "corrupt_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted_file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "corrupt_file"),
        ("xin chào, đây không phải danh sách\n".encode(), "no_header"),
        ("Hä vµ tªn;§¬n vÞ c«ng t¸c;M· c¸n bé\n".encode(), "legacy_font"),
        ("Họ tên;Đơn vị;Mã cán bộ\n".encode().decode("cp1252", "replace").encode(), "legacy_font"),
        ("Họ và tên\n".encode() * 50 + b"\xff\xfe\xc0\n", "bad_encoding"),
        ('Mã CB,Họ tên,Đơn vị,Đối tượng\n1,"Lê Hoa,Sở Y tế,CC\n2,An,Sở Y tế,CC\n'.encode(), "unclosed_quote"),
    ],
    ids=lambda value: value if isinstance(value, str) else repr(value[:12]),
)  # fmt: skip
def test_open_table_refuses_what_is_no_list(tmp_path: Path, data: bytes, code: str):
    path = tmp_path / "danh_sach.xlsx"
    path.write_bytes(data)
    assert code_of(path) == code


def test_open_table_missing_file(tmp_path: Path):
    assert code_of(tmp_path / "khong_co.xlsx") == "missing_file"


def test_open_table_word_document_and_plain_archive(tmp_path: Path):
    assert code_of(archive(tmp_path / "a.xlsx", word__document_dot_xml=b"<w/>")) == "wrong_type"
    assert code_of(archive(tmp_path / "b.xlsx", anh_dot_jpg=b"x")) == "wrong_type"


def test_open_table_bomb_is_told_from_the_directory(tmp_path: Path):
    bomb = archive(
        tmp_path / "b.xlsx", xl__workbook_dot_xml=b"<w/>", xl__sharedStrings_dot_xml=b"a" * 30_000_000
    )
    assert code_of(bomb) == "zip_bomb"


def test_open_table_value_in_the_last_cell_of_the_sheet(tmp_path: Path):
    rows = workbook(tmp_path / "a.xlsx", [HEADINGS, person(1)])
    far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    assert code_of(doctored(tmp_path / "b.xlsx", rows, b"</sheetData>", far)) == "too_heavy"


def test_open_table_broken_xml(tmp_path: Path):
    rows = workbook(tmp_path / "a.xlsx", [HEADINGS, person(1)])
    assert code_of(doctored(tmp_path / "b.xlsx", rows, b"</sheetData>", b"<row r=")) == "corrupt_file"


def test_rows_phantom_rows_are_passed_over(tmp_path: Path):
    source = workbook(tmp_path / "a.xlsx", [HEADINGS, person(1)])
    phantoms = b"".join(
        b'<row r="%d"><c r="A%d" s="1"/><c r="C%d" s="1"/></row>' % (n, n, n) for n in range(3, 1_048_577, 4)
    )
    path = doctored(tmp_path / "b.xlsx", source, b"</sheetData>", phantoms + b"</sheetData>")
    with open_table(path, columns=STAFF_COLUMNS) as table:
        assert [row.number for row in table.rows()] == [2]


def test_parse_staff_row_hostile_cells_are_refused_one_by_one(tmp_path: Path):
    rows = [
        HEADINGS,
        person(1, c2="A" * 10_000),
        person(2, c2="Lê\x00Hoa"),
        person(3, c2="Lê \ud800Hoa"),
        person(4, c3="+1+cmd|' /C calc'!A0"),
        person(5, c2="  Lê\u00a0\u200bHoa\ufeff  "),
        person(6, c2="Nguye\u0302\u0303n Thi\u0323 Ba"),
        person(7, c6="x" * 300 + "@example.vn"),
        person(8, c8="Đang bay"),
        person(9, c2="L�ê Hoa"),
    ]
    path = delimited(tmp_path / "h.csv", rows, encoding="utf-8", delimiter=";")
    with open_table(path, columns=STAFF_COLUMNS) as table:
        found = {row.number: parse_staff_row(row) for row in table.rows()}
    codes = {number: [r.code for r in result] for number, result in found.items() if isinstance(result, list)}
    assert codes == {
        2: ["too_long"],
        3: ["control_characters"],
        4: ["control_characters"],
        5: ["formula"],
        8: ["too_long"],
        9: ["unknown_status"],
        10: ["control_characters"],
    }
    for result in found.values():
        for refusal in result if isinstance(result, list) else ():
            assert len(refusal.value) <= 200
            refusal.value.encode()  # nothing a log, a page or JSON would choke on
    names = [result.full_name for result in found.values() if not isinstance(result, list)]
    assert names == ["Lê Hoa", "Nguyễn Thị Ba"]
