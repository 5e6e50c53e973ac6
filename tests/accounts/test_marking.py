import pytest

from accounts.names import as_read, differences, reads_same, written_openly

HEALTH = "Sở Y tế tỉnh Hà Tĩnh"


@pytest.mark.parametrize(
    "text",
    [HEALTH, "so y te tinh ha tinh", "SỞ Y TẾ TỈNH HÀ TĨNH", "Sở Y te tỉnh Ha Tĩnh", "Sở Ytế tỉnh Hà Tĩnh",
     "\u200bSở Y tế tỉnh Hà Tĩnh\ufeff"],
)  # fmt: skip
def test_written_openly_is_a_name_with_marks_left_out(text: str):
    assert written_openly(text, HEALTH)


@pytest.mark.parametrize(
    "text",
    [
        "Sở Y tế tỉnh Hà Tỉnh",
        "Sở Y tế tỉnһ Hà Tĩnh",
        "Sở Y tế tỉnh Hà\u200b Tĩnh",
        "Sở Y tế tỉnh Hã Tĩnh",
    ],
)
def test_written_openly_is_no_name_with_other_marks_or_letters(text: str):
    assert not written_openly(text, HEALTH)


def test_written_openly_of_another_beginning_looks_at_what_is_alike():
    assert written_openly("UBND tp Huế", "Ủy ban nhân dân thành phố Huế")
    assert not written_openly("UBND tp Huệ", "Ủy ban nhân dân thành phố Huế")


def test_written_openly_takes_tones_wherever_they_stand():
    assert written_openly("Thanh Hóa", "Thanh Hoá")
    assert written_openly("Quy Nhơn", "Qui Nhơn")
    assert not written_openly("Đa Nẵng", "Đà Năng")


def test_as_read_gives_the_words_with_their_tones():
    assert as_read("Thanh Hoá") == as_read("THANH  HÓA") == ("thanh0", "hoa4")


def test_reads_same_tells_marks_apart():
    assert reads_same("Cẩm Giàng", "cẩm giàng")
    assert not reads_same("Cẩm Giàng", "Cẩm Giang")


def test_differences_of_what_bears_no_marks_are_not_its_marks():
    pieces = differences("soyte.hatinh.vn", "Sở Y tế Hà Tĩnh")
    assert [(each.how, each.asked) for each in pieces if each.how not in {"same", "missing"}] == [
        ("other", "."), ("extra", ".vn"),
    ]  # fmt: skip
    assert [each.how for each in differences("Sở Y tế Hà Tỉnh", "Sở Y tế Hà Tĩnh")] == [
        "same",
        "other",
        "same",
    ]
