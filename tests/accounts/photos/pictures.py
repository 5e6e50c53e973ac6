"""Pictures drawn for the tests: portraits before a plain wall, and files built byte by byte."""

import io
import random
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageDraw, ImageFilter

pillow_heif.register_heif_opener()

SKIN = (225, 180, 150)


def portrait(seed: int = 1, width: int = 480, height: int = 640) -> Image.Image:
    """A head and shoulders, with the noise of a camera; each seed another person in other clothes."""
    dice = random.Random(seed)  # noqa: S311 - a drawing, not a secret
    wall, shirt = (tuple(dice.randrange(40, 256) for _ in range(3)) for _ in range(2))
    image = Image.new("RGB", (480, 640), wall)
    draw = ImageDraw.Draw(image)
    x, y = 240 + dice.gauss(0, 25), 260 + dice.gauss(0, 30)
    across, down = 105 + dice.gauss(0, 15), 140 + dice.gauss(0, 15)
    hair = tuple(dice.randrange(10, 90) for _ in range(3))
    draw.ellipse(
        (x - across * 1.2, y - down * 1.2, x + across * 1.2, y + down * dice.uniform(0.1, 1)), fill=hair
    )
    draw.ellipse((x - 230, y + 190, x + 250, y + 700), fill=shirt)
    draw.ellipse((x - across, y - down, x + across, y + down), fill=SKIN)
    for side in (-1, 1):
        draw.ellipse((x + side * 42 - 14, y - 14, x + side * 42 + 14, y + 2), fill=hair)
    draw.ellipse((x - 30, y + 65, x + 30, y + 80), fill=(180, 90, 90))
    noise = Image.frombytes("L", image.size, dice.randbytes(480 * 640)).convert("RGB")
    image = Image.blend(image.filter(ImageFilter.GaussianBlur(2)), noise, 0.05)
    return image.resize((width, height), Image.Resampling.LANCZOS)


def encoded(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The image as a file of that kind."""
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def decoded(data: bytes) -> Image.Image:
    """The file as an image, loaded."""
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def colour(image: Image.Image, at: tuple[int, int] = (9, 9)) -> tuple[int, ...]:
    """The colour of one point."""
    found = image.getpixel(at)
    assert isinstance(found, tuple)
    return found


def profile_swapping_red_and_green() -> bytes:
    """An sRGB colour profile whose red and green primaries have changed places (ICC.1:2010, 7.3)."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile.replace(b"rXYZ", b"tmp ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"tmp ", b"gXYZ", 1)


def png_chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk of a PNG."""
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def png_bomb(width: int, height: int) -> bytes:
    """A PNG that declares its size and holds almost nothing."""
    header = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(bytes(100_000))
    return (
        b"\x89PNG\r\n\x1a\n"
        + png_chunk(b"IHDR", header)
        + png_chunk(b"IDAT", pixels)
        + png_chunk(b"IEND", b"")
    )


def webp_claiming(width: int, height: int) -> bytes:
    """A WebP whose header claims a canvas of that size."""
    data = bytearray(encoded(portrait(), "WEBP", xmp=b"<x/>"))
    at = data.index(b"VP8X") + 12
    data[at : at + 6] = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    return bytes(data)
