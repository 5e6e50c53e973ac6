"""The font of the pages is made of its package, once, and whole or not at all."""

import os
from pathlib import Path

from fontTools.ttLib import TTFont

from stack.fonts import LETTERS, build_font


def test_build_font_makes_it_with_its_licence_and_not_again(tmp_path: Path):
    build_font(tmp_path)
    made = tmp_path / "inter.woff2"
    assert set(TTFont(made).getBestCmap()) <= LETTERS
    assert {ord(letter) for letter in "ẫỡỰĐđĨũ"} <= set(TTFont(made).getBestCmap())
    assert "SIL OPEN FONT LICENSE" in (tmp_path / "inter-licence.txt").read_text().upper()
    assert {path.name for path in tmp_path.iterdir()} == {"inter.woff2", "inter-licence.txt"}
    made.write_bytes(b"kept")
    build_font(tmp_path)
    assert made.read_bytes() == b"kept"
    os.utime(made, (0, 0))  # older than its package
    build_font(tmp_path)
    assert made.read_bytes() != b"kept"
