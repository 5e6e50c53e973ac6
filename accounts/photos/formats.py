"""What a file is by its first bytes; its name and declared type prove nothing."""

from dataclasses import dataclass
from typing import Final

#: Brands of ISO base media files (ISO/IEC 23008-12, annex B) that hold one HEVC-coded still picture.
STILL_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis"})
#: Brands of HEVC image sequences: bursts and short clips.
SEQUENCE_BRANDS: Final = frozenset({b"hevc", b"hevx", b"hevm", b"hevs", b"msf1"})
#: The generic still-picture brand: the coding is named by a compatible brand.
GENERIC_BRAND: Final = b"mif1"

_SIGNATURES: Final = (
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"Rar!", "RAR"),
    (b"\xff\x0a", "JPEG XL"),
    (b"\x00\x00\x00\x0cJXL ", "JPEG XL"),
    (b"8BPS", "Photoshop"),
    (b"BM", "BMP"),
)
_BRAND_BOX_CAP: Final = 512  # a real list of brands is some tens of bytes; do not walk a forged one


@dataclass(frozen=True, slots=True)
class Format:
    """A recognised content type: its name for people, and whether it moves."""

    name: str
    allowed: bool = False
    animated: bool = False


def recognise(data: bytes) -> Format:
    """Judge a file by its content.

    A name outside the allow-list (JPEG, PNG, WebP, HEIC) is only for the sentence shown to the person.
    """
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Format("WEBP", allowed=True)
    if data[4:8] == b"ftyp":
        return _iso_media(data)
    for signature, name in _SIGNATURES:
        if data.startswith(signature):
            return Format(name, allowed=name in {"JPEG", "PNG"})
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if b"<svg" in head:
        return Format("SVG")
    if head.startswith((b"<!doctype html", b"<html")):
        return Format("HTML")
    return Format("?")


def _iso_media(data: bytes) -> Format:
    size = min(int.from_bytes(data[:4], "big"), _BRAND_BOX_CAP)
    major = data[8:12]
    brands = {data[at : at + 4] for at in range(16, size - 3, 4)} | {major}
    if major in SEQUENCE_BRANDS:
        return Format("HEIC", allowed=True, animated=True)
    if major in STILL_BRANDS or (major == GENERIC_BRAND and brands & STILL_BRANDS):
        return Format("HEIC", allowed=True)
    if brands & {b"avif", b"avis"}:
        return Format("AVIF")
    return Format("MP4")
