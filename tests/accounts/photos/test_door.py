"""The door: what comes in, how it is redrawn, what is refused."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.utils import translation
from PIL import ExifTags, Image, ImageCms

from accounts.photos import Part, PhotoDoor, PhotoError, PhotoLimits, redraw
from tests.accounts.photos.pictures import (
    colour,
    decoded,
    encoded,
    png_bomb,
    portrait,
    profile_swapping_red_and_green,
    webp_claiming,
)


@pytest.fixture(scope="module")
def door() -> Iterator[PhotoDoor]:
    with PhotoDoor() as opened:
        yield opened


def refusal(door: PhotoDoor, data: bytes) -> PhotoError:
    with pytest.raises(PhotoError) as caught:
        door.redraw(data)
    return caught.value


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
def test_redraw_accepts_each_allowed_format(door: PhotoDoor, kind: str) -> None:
    photo = door.redraw(encoded(portrait(), kind))
    assert photo.source_format == {"HEIF": "HEIC"}.get(kind, kind)
    assert (photo.width, photo.height) == (480, 640)
    redrawn = decoded(photo.jpeg)
    assert (redrawn.format, redrawn.mode, redrawn.size) == ("JPEG", "RGB", (480, 640))
    expected, got = (colour(image.resize((1, 1)), (0, 0)) for image in (portrait(), redrawn))
    assert all(abs(a - b) <= 3 for a, b in zip(expected, got, strict=True))


def test_redraw_one_shot_gives_what_the_kept_door_gives(door: PhotoDoor) -> None:
    data = encoded(portrait())
    assert redraw(data) == door.redraw(data) == door.redraw(data)


def test_redraw_bounds_the_long_side(door: PhotoDoor) -> None:
    photo = door.redraw(encoded(portrait(width=3000, height=4000)))
    assert (photo.width, photo.height) == (768, 1024)
    assert (photo.source_width, photo.source_height) == (3000, 4000)


def test_redraw_does_not_enlarge(door: PhotoDoor) -> None:
    assert door.redraw(encoded(portrait(width=210, height=280))).width == 210


def with_everything() -> bytes:
    """A JPEG with GPS, author, XMP, colour profile, comment, resolution and trailing bytes."""
    exif = Image.Exif()
    exif[ExifTags.Base.Artist] = "SECRET-AUTHOR"
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (18.0, 20.0, 35.0)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return (
        encoded(
            portrait(),
            exif=exif,
            icc_profile=profile,
            comment="SECRET-COMMENT",
            xmp=b"<x:xmpmeta>SECRET-XMP</x:xmpmeta>",
            dpi=(300, 300),
        )
        + b"SECRET-TAIL<script>"
    )


def segments(jpeg: bytes) -> list[int]:
    """Markers of the segments before the picture's data."""
    markers, at = [], 2
    while jpeg[at + 1] != 0xDA:
        markers.append(jpeg[at + 1])
        at += 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    return markers


def test_redraw_leaves_no_metadata(door: PhotoDoor) -> None:
    source = with_everything()
    assert source.count(b"SECRET") == 4
    assert {0xE1, 0xE2, 0xFE} <= set(segments(source))
    photo = door.redraw(source)
    assert b"SECRET" not in photo.jpeg
    # APP0 is the bare JFIF mark of 16 bytes; tables, frame and scan are the picture itself.
    assert set(segments(photo.jpeg)) <= {0xE0, 0xDB, 0xC0, 0xC4}
    assert photo.jpeg[2:6] == b"\xff\xe0\x00\x10"
    assert photo.jpeg.endswith(b"\xff\xd9")
    assert not decoded(photo.jpeg).getexif()


@pytest.mark.parametrize("turn", range(1, 9))
def test_redraw_applies_every_orientation(door: PhotoDoor, turn: int) -> None:
    image = Image.new("RGB", (600, 400), "white")
    image.paste("red", (0, 0, 300, 200))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = turn
    photo = door.redraw(encoded(image, exif=exif))
    redrawn = decoded(photo.jpeg)
    assert redrawn.size == ((600, 400) if turn < 5 else (400, 600))
    assert (photo.source_width, photo.source_height) == redrawn.size
    width, height = redrawn.size
    # EXIF 2.32, 4.6.4: where the first row and first column lie in the upright picture
    right, bottom = turn in {2, 3, 6, 7}, turn in {3, 4, 7, 8}
    red = colour(redrawn, (width * (3 if right else 1) // 4, height * (3 if bottom else 1) // 4))
    assert red[0] > 200
    assert red[1] < 60


def test_redraw_lays_transparency_on_white(door: PhotoDoor) -> None:
    image = portrait().convert("RGBA")
    image.putalpha(0)
    assert decoded(door.redraw(encoded(image, "PNG")).jpeg).getextrema() == ((255, 255),) * 3


def test_redraw_keeps_the_scale_of_16_bit_grey(door: PhotoDoor) -> None:
    image = Image.new("I;16", (300, 300), 32768)
    assert decoded(door.redraw(encoded(image, "PNG")).jpeg).getpixel((9, 9)) == (128, 128, 128)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "CMYK"])
