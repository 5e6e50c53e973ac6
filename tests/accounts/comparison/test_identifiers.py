"""The handle since it was declared, and the address by the platform's rules of today."""

import pytest

from accounts.comparison.identifiers import Known, judge_handle, judge_link
from accounts.models import HandleVerdict, LinkVerdict
from accounts.platforms import recognise

EVERY = [
    "https://www.facebook.com/tranthihoa",
    "https://www.facebook.com/profile.php?id=100012345678901",
    "https://www.youtube.com/@hoa.ht",
    "https://www.youtube.com/c/hoa",
    "https://www.youtube.com/channel/UCYUxsH8xyKAQx1WpCcex5LA",
    "https://www.tiktok.com/@hoa.ht",
    "https://x.com/hoa_ht",
    "https://www.instagram.com/hoa.ht/",
    "https://t.me/hoa_ht",
    "https://zalo.me/chinhphu",
    "https://www.linkedin.com/in/hoa-ht",
]


def known(url: str) -> tuple[str, list[Known]]:
    link = recognise(url)
    return link.platform, [Known(one.kind, one.key, one.shown, link.url) for one in link.identifiers]


@pytest.mark.parametrize(
    ("kinds", "taken", "verdict"),
    [
        (["handle"], None, HandleVerdict.NO_PERMANENT_ID),
        ([], None, HandleVerdict.NO_PERMANENT_ID),
        (["handle", "permanent_id"], None, HandleVerdict.SAME),
        (["permanent_id"], None, HandleVerdict.SAME),
        (["handle", "permanent_id"], False, HandleVerdict.CHANGED),
        (["permanent_id"], True, HandleVerdict.REUSED),
        (["handle"], True, HandleVerdict.REUSED),  # what is recorded is known, with or without an id
    ],
)
def test_judge_handle(kinds: list[str], *, taken: bool | None, verdict: HandleVerdict):
    assert judge_handle(kinds, taken=taken) == verdict


@pytest.mark.parametrize("url", EVERY)
def test_judge_link_of_what_was_read_is_well_formed(url: str):
    assert judge_link(*known(url)) == LinkVerdict.WELL_FORMED


def test_judge_link_of_a_website_is_of_its_host():
    assert (
        judge_link("website", [Known("host", "vov.vn", "vov.vn", "https://vov.vn/")])
        == LinkVerdict.WELL_FORMED
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://www.facebook.com/groups/123456",
        "https://www.facebook.com/lethilan",  # another account
        "https://x.com/tranthihoa",  # another platform
        "https://www.facebook.com/",
        "javascript:alert(1)",
        "không có",
    ],
)
def test_judge_link_of_another_or_of_none_is_malformed(url: str):
    platform, (one,) = known("https://www.facebook.com/tranthihoa")
    assert judge_link(platform, [one._replace(url=url)]) == LinkVerdict.MALFORMED
    assert judge_link(platform, [one, one._replace(url=url)]) == LinkVerdict.MALFORMED


def test_judge_link_without_an_address_is_none():
    assert judge_link("zalo", [Known("phone", "digest", "09•• ••• •78", "")]) == LinkVerdict.NONE
    assert judge_link("zalo", []) == LinkVerdict.NONE
