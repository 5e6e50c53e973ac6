"""The pages' font, cut out of its package: Inter, the letters of Vietnamese and English only, 39 kB of 877.

Made where the registry is started, tested or packed, like the message catalogues; it is in no repository.
"""

import io
import os
import tempfile
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PACKAGE = "fontpkg_inter"
STATIC = Path(__file__).resolve().parents[1] / "registry" / "web" / "static" / "web"
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


def build_font(folder: Path = STATIC) -> None:
    """Put the font and its licence into a folder, unless they are there and no older than what makes them."""
    target = folder / "inter.woff2"
    package = files(PACKAGE)
    newest = max(Path(str(made_of)).stat().st_mtime for made_of in (package / "files", __file__))
    if target.exists() and target.stat().st_mtime >= newest:
        return
    _write(folder / "inter-licence.txt", (package / "LICENSE").read_bytes())
    _write(target, cut_font())


def _write(target: Path, content: bytes) -> None:
    # Written beside and moved: a server that starts meanwhile never reads half a file.
    descriptor, draft = tempfile.mkstemp(dir=target.parent, suffix=".new")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(draft).chmod(0o644)
    Path(draft).replace(target)


if __name__ == "__main__":
    build_font()
