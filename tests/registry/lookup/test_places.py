"""Real places: another one is another body; a letter changed so that none comes of it is not."""

import pytest

from accounts.names import spellings
from registry.lookup.places import names_another

COMMUNE = "Ủy ban nhân dân xã Tân Hưng"


def another(text: str, known: str) -> list[bool]:
    """Whether a text names another, by each spelling of what is known."""
    literal = spellings(text)
    return [names_another(text, literal, key, known) for key in spellings(known)]


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("Ủy ban nhân dân xã Thuận Bắc", "Ủy ban nhân dân xã Xuân Bắc"),
        ("Ủy ban nhân dân xã Phù Mỹ Tây", "Ủy ban nhân dân xã Phù Mỹ"),
        ("Ủy ban nhân dân xã Phú Hoà 2", "Ủy ban nhân dân xã Phú Hoà"),
        ("Ủy ban nhân dân xã Mỹ Thạnh", "Ủy ban nhân dân xã Mỹ Thành"),
        ("ubndxaninhson", "ubndxalinhson"),
        ("Sở Xây dựng tỉnh Sơn La", "Sở Xây dựng"),
        ("Sở Y tế Hà Nam", "Sở Y tế Hà Nội"),
        ("Công an xã Tuyên Hoá", "Xã Tuyên Hoá"),
    ],
)
def test_names_another_for_another_real_place(text: str, known: str):
    assert all(another(text, known))


@pytest.mark.parametrize(
    "text",
    [
        "Ủy ban nhân dân xã Tân Hưnng", "Ủy ban nhân dân xã Tân Húng", "Ủy ban nhân dân xã Tâm Hứg",
        "UBND xa Tan Hung", "ubnd.xa.tanhung", "Ủy ban nhân dân xã Tân Hưng, tỉnh Đồng Tháp",
        "Ủy ban nһân dân xã Tân Hưng", "Ủy ban nhân dân xã Tân Hưng Official",
    ],
)  # fmt: skip
def test_names_another_is_silent_where_no_other_place_comes_of_it(text: str):
    assert not any(another(text, COMMUNE))


@pytest.mark.parametrize(
    ("text", "known"),
    [
        ("UBND Hà Tĩnh", "UBND tỉnh Hà Tĩnh"),
        ("UBND xã Tân Hưng Đồng Tháp", "UBND xã Tân Hưng, tỉnh Đồng Tháp"),
        ("Sở Y tế tỉnh Hà Tĩnh tại Nghệ An", "Sở Y tế tỉnh Hà Tĩnh"),
        ("UBND TP Huế", "Ủy ban nhân dân thành phố Huế"),
    ],
)
def test_names_another_takes_one_place_written_twice_for_one(text: str, known: str):
    assert not any(another(text, known))
