"""Each refusal of a pasted link, one row each."""

import pytest

from accounts.platforms import LinkError, recognise

UC = "UCYUxsH8xyKAQx1WpCcex5LA"

REFUSED = [
    ("opaque_link", "https://vt.tiktok.com/ZS8abc12/"),
    ("opaque_link", "https://vm.tiktok.com/ZS8abc12/"),
    ("opaque_link", "https://www.tiktok.com/t/ZS8abc12/"),
    ("opaque_link", "https://www.facebook.com/share/1AbCdEfGhI/"),
    ("opaque_link", "https://fb.me/abcdef"),
    ("opaque_link", "https://l.facebook.com/l.php?h=AT0"),
    ("opaque_link", "https://l.facebook.com/l.php?u=https%3A%2F%2Ffb.com%2Fa&u=https%3A%2F%2Ffb.com%2Fb"),
    ("opaque_link", "https://l.facebook.com/l.php?u=https%3A%2F%2Fbit.ly%2F3AbCdEf"),
    (
        "opaque_link",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fl.facebook.com%2Fl.php%3Fu%3Dhttps%253A%252F%252Fa.vn",
    ),
    ("unknown_host", "https://l.facebook.com/l.php?u=https%3A%2F%2Fevil.com"),
    ("unknown_host", "https://l.facebook.com/l.php?u=https%3A%2F%2Ffacebook.com%40evil.com%2Fantvgovvn"),
    ("opaque_link", "https://l.facebook.com/l.php?u=javascript%3Aalert(1)"),
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
