"""A ZIP of photos: what office machines write, and what an ill-meaning one might."""

import io
import struct
import unicodedata
import zipfile
import zlib
from pathlib import Path

import pytest

from accounts.photos import PhotoError, PhotoZip, ZipLimits

NAME = "Ảnh Nguyễn Thị Đào.jpg"


def packed(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return out


def packed_raw(raw: bytes, data: bytes = b"photo", extra: bytes = b"") -> io.BytesIO:
    """A member whose name is exactly these bytes, without the UTF-8 flag."""
    stand_in = "x" * len(raw)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo(stand_in)
        info.extra = extra
        archive.writestr(info, data)
    return io.BytesIO(out.getvalue().replace(stand_in.encode(), raw))


def patched(source: io.BytesIO, at: int, value: bytes) -> io.BytesIO:
    """Change the (only) central directory entry at that offset, and nothing else."""
    data = bytearray(source.getvalue())
    start = data.rindex(b"PK\x01\x02") + at
    data[start : start + len(value)] = value
    return io.BytesIO(bytes(data))


def refusal(source: io.BytesIO, limits: ZipLimits | None = None) -> PhotoError:
    with pytest.raises(PhotoError) as caught:
        PhotoZip(source, limits=limits)
    return caught.value


def refusal_reading(source: io.BytesIO, name: str, limits: ZipLimits | None = None) -> str:
    with PhotoZip(source, limits=limits) as photos, pytest.raises(PhotoError) as caught:
        photos.read(name)
    return caught.value.code


def test_read_by_path_and_by_file(tmp_path: Path) -> None:
    source = packed(("a.jpg", b"one"), ("b.png", b"two"))
    path = tmp_path / "anh.zip"
    path.write_bytes(source.getvalue())
    for given in (path, str(path), source):
        with PhotoZip(given) as photos:
            assert photos.names == ("a.jpg", "b.png")
            assert photos.read("b.png") == b"two"


@pytest.mark.parametrize(
    "name", ["../../etc/A.JPG", "/a.jpg", "C:\\ảnh\\a.jpg", "thư mục/con/a.jpg", "a.jpg "]
)
def test_paths_mean_nothing_but_their_base_name(name: str) -> None:
    with PhotoZip(packed((name, b"one"))) as photos:
        assert [found.casefold() for found in photos.names] == ["a.jpg"]
        assert photos.read("a.jpg") == photos.read("khác/A.Jpg") == b"one"
        assert "a.jpg" in photos
        assert "b.jpg" not in photos


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("asked", ["NFC", "NFD"])
def test_vietnamese_names_are_found_in_either_form(form: str, asked: str) -> None:
    with PhotoZip(packed((unicodedata.normalize(form, NAME), b"one"))) as photos:  # type: ignore[arg-type]
        assert photos.names == (NAME,)
        assert photos.read(unicodedata.normalize(asked, NAME.upper())) == b"one"  # type: ignore[arg-type]


def test_names_in_utf8_without_the_flag_are_read_as_utf8() -> None:
    with PhotoZip(packed_raw(NAME.encode())) as photos:
        assert photos.names == (NAME,)


def test_names_in_the_windows_code_page_are_read() -> None:
    decomposed = "Nguyê\u0303n Thi\u0323 Đa\u0300o.jpg"  # cp1258 has the vowels, and the tones apart
    with PhotoZip(packed_raw(decomposed.encode("cp1258"))) as photos:
        assert photos.read("Nguyễn Thị Đào.jpg") == b"photo"


def test_names_from_the_unicode_path_field_are_preferred() -> None:
    raw = b"Nguy_n_Th.jpg"
    body = struct.pack("<BL", 1, zlib.crc32(raw)) + NAME.encode()
    with PhotoZip(packed_raw(raw, extra=struct.pack("<HH", 0x7075, len(body)) + body)) as photos:
        assert photos.names == (NAME,)


def test_what_is_no_photo_is_ignored_and_named() -> None:
    source = packed(
        ("a.jpg", b"one"),
        ("in.zip", b"x"),
        ("__MACOSX/._a.jpg", b"x"),
        ("Thumbs.db", b"x"),
        ("thư mục/", b""),
    )
    with PhotoZip(source) as photos:
        assert photos.names == ("a.jpg",)
        assert photos.ignored == ("in.zip", "._a.jpg", "Thumbs.db")


def test_duplicates_are_named_and_not_guessed() -> None:
    source = packed(("x/a.jpg", b"one"), ("y/A.jpg", b"two"), ("x/b.jpg", b"one"), ("y/b.jpg", b"one"))
    with PhotoZip(source) as photos:
        assert photos.names == ("a.jpg", "b.jpg")
        assert photos.duplicates == ("a.jpg",)
        assert photos.read("b.jpg") == b"one"
    assert refusal_reading(source, "a.jpg") == "zip_duplicate_name"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "zip_unreadable"),
        (b"Rar!\x1a\x07\x00", "zip_unreadable"),
        (packed(("a.jpg", b"x")).getvalue()[:-30], "zip_unreadable"),
        (b"PK\x05\x06" + bytes(18), "zip_empty"),
        (packed(("in.zip", b"x")).getvalue(), "zip_empty"),
        (packed(("a.jpg", bytes(5_000_000))).getvalue(), "zip_bomb"),
        (packed(("a.jpg", b"x"), method=zipfile.ZIP_LZMA).getvalue(), "zip_method"),
        (patched(packed(("a.jpg", b"x")), 8, b"\x01\x00").getvalue(), "zip_encrypted"),
    ],
)
def test_archive_is_refused(data: bytes, code: str) -> None:
    assert refusal(io.BytesIO(data)).code == code


