"""The forms people really paste, and each refusal, one row each."""

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


REFUSED = [
    ("opaque_link", "https://vt.tiktok.com/ZS8abc12/"),
    ("opaque_link", "https://vm.tiktok.com/ZS8abc12/"),
    ("opaque_link", "https://www.tiktok.com/t/ZS8abc12/"),
    ("opaque_link", "https://www.facebook.com/share/1AbCdEfGhI/"),
    ("opaque_link", "https://fb.me/abcdef"),
    ("opaque_link", "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.com"),
    ("opaque_link", "https://www.youtube.com/vtv24"),
    ("opaque_link", "https://t.co/abc"),
    ("opaque_link", "https://twitter.com/intent/user?screen_name=a&user_id=1"),
    ("opaque_link", "https://lnkd.in/abc"),
    ("opaque_link", "https://zalo.me/qr/p/abc"),
    ("opaque_link", "https://zaloapp.com/qr/p/abc"),
    ("opaque_link", "https://www.linkedin.com/pub/nguyen-van-a/1/2/3"),
    ("opaque_link", "https://bit.ly/3AbCdEf"),
    ("opaque_link", "HTTP://WWW.Bit.Ly/3AbCdEf"),
    ("opaque_link", "bit.ly/3AbCdEf"),
    ("opaque_link", "https://t.ly/AbCd"),
    ("opaque_link", "https://tinyurl.com/abc"),
    ("opaque_link", "Facebook: https://bom.so/abc"),
    ("opaque_link", "https://vtv24.page.link/abc"),
    ("unknown_host", "https://notbit.ly/abc"),
    ("unknown_host", "https://bit.ly.evil.com/abc"),
    ("unknown_host", "https://bit.ly@evil.com/abc"),
    ("unknown_host", "https://linktr.ee/vtv24"),
    ("post_link", "https://www.facebook.com/groups/123/posts/456"),
    ("post_link", "https://www.facebook.com/share/p/1AbCdEfGhI/"),
    ("post_link", "https://www.facebook.com/vtv24/posts/pfbid0abc"),
    ("post_link", "https://www.facebook.com/vtv24/videos/123456"),
    ("post_link", "https://www.facebook.com/watch/?v=1"),
    ("post_link", "https://www.facebook.com/photo.php?fbid=1"),
    ("post_link", "https://m.facebook.com/story.php?story_fbid=1&id=100012345678"),
    ("post_link", "https://fb.watch/abc"),
    ("post_link", "https://www.tiktok.com/@abc.xyz/video/123"),
    ("post_link", "https://youtu.be/dQw4w9WgXcQ"),
    ("post_link", "https://www.youtube.com/watch?v=dQw4w9WgXcQ"),
    ("post_link", "https://www.youtube.com/shorts/dQw4w9WgXcQ"),
    ("post_link", "https://x.com/vtv24/status/1"),
    ("post_link", "https://www.instagram.com/p/abc/"),
    ("post_link", "https://www.instagram.com/stories/ten.toi/123/"),
    ("post_link", "https://www.instagram.com/ten.toi/reel/abc/"),
    ("post_link", "https://www.threads.net/@ten.toi/post/abc"),
    ("post_link", "https://t.me/chinhphu_vn/123"),
    ("post_link", "https://t.me/c/123/45"),
    ("post_link", "https://www.linkedin.com/posts/ten-toi_abc"),
    ("group_link", "https://www.facebook.com/groups/congan"),
    ("group_link", "https://zalo.me/g/abcdef123"),
    ("group_link", "https://www.linkedin.com/groups/123"),
    ("invite_link", "https://t.me/+AbCdEf"),
    ("invite_link", "https://t.me/joinchat/AbCdEf"),
    ("invite_link", "https://m.me/j/AbCdEf"),
    ("bad_scheme", "javascript:alert(1)"),
    ("bad_scheme", "javascript:alert('https://fb.com/vtv24')"),
    ("bad_scheme", "ftp://facebook.com/vtv24"),
    ("bad_scheme", "data:text/html,hello"),
    ("bad_scheme", "mailto:a@hatinh.gov.vn"),
    ("not_a_link", "Nguyễn Văn A"),
    ("not_a_link", "a@hatinh.gov.vn và"),
    ("not_a_link", "https://"),
    ("not_a_link", "https://fb.com\\@evil.com/vtv24"),
    ("not_a_link", "https://fb.com/\x00vtv24"),
    ("not_a_link", "https://fb.com/vtv24%00"),
    ("not_a_link", "https://fb.com/a/../vtv24"),
    ("not_a_link", "https://fb.com/%ff%fe"),
    ("not_a_link", "https://fb.com/\ud800vtv24"),
    ("not_a_link", "\udcff"),
    ("unknown_host", "https://facebook.com@evil.com/"),
    ("unknown_host", "https://facebook.com:x@evil.com/vtv24"),
    ("unknown_host", "https://user@www.facebook.com/vtv24"),
    ("unknown_host", "https://facebook.com.evil.com/vtv24"),
    ("unknown_host", "https://evilfacebook.com/vtv24"),
    ("unknown_host", "https://facebооk.com/vtv24"),  # Cyrillic letters
    ("unknown_host", "https://xn--facebok-y0a.com/vtv24"),
    ("unknown_host", "https://xn--h-tnh-4na.gov.vn/"),
    ("unknown_host", "https://faceb%6fok.com/vtv24"),
    ("unknown_host", "https://www.facebook.com:8443/vtv24"),
    ("unknown_host", "https://127.0.0.1/vtv24"),
    ("unknown_host", "https://[::1]/vtv24"),
    ("unknown_host", "https://gov.vn/"),
    ("unknown_host", "https://hatinh.gov.vn.evil.com/"),
    ("unknown_host", "https://hatinhgov.vn/"),
    ("unsupported_platform", "https://chats.viber.com/abc"),
    ("unsupported_platform", "https://lotus.vn/w/profile/1"),
    ("unsupported_platform", "https://www.gapo.vn/abc"),
    ("unsupported_platform", "https://mocha.com.vn/abc"),
    ("bad_handle", "https://www.facebook.com/ab"),
    ("bad_handle", "https://www.facebook.com/a.b.c.d"),
    ("bad_handle", "https://www.facebook.com/coca-cola"),
    ("bad_handle", "https://www.facebook.com/profile.php?id=abc"),
    ("bad_handle", "https://www.facebook.com/profile.php?id=100012345678&id=100012345679"),
    ("bad_handle", "https://www.facebook.com/%2561ntvgovvn"),  # encoded twice, decoded once
    ("bad_handle", "https://www.tiktok.com/@a"),
    ("bad_handle", "https://www.tiktok.com/@abc%2E"),
    ("bad_handle", "https://www.youtube.com/@abc%2E"),
    ("bad_handle", "https://zalo.me/abc%2E"),
    ("bad_handle", "https://x.com/sixteen_letters_"),
    ("bad_handle", "https://www.instagram.com/a..b"),
    ("bad_handle", "https://t.me/1abcd"),
    ("bad_handle", "https://t.me/abcd_"),
    ("bad_handle", f"https://www.youtube.com/channel/{UC}x"),
    ("bad_handle", "https://www.youtube.com/@vtѵ24"),  # a Cyrillic letter among Latin ones
    ("bad_handle", "https://www.youtube.com/@ｖｔｖ24"),  # full-width
    ("bad_handle", "https://www.linkedin.com/in/a"),
    ("bad_handle", "https://zalo.me/12345"),
    ("bad_handle", "https://zalo.me/091234567"),
    ("reserved_page", "https://www.facebook.com/"),
    ("reserved_page", "https://www.facebook.com/me/"),
    ("reserved_page", "https://www.facebook.com/search/top?q=a"),
    ("reserved_page", "https://www.facebook.com/s.earch"),
    ("reserved_page", "https://www.facebook.com/messages/t/100012345678"),
    ("reserved_page", "https://business.facebook.com/latest/inbox"),
    ("reserved_page", "https://www.facebook.com/login/?next=https%3A%2F%2Ffb.com%2Fvtv24"),
    ("reserved_page", "https://www.messenger.com/t/vtv24"),
    ("reserved_page", "https://x.com/home"),
    ("reserved_page", "https://x.com/search?q=a"),
    ("reserved_page", "https://twitter.com/intent/tweet?text=a"),
    ("reserved_page", "https://www.instagram.com/explore/"),
    ("reserved_page", "https://www.youtube.com/feed/subscriptions"),
    ("reserved_page", "https://www.tiktok.com/foryou"),
    ("reserved_page", "https://www.threads.com/search"),
    ("reserved_page", "https://t.me/share/url?url=a"),
    ("reserved_page", "https://www.linkedin.com/feed/"),
    ("reserved_page", "https://www.linkedin.com/in/me"),
    ("reserved_page", "https://oa.zalo.me/manage"),
    ("missing_link", ""),
    ("missing_link", " \u200b\u00a0"),
    ("missing_link", "—"),
    ("missing_link", "Không có"),
    ("many_links", "https://fb.com/vtv24 https://fb.com/vtv25"),
    ("many_links", "https://fb.com/vtv24\nfb.com/vtv25"),
    ("many_links", "https://fb.com/vtv24;https://zalo.me/chinhphu"),
    ("many_links", "https://fb.com/vtv24https://fb.com/vtv25"),
    ("many_links", "@vtv25 https://fb.com/vtv24"),
    ("too_long", "https://fb.com/vtv24?x=" + "a" * 2000),
    ("which_platform", "@vtv24"),
    ("which_platform", "ten.toi"),
]


