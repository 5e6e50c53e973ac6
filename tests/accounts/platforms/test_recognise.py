"""The forms people really paste, one row each; what is refused is in `test_recognise_refused`."""

import pytest

from accounts.platforms import PLATFORMS, LinkError, recognise
from accounts.platforms.phones import phone_digest

UC = "UCYUxsH8xyKAQx1WpCcex5LA"
SEC_UID = "MS4wLjABAAAAepiJKgwWhulvCpSuUVsp7sgVVsFJbbNaLeQ6OQ0oAJERGDUIXhb2"
MEMBER = "ACoAABcdEfGhIjKlMnOpQrStUvWxYz012345678"

READ = [
    # Facebook
    ("https://www.facebook.com/congthongtinbovhttdl", "facebook", "vanity", "congthongtinbovhttdl"),
    ("https://www.facebook.com/antv.gov.vn", "facebook", "vanity", "antvgovvn"),
    ("https://www.facebook.com/ANTV.gov.vn/?ref=page_internal", "facebook", "vanity", "antvgovvn"),
    ("http://m.facebook.com/antv.gov.vn?mibextid=ZbWKwL", "facebook", "vanity", "antvgovvn"),
    ("https://vi-vn.facebook.com/antv.gov.vn/", "facebook", "vanity", "antvgovvn"),
    ("https://mbasic.facebook.com//antv.gov.vn//about", "facebook", "vanity", "antvgovvn"),
    ("fb.com/antv.gov.vn", "facebook", "vanity", "antvgovvn"),
    ("HTTPS://WWW.FACEBOOK.COM:443/antvgovvn#top", "facebook", "vanity", "antvgovvn"),
    ("https://www.facebook.com./antvgovvn", "facebook", "vanity", "antvgovvn"),
    ("https://www.facebook.com/pg/antvgovvn/posts/", "facebook", "vanity", "antvgovvn"),
    ("https://business.facebook.com/antvgovvn", "facebook", "vanity", "antvgovvn"),
    ("https://m.me/antvgovvn", "facebook", "vanity", "antvgovvn"),
    (
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.facebook.com%2Fantvgovvn%3Ffbclid%3Dx&h=AT0",
        "facebook",
        "vanity",
        "antvgovvn",
    ),
    ("https://www.facebook.com/%61ntvgovvn", "facebook", "vanity", "antvgovvn"),
    ("https://www.facebook.com/#!/antvgovvn", "facebook", "vanity", "antvgovvn"),
    (
        "https://www.facebook.com/profile.php?id=100012345678&sk=about",
        "facebook",
        "permanent_id",
        "100012345678",
    ),
    (
        "https://www.facebook.com/profile.php?sk=x&amp;id=100012345678",
        "facebook",
        "permanent_id",
        "100012345678",
    ),
    (
        "https://www.facebook.com/people/Nguyễn-Văn-A/100012345678/",
        "facebook",
        "permanent_id",
        "100012345678",
    ),
    ("https://www.facebook.com/pages/Bo-Y-te/123456789012", "facebook", "permanent_id", "123456789012"),
    ("https://www.facebook.com/pages/category/Bank/Bo-12345678", "facebook", "permanent_id", "12345678"),
    (
        "https://www.facebook.com/p/C%C3%B4ng-an-x%C3%A3-61551234567890/",
        "facebook",
        "permanent_id",
        "61551234567890",
    ),
    (
        "https://www.facebook.com/Cong-an-xa-Thien-Cam-105399436216001",
        "facebook",
        "permanent_id",
        "105399436216001",
    ),
    ("https://www.facebook.com/100012345678", "facebook", "permanent_id", "100012345678"),
    # Zalo
    ("zalo.me/chinhphu", "zalo", "vanity", "chinhphu"),
    ("https://zalo.me/ChinhPhu?src=qr", "zalo", "vanity", "chinhphu"),
    ("https://zalo.me/1234567890123456789", "zalo", "permanent_id", "1234567890123456789"),
    ("https://oa.zalo.me/1234567890123456789", "zalo", "permanent_id", "1234567890123456789"),
    # TikTok
    ("https://www.tiktok.com/@abc.xyz?lang=vi", "tiktok", "handle", "abc.xyz"),
    ("https://m.tiktok.com/@ABC.xyz/live", "tiktok", "handle", "abc.xyz"),
    (f"https://www.tiktok.com/@{SEC_UID}", "tiktok", "permanent_id", SEC_UID),
    # YouTube
    (f"https://www.youtube.com/channel/{UC}", "youtube", "permanent_id", UC),
    (f"https://studio.youtube.com/channel/{UC}/videos", "youtube", "permanent_id", UC),
    ("https://youtube.com/@vtv24?si=abc", "youtube", "handle", "vtv24"),
    ("https://m.youtube.com/@VTV24/videos", "youtube", "handle", "vtv24"),
    ("https://www.youtube.com/@H%C3%A0T%C4%A9nhTV", "youtube", "handle", "hàtĩnhtv"),
    ("https://www.youtube.com/@HàTĩnhTV", "youtube", "handle", "hàtĩnhtv"),
    (
        "https://www.youtube.com/@Hà\u0300".replace("à\u0300", "a\u0300") + "Tĩnh",
        "youtube",
        "handle",
        "hàtĩnh",
    ),
    ("https://www.youtube.com/c/VTV24", "youtube", "c_name", "vtv24"),
    ("https://www.youtube.com/user/VTV24", "youtube", "user_name", "vtv24"),
    # X
    ("https://twitter.com/u1010dung", "x", "handle", "u1010dung"),
    ("https://mobile.twitter.com/@U1010Dung/with_replies", "x", "handle", "u1010dung"),
    ("https://x.com/i/user/783214", "x", "permanent_id", "783214"),
    ("https://twitter.com/intent/user?screen_name=VTV24", "x", "handle", "vtv24"),
    ("https://x.com/intent/follow?user_id=783214", "x", "permanent_id", "783214"),
    # Instagram, Threads
    ("https://instagram.com/nguyenngochuong1009/?igsh=zz", "instagram", "handle", "nguyenngochuong1009"),
    ("https://www.instagram.com/_u/Ten.Toi/", "instagram", "handle", "ten.toi"),
    ("https://instagr.am/ten.toi/tagged", "instagram", "handle", "ten.toi"),
    ("https://www.threads.net/@Ten.Toi", "threads", "handle", "ten.toi"),
    ("threads.com/@ten.toi/replies", "threads", "handle", "ten.toi"),
    # Telegram
    ("https://t.me/ChinhPhu_VN", "telegram", "handle", "chinhphu_vn"),
    ("https://t.me/s/chinhphu_vn?before=3", "telegram", "handle", "chinhphu_vn"),
    ("https://chinhphu_vn.t.me".replace("_", ""), "telegram", "handle", "chinhphuvn"),
    ("https://telegram.me/two__under", "telegram", "handle", "two__under"),
    ("https://web.telegram.org/k/#@chinhphu_vn", "telegram", "handle", "chinhphu_vn"),
    # LinkedIn
    ("https://vn.linkedin.com/in/Nguyen-Van-A/vi", "linkedin", "slug", "in/nguyen-van-a"),
    ("https://www.linkedin.com/in/nguy%E1%BB%85n-v%C4%83n-a", "linkedin", "slug", "in/nguyễn-văn-a"),
    ("https://www.linkedin.com/company/vtv/about/", "linkedin", "slug", "company/vtv"),
    ("https://www.linkedin.com/school/vtv", "linkedin", "slug", "school/vtv"),
    ("https://www.linkedin.com/company/12345", "linkedin", "permanent_id", "company/12345"),
    (f"https://www.linkedin.com/in/{MEMBER}", "linkedin", "permanent_id", f"in/{MEMBER}"),
    # Websites
    ("https://www.hatinh.gov.vn/vi/tin?x=1", "website", "host", "hatinh.gov.vn"),
    ("sonoivu.hatinh.gov.vn", "website", "host", "sonoivu.hatinh.gov.vn"),
    ("https://vpcp.chinhphu.vn", "website", "host", "vpcp.chinhphu.vn"),
    # What surrounds a link
    ("  “https://www.tiktok.com/@abc.xyz” ", "tiktok", "handle", "abc.xyz"),
    ("Facebook: https://fb.com/vtv24.", "facebook", "vanity", "vtv24"),
    ("Facebook:https://fb.com/vtv24", "facebook", "vanity", "vtv24"),
    ("Trang của tôi (https://fb.com/vtv24)", "facebook", "vanity", "vtv24"),
    ("[trang](https://fb.com/vtv24)", "facebook", "vanity", "vtv24"),
    ("<https://fb.com/vtv24>;", "facebook", "vanity", "vtv24"),
    ("\ufeffhttps://face\u200bbook.com/vtv24\u2060\u00a0\n", "facebook", "vanity", "vtv24"),
    ("https:/fb.com/vtv24", "facebook", "vanity", "vtv24"),
    ("//www.facebook.com/vtv24", "facebook", "vanity", "vtv24"),
    ("https://fb.com/vtv24 https://fb.com/vtv24", "facebook", "vanity", "vtv24"),
]


