"""`manage.py font_docs`: cut the pages' font out of its package afresh, or say that it is stale.

Inter, the letters of Vietnamese and English only: 39 kB instead of 877. What it is made with is among the
requirements for development; the register serves the file.
"""

import io
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PACKAGE = "fontpkg_inter"
STATIC = Path(__file__).resolve().parents[2] / "static" / "web"
WEIGHTS = (400, 700)
SMALLEST = 14  # of the axis of optical sizes: a page of small text
_RANGES = (
    (0x20, 0x7E), (0xA0, 0x17F),  # Latin as far as Đ, Ă, Ĩ, Ũ and the letters of Ê-đê
    (0x1A0, 0x1A1), (0x1AF, 0x1B0), (0x1EA0, 0x1EF9),  # Ơ, Ư and every letter with its tone
    (0x300, 0x309), (0x31B, 0x31B), (0x323, 0x323),  # marks that stand alone in text that is not composed
    (0x2010, 0x2026), (0x2030, 0x2030), (0x2039, 0x203A), (0x20AB, 0x20AB), (0x2190, 0x2193),
    (0x2212, 0x2212), (0x2260, 0x2265), (0x2713, 0x2713),
)  # fmt: skip
LETTERS = frozenset(letter for first, last in _RANGES for letter in range(first, last + 1))
_FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "tnum", "calt"]


def cut_font() -> bytes:
    """The font of the pages as WOFF2, the same bytes each time."""
    source = files(PACKAGE) / "files" / "Inter[opsz,wght].ttf"
    font = TTFont(io.BytesIO(source.read_bytes()), recalcTimestamp=False)
    cutter = subset.Subsetter(subset.Options(layout_features=_FEATURES, hinting=False))
    cutter.populate(unicodes=LETTERS)
    cutter.subset(font)
    between = io.BytesIO()
    font.save(between)
    font = instancer.instantiateVariableFont(
        TTFont(between, recalcTimestamp=False), {"opsz": SMALLEST, "wght": WEIGHTS}
    )
    font.flavor = "woff2"
    cut = io.BytesIO()
    font.save(cut)
    return cut.getvalue()


class Command(BaseCommand):
    """Cut the font, and put its licence beside it."""

    help = "Write inter.woff2 from its package (--check: only compare)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to write or to compare."""
        parser.add_argument("--check", action="store_true", help="fail when the file is out of date")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write or compare."""
        made = {
            "inter.woff2": cut_font(),
            "inter-licence.txt": (files(PACKAGE) / "LICENSE").read_bytes(),
        }
        for name, content in made.items():
            target = STATIC / name
            if not options["check"]:
                target.write_bytes(content)
            elif not target.exists() or target.read_bytes() != content:
                raise CommandError(f"{name} is out of date: run `make docs`.")
