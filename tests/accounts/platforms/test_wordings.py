import pytest

from accounts.platforms import PLATFORMS, platform_code


@pytest.mark.parametrize(
    ("wording", "code"),
    [
        ("Facebook", "facebook"),
        ("FB", "facebook"),
        ("  facebook cá nhân ", "facebook"),
        ("Fanpage", "facebook"),
        ("Trang Facebook", "facebook"),
        ("Zalo OA", "zalo"),
        ("Zalo cá nhân", "zalo"),
        ("X (Twitter)", "x"),
        ("Twitter", "x"),
        ("x", "x"),
        ("kênh YouTube", "youtube"),
        ("You Tube", "youtube"),
        ("Tik Tok", "tiktok"),
        ("INSTAGRAM", "instagram"),
        ("Telegram", "telegram"),
        ("Linked-In", "linkedin"),
        ("Threads", "threads"),
        ("Cổng thông tin điện tử", "website"),
        ("Cổng TTĐT", "website"),
        ("Co\u0302\u0309ng tho\u0302ng tin", "website"),
        ("www.tiktok.com", "tiktok"),
        ("Viber", "viber"),
        ("", ""),
        ("Khác", ""),
        ("Facebook/Zalo", ""),
        ("Không có Facebook", ""),
        ("\ud800", ""),
        ("facebook " * 100, ""),
    ],
)
def test_platform_code_of_wording(wording: str, code: str) -> None:
    assert platform_code(wording) == code


def test_platform_code_of_every_code_is_itself() -> None:
    assert {code: platform_code(code) for code in PLATFORMS} == {code: code for code in PLATFORMS}