def test_redraw_converts_every_mode(door: PhotoDoor, mode: str) -> None:
    image = Image.new("RGB", (300, 300), "white").convert(mode)
    data = encoded(image, "JPEG" if mode == "CMYK" else "PNG")
    assert decoded(door.redraw(data).jpeg).convert("L").point(lambda level: level >= 250).getextrema() == (
        1,
        1,
    )


def test_redraw_converts_by_the_colour_profile(door: PhotoDoor) -> None:
    image = Image.new("RGB", (300, 300), (120, 60, 60))
    plain, profiled, broken = (
        colour(decoded(door.redraw(encoded(image, "PNG", **options)).jpeg))
        for options in (
            {},
            {"icc_profile": profile_swapping_red_and_green()},
            {"icc_profile": b"not a profile"},
        )
    )
    assert plain == broken
    assert max(abs(a - b) for a, b in zip(profiled, (60, 120, 60), strict=True)) <= 3


def test_redraw_survives_broken_exif(door: PhotoDoor) -> None:
    data = encoded(portrait(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff\xff")
    assert door.redraw(data).jpeg == door.redraw(encoded(portrait())).jpeg


def test_redraw_drops_the_second_file_of_a_polyglot(door: PhotoDoor) -> None:
    data = encoded(portrait())
    assert door.redraw(data + b"PK\x03\x04<html><script>alert(1)</script>").jpeg == door.redraw(data).jpeg


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (encoded(portrait(), "GIF"), "GIF"),
        (encoded(portrait(), "BMP"), "BMP"),
        (encoded(portrait(), "TIFF"), "TIFF"),
        (encoded(portrait(), "PDF"), "PDF"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\x00\x00\x00\x1cftypavif\x00\x00\x00\x00avifmif1miaf", "AVIF"),
        (b"\x00\x00\x00\x18ftypisom\x00\x00\x00\x00isommp42", "MP4"),
        ("Ảnh đại diện của tôi".encode(), "?"),
        (b"GIF89a" + encoded(portrait()), "GIF"),
        (b"\x00", "?"),
    ],
)
def test_redraw_refuses_other_formats_by_content(door: PhotoDoor, data: bytes, found: str) -> None:
    error = refusal(door, data)
    assert (error.code, error.extra) == ("photo_format", {"found": found})


def frames() -> dict[str, Any]:
    return {"save_all": True, "append_images": [portrait(2), portrait(3)], "duration": 100}


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_redraw_refuses_animation(door: PhotoDoor, kind: str) -> None:
    assert refusal(door, encoded(portrait(), kind, **frames())).code == "photo_animated"


def test_redraw_refuses_a_heic_sequence(door: PhotoDoor) -> None:
    data = bytearray(encoded(portrait(), "HEIF"))
    data[8:12] = b"hevc"
    assert refusal(door, bytes(data)).code == "photo_animated"


def test_redraw_accepts_a_phone_jpeg_with_a_second_picture(door: PhotoDoor) -> None:
    data = encoded(portrait(), "MPO", save_all=True, append_images=[portrait(2)])
    assert door.redraw(data).jpeg == door.redraw(encoded(portrait(), "MPO")).jpeg


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ((1, 1), "photo_too_small"),
        ((199, 400), "photo_too_small"),
        ((200, 200), ""),
        ((200, 801), "photo_shape"),
    ],
)
def test_redraw_judges_the_sides(door: PhotoDoor, size: tuple[int, int], code: str) -> None:
    data = encoded(Image.new("RGB", size, "teal"))
    if code:
        assert refusal(door, data).code == code
    else:
        assert door.redraw(data).width == size[0]


