"""Which platforms' links state a permanent id, and that each of those says where it is found."""

import pytest

from accounts.platforms import PLATFORMS, recognise

STATED = {
    "facebook": [
        ("https://www.facebook.com/profile.php?id=100012345678901", "100012345678901"),
        ("https://www.facebook.com/people/Nguyễn-Ánh/100012345678901/", "100012345678901"),
        ("100012345678901", "100012345678901"),
    ],
    "youtube": [
        ("https://www.youtube.com/channel/UC" + "a" * 22, "UC" + "a" * 22),
        ("UC" + "a" * 22, "UC" + "a" * 22),
    ],
    "zalo": [
        ("https://zalo.me/1234567890123456789", "1234567890123456789"),
        ("1234567890123456789", "1234567890123456789"),
    ],
    "tiktok": [("MS4wLjABAAAAabc_-9", "MS4wLjABAAAAabc_-9")],
    "x": [("https://x.com/i/user/44196397", "44196397")],
    "linkedin": [("https://www.linkedin.com/company/12345/", "company/12345")],
}


@pytest.mark.parametrize(
    ("platform", "text", "key"), [(code, *each) for code, links in STATED.items() for each in links]
)
def test_permanent_of_a_link_or_a_bare_id_is_read(platform: str, text: str, key: str):
    stated = recognise(text, platform=platform).permanent
    assert stated is not None
    assert stated.key == key


@pytest.mark.parametrize(
    ("platform", "text"),
    [
        ("facebook", "https://www.facebook.com/nguyen.anh"),
        ("youtube", "@hoa.ht"),
        ("zalo", "0912345678"),
        ("x", "44196397"),
        ("instagram", "nguyen.anh"),
    ],
)
def test_permanent_of_a_name_or_a_telephone_number_is_none(platform: str, text: str):
    assert recognise(text, platform=platform).permanent is None


def test_platforms_that_state_a_permanent_id_say_where_it_is_found_and_no_other_does():
    assert {code for code, platform in PLATFORMS.items() if platform.permanent} == set(STATED)