@pytest.mark.parametrize(("code", "text"), REFUSED)
def test_recognise_refused_form(code: str, text: str) -> None:
    with pytest.raises(LinkError) as caught:
        recognise(text)
    assert caught.value.code == code
    sentence = str(caught.value)
    assert sentence
    assert "{" not in sentence


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


@pytest.mark.parametrize(
    ("code", "text", "declared"),
    [
        ("wrong_platform", "https://vt.tiktok.com/ZS8abc12/", "YouTube"),
        ("wrong_platform", "https://fb.com/vtv24", "website"),
        ("wrong_platform", "hatinh.gov.vn", "Facebook"),
        ("wrong_platform", "https://fb.com/vtv24", "Viber"),
        ("unsupported_platform", "0912345678", "Viber"),
        ("unsupported_platform", "https://example.org/a", "Gapo"),
        ("unknown_platform", "https://fb.com/vtv24", "Mạng xã hội"),
        ("unknown_host", "https://example.org/a", "Website"),
        ("unknown_host", "ten-toi.vn", "Facebook"),
        ("unknown_host", "hatinh", "Website"),
        ("bad_handle", "nguyen-van-a", "LinkedIn"),
        ("bad_handle", "@nguyen-van-a", "LinkedIn"),
        ("reserved_page", "home", "X"),
        ("not_a_link", "Nguyễn Văn A", "Facebook"),
        ("many_links", "@ten_toi @ten_ban", "X"),
        ("bad_scheme", "javascript:alert(1)", "X"),
    ],
)
def test_recognise_refused_on_declared_platform(code: str, text: str, declared: str) -> None:
    with pytest.raises(LinkError) as caught:
        recognise(text, platform=declared)
    assert caught.value.code == code


def test_recognise_wrong_platform_names_both() -> None:
    with pytest.raises(LinkError) as caught:
        recognise("https://www.tiktok.com/@abc.xyz", platform="YouTube")
    assert caught.value.extra == {"declared": "YouTube", "found": "TikTok"}


def test_recognise_hidden_host_names_the_real_site() -> None:
    with pytest.raises(LinkError) as caught:
        recognise("https://facebook.com@evil.com/")
    assert caught.value.extra == {"host": "evil.com"}


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