def test_archive_with_too_many_entries_is_refused() -> None:
    source = packed(*((f"{number}.jpg", b"") for number in range(11)))
    assert refusal(source, ZipLimits(entries=10)).code == "zip_too_many"
    understated = bytearray(source.getvalue())
    end = understated.rindex(b"PK\x05\x06")
    understated[end + 8 : end + 12] = struct.pack("<HH", 1, 1)
    assert refusal(io.BytesIO(bytes(understated)), ZipLimits(entries=10)).code == "zip_too_many"


def test_archive_declaring_too_much_in_all_is_refused() -> None:
    source = packed(("a.jpg", b"x" * 700), ("b.jpg", b"y" * 700))
    assert refusal(source, ZipLimits(total=1_000)).code == "zip_too_large"


def test_read_counts_what_really_came_out() -> None:
    source = packed(("a.jpg", bytes(700)), ("b.jpg", bytes(700)))
    with PhotoZip(source, limits=ZipLimits(total=1_400)) as photos:
        photos.limits = ZipLimits(total=1_000)
        assert len(photos.read("a.jpg")) == len(photos.read("a.jpg")) == 700
        with pytest.raises(PhotoError) as caught:
            photos.read("b.jpg")
    assert caught.value.code == "zip_too_large"


def test_read_refuses_one_photo_beyond_the_cap_and_reads_the_others() -> None:
    source = packed(("a.jpg", b"x" * 600), ("b.jpg", b"x" * 500))
    limits = ZipLimits(member=500)
    assert refusal_reading(source, "a.jpg", limits) == "photo_too_large"
    with PhotoZip(source, limits=limits) as photos:
        assert len(photos.read("b.jpg")) == 500


@pytest.mark.parametrize("declared", [1, 1_000])
def test_read_does_not_believe_the_declared_size(declared: int) -> None:
    lying = patched(packed(("a.jpg", bytes(900_000))), 24, struct.pack("<L", declared))
    assert refusal_reading(lying, "a.jpg", ZipLimits(member=100_000)) == "zip_damaged"


def test_read_refuses_a_damaged_or_missing_member() -> None:
    source = packed(("a.jpg", b"abcdefgh"), method=zipfile.ZIP_STORED)
    assert (
        refusal_reading(io.BytesIO(source.getvalue().replace(b"abcd", b"abcx", 1)), "a.jpg") == "zip_damaged"
    )
    assert refusal_reading(source, "b.jpg") == "zip_no_such_photo"
