"""Names that pass for a body of the state or the army, and people's names that do not."""

import pytest

from accounts.names import begins_like_body, is_acronym, looks_like_body


@pytest.mark.parametrize(
    "text",
    [
        "UBND xã Kỳ Hoa",
        "Ủy ban nhân dân tỉnh Hà Tĩnh",
        "Uỷ ban nhân dân tỉnh",
        "Công an tỉnh Hà Tĩnh",
        "Cong an tinh Ha Tinh",
        "CÔNG AN PHƯỜNG 5",
        "Sở Y tế Hà Tĩnh",
        "Cục Thuế tỉnh",
        "Bộ Quốc phòng",
        "Bo Quoc phong Viet Nam",
        "Sư đoàn 324",
        "Quân khu 4",
        "Viện kiểm sát nhân dân huyện",
        "Văn phòng Chính phủ",
        "ＵＢＮＤ tỉnh",  # full-width letters
    ],
)
def test_looks_like_body_of_bodies(text: str):
    assert looks_like_body(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Nguyễn Công An",
        "Công An",
        "Trường Giang",
        "Hội An",
        "Vũ Quân",
        "Bộ Trần",
        "So Nguyen",
        "Sở Nguyễn",
        "So Cute Shop",
        "Văn phòng phẩm Hoa Mai",
        "Cuc Tran",
        "Cúc Trần",
        "Mẹ Bắp",
        "Viện Nguyễn",
        "Hoa UBND",  # a person, with the agency beside the name
        "Đoàn Văn Quân",
        "Tiểu Yến",
    ],
)
def test_looks_like_body_of_people_and_shops(text: str):
    assert looks_like_body(text) == ""


def test_begins_like_body_is_only_a_hint():
    assert begins_like_body("Trường Giang")
    assert begins_like_body("Sở Nội vụ")
    assert not begins_like_body("Mẹ Bắp")


@pytest.mark.parametrize(
    ("text", "said"), [("BQP", True), ("TTXVN", True), ("Bqp", False), ("B", False), ("", False)]
)
def test_is_acronym(text: str, *, said: bool):
    assert is_acronym(text) is said