@pytest.mark.parametrize("data", [png_bomb(30_000, 30_000), webp_claiming(16_383, 16_383)])
def test_redraw_refuses_bombs_by_the_declared_size(door: PhotoDoor, data: bytes) -> None:
    error = refusal(door, data)
    assert error.code == "photo_too_many_pixels"
    assert error.extra["limit_mp"] == 50


def test_redraw_refuses_a_large_file_before_reading_it(door: PhotoDoor) -> None:
    assert refusal(door, encoded(portrait()) + bytes(15 * 1024 * 1024)).code == "photo_too_large"


def test_redraw_refuses_an_empty_file(door: PhotoDoor) -> None:
    assert refusal(door, b"").code == "photo_empty"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
@pytest.mark.parametrize("kept", [0.02, 0.5, 0.9])
def test_redraw_refuses_a_truncated_file(door: PhotoDoor, kind: str, kept: float) -> None:
    data = encoded(portrait(), kind)
    assert refusal(door, data[: int(len(data) * kept)]).code == "photo_unreadable"


def test_redraw_refuses_a_small_bomb_that_lies(door: PhotoDoor) -> None:
    assert refusal(door, png_bomb(7_000, 7_000)).code == "photo_unreadable"


@pytest.mark.parametrize(
    ("kind", "mode"), [("PNG", "RGBA"), ("PNG", "I;16"), ("JPEG", "CMYK"), ("WEBP", "RGBA"), ("HEIF", "L")]
)
def test_redraw_reads_nearly_50_million_pixels_within_its_memory(kind: str, mode: str) -> None:
    image = Image.new(mode, (8_000, 6_200))
    fastest: dict[str, dict[str, Any]] = {
        "PNG": {"compress_level": 1},
        "WEBP": {"lossless": True, "method": 0, "quality": 0},
        "HEIF": {"quality": 10, "enc_params": {"preset": "ultrafast"}},
    }
    assert redraw(encoded(image, kind, **fastest.get(kind, {}))).width == 1024


@pytest.mark.parametrize("language", ["en", "vi"])
def test_refusal_says_the_numbers_and_what_to_do(door: PhotoDoor, language: str) -> None:
    error = refusal(door, encoded(Image.new("RGB", (40, 40))))
    with translation.override(language):
        assert "40 × 40" in str(error)
        assert "200" in str(error)


def test_door_serves_several_threads(door: PhotoDoor) -> None:
    files = [encoded(portrait(seed)) for seed in range(6)]
    alone = [door.redraw(data) for data in files]
    gate = threading.Barrier(3)

    def together(data: bytes) -> object:
        gate.wait(timeout=30)
        return pool_door.redraw(data)

    with PhotoDoor(children=2) as pool_door, ThreadPoolExecutor(3) as pool:
        assert list(pool.map(together, files)) == alone


def test_door_replaces_a_child_after_its_term() -> None:
    with PhotoDoor(limits=PhotoLimits(photos=2)) as short:
        pids = []
        for _ in range(4):
            short.redraw(encoded(portrait()))
            child = short._places.queue[-1]
            pids.append(child and child.pid)
    assert pids[1] is pids[3] is None
    assert pids[0] != pids[2]


def test_door_can_be_used_again_after_closing() -> None:
    with PhotoDoor() as opened:
        first = opened.redraw(encoded(portrait()))
        opened.close()
        assert opened.redraw(encoded(portrait())) == first


def test_redraw_of_a_part_is_that_part_upright(door: PhotoDoor) -> None:
    picture = Image.new("RGB", (600, 400), "red")
    picture.paste("blue", (300, 0, 600, 400))
    turned = encoded(picture.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=_turned(6))
    photo = door.redraw(turned, part=Part(320, 100, 250, 250))
    assert (photo.width, photo.height) == (250, 250)
    red, _green, blue = decoded(photo.jpeg).getpixel((125, 125))  # type: ignore[misc]  # an RGB picture
    assert (red < 40, blue > 200) == (True, True)


@pytest.mark.parametrize(
    ("part", "code"),
    [
        (Part(400, 0, 300, 300), "photo_outside"),
        (Part(0, 300, 250, 400), "photo_outside"),
        (Part(0, 0, 100, 100), "photo_too_small"),
    ],
)
def test_redraw_of_a_part_that_cannot_be_is_refused(door: PhotoDoor, part: Part, code: str) -> None:
    with pytest.raises(PhotoError) as caught:
        door.redraw(encoded(Image.new("RGB", (600, 600))), part=part)
    assert caught.value.code == code
    assert "600" in str(caught.value.message) or code == "photo_too_small"


def _turned(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    return exif