@pytest.mark.parametrize(("text", "platform", "kind", "key"), READ)
def test_recognise_real_form(text: str, platform: str, kind: str, key: str) -> None:
    link = recognise(text)
    assert (link.platform, [(one.kind, one.key) for one in link.identifiers]) == (platform, [(kind, key)])
    assert recognise(text, platform=platform) == link


BARE = [
    ("@vtv24", "kênh YouTube", "youtube", "handle", "vtv24"),
    ("vtv24", "YouTube", "youtube", "handle", "vtv24"),
    (UC, "YouTube", "youtube", "permanent_id", UC),
    (f"@{UC}", "YouTube", "youtube", "handle", UC.lower()),
    ("chung.tai.khoan145", "FB", "facebook", "vanity", "chungtaikhoan145"),
    ("@antv.gov.vn", "Facebook", "facebook", "vanity", "antvgovvn"),
    ("/congthongtinbovhttdl", "Facebook", "facebook", "vanity", "congthongtinbovhttdl"),
    ("profile.php?id=100012345678", "Facebook", "facebook", "permanent_id", "100012345678"),
    ("Facebook: vtv24", "Facebook", "facebook", "vanity", "vtv24"),
    ("abc.xyz", "TikTok", "tiktok", "handle", "abc.xyz"),
    ("@Ten_Toi", "X (Twitter)", "x", "handle", "ten_toi"),
    ("Ten.Toi", "Instagram", "instagram", "handle", "ten.toi"),
    ("Ten.Toi", "Threads", "threads", "handle", "ten.toi"),
    ("Nguyễn Văn A (@ten_toi)", "Telegram", "telegram", "handle", "ten_toi"),
    ("chinhphu", "Zalo OA", "zalo", "vanity", "chinhphu"),
    ("in/nguyen-van-a", "LinkedIn", "linkedin", "slug", "in/nguyen-van-a"),
]


@pytest.mark.parametrize(("text", "declared", "platform", "kind", "key"), BARE)
def test_recognise_bare_name_on_declared_platform(
    text: str, declared: str, platform: str, kind: str, key: str
) -> None:
    link = recognise(text, platform=declared)
    assert (link.platform, link.identifiers[0].kind, link.identifiers[0].key) == (platform, kind, key)


def test_recognise_given_agency_host() -> None:
    hosts = {"baohatinh.vn"}
    link = recognise("https://www.baohatinh.vn/tin.html", agency_hosts=hosts)
    assert (link.platform, link.identifiers[0].key, link.url) == (
        "website",
        "baohatinh.vn",
        "https://baohatinh.vn/",
    )
    assert recognise(link.url, platform="website", agency_hosts=hosts) == link
    with pytest.raises(LinkError) as caught:
        recognise("https://con.baohatinh.vn/", agency_hosts=hosts)
    assert caught.value.code == "unknown_host"


def test_recognise_youtube_names_of_three_kinds_stay_three() -> None:
    links = [recognise(f"https://youtube.com/{form}vtv24") for form in ("@", "c/", "user/")]
    assert len({link.identifiers for link in links}) == 3


def test_recognise_channel_id_keeps_its_case() -> None:
    one, other = (
        recognise(f"https://youtube.com/channel/{uc}") for uc in (UC, UC.swapcase().replace("uc", "UC", 1))
    )
    assert one != other


@pytest.mark.parametrize("base", ["https://youtube.com/@", "https://linkedin.com/in/"])
@pytest.mark.parametrize(("one", "other"), [("straße", "strasse"), ("hatinh", "hàtĩnh"), ("dacdo", "đacdo")])
def test_recognise_unicode_neighbours_stay_two(base: str, one: str, other: str) -> None:
    assert recognise(base + one).identifiers != recognise(base + other).identifiers


def test_recognise_shown_keeps_the_letters_as_written() -> None:
    assert recognise("https://facebook.com/Antv.Gov.vn").identifiers[0].shown == "Antv.Gov.vn"
    assert recognise("https://zalo.me/ChinhPhu").url == "https://zalo.me/ChinhPhu"


@pytest.mark.parametrize(
    "text",
    [
        "https://zalo.me/0912345667",
        "https://zalo.me/84912345667",
        "https://zalo.me/+84912345667",
        "https://zalo.me/%2B84912345667",
        "zalo.me/0912.345.667?src=qr",
        "Zalo: https://zalo.me/0084912345667",
    ],
)
def test_recognise_zalo_phone_keeps_digest_and_mask_only(text: str) -> None:
    link = recognise(text)
    (identifier,) = link.identifiers
    assert (identifier.kind, identifier.shown, link.url) == ("phone", "09•• ••• •67", "")
    assert identifier.key == phone_digest("0912345667")
    assert len(identifier.key) == 64
    assert "912345667" not in repr(link)


@pytest.mark.parametrize(
    "text", ["0912 345 667", "Zalo: 0912.345.667", "+84 (0)912-345-667", "SĐT 0912345667"]
)
def test_recognise_bare_phone_declared_as_zalo(text: str) -> None:
    assert recognise(text, platform="Zalo").identifiers[0].key == phone_digest("84912345667")


def test_platforms_are_listed_in_order_with_their_uses() -> None:
    assert list(PLATFORMS)[:2] == ["facebook", "zalo"]
    assert all(code == platform.code and platform.hosts for code, platform in PLATFORMS.items())
    assert not PLATFORMS["website"].personal
    assert [code for code, platform in PLATFORMS.items() if not platform.supported] == [
        "viber",
        "lotus",
        "gapo",
        "mocha",
    ]
