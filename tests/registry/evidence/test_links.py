"""Links as they stand on real pages: every way of writing the same account is the same account."""

import json

import pytest

from accounts.platforms import recognise
from registry.evidence.links import Found, UnreadablePageError, find, keys_of, read
from registry.evidence.models import How

URL = "https://hatinh.gov.vn/tin/trang.html"
PAGE = keys_of("https://www.facebook.com/ubndhatinh")
PORTAL = keys_of("https://hatinh.gov.vn/")


def found(html: str, wanted: frozenset[tuple[str, str, str]] = PAGE, **options: object) -> Found | None:
    return find(read(html.encode(), url=URL).links, wanted, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "how"),
    [
        ('<a href="https://www.facebook.com/UBND.HaTinh/?ref=embed">f</a>', How.LINK),
        ("<A HREF=//vi-vn.facebook.com/ubndhatinh>", How.LINK),
        ("<map><area href='http://fb.com/ubndhatinh'></map>", How.LINK),
        ('<a href="https://l.facebook.com/l.php?u=https%3A%2F%2Ffacebook.com%2Fubndhatinh&h=x">', How.LINK),
        ('<a rel="nofollow ME" href="https://facebook.com/ubndhatinh">', How.REL_ME),
        ('<link rel=me href="https://facebook.com/ubndhatinh">', How.REL_ME),
        ('<a href="https://m.facebook.com/ubndhatinh/about"', None),  # the element never ends
        ('<base href="https://facebook.com/x/"><a href="../ubndhatinh">', How.LINK),
        ("<p>&lt;a href=https://facebook.com/ubndhatinh&gt; https://facebook.com/ubndhatinh</p>", None),
        ("<!-- <a href=https://facebook.com/ubndhatinh> -->", None),
        ("<script>var a='<a href=https://facebook.com/ubndhatinh>'</script>", None),
        ('<a href="https://facebook.com/ubndhatinh.official">', None),
        ('<a href="https://facebook.com.evil.vn/ubndhatinh">', None),
        ('<a href="https://facebook.com/sharer.php?u=https://hatinh.gov.vn">', None),
        ('<a href="https://www.tiktok.com/@ubndhatinh">', None),
        ("<a href=\"javascript:location='https://facebook.com/ubndhatinh'\">", None),
        ('<a href="/chuyen?toi=https://facebook.com/ubndhatinh">', None),
        ('<link rel=stylesheet href="https://facebook.com/ubndhatinh">', None),
        ("<a href='http://[broken'><a href=''><a>", None),
    ],
)
def test_find_page_on_a_portal(html: str, how: How | None):
    seen = found(html)
    assert (seen.how if seen else None) == how


def test_find_same_as_at_any_depth():
    said = {
        "@graph": [
            {"@type": "GovernmentOrganization", "sameAs": ["https://x.com/a", "https://fb.com/ubndhatinh"]}
        ]
    }
    seen = found(f'<script type="Application/LD+JSON">{json.dumps(said)}</script>')
    assert seen == Found("https://fb.com/ubndhatinh", How.SAME_AS)
    seen = found('<script type="application/ld+json">{"sameAs": "https://facebook.com/ubndhatinh"}</script>')
    assert seen is not None


@pytest.mark.parametrize(
    "text", ["", "{", "[" * 100_000, '{"sameAs": [1, null, {}]}', "1" * 10_000, '"\\ud800"']
)
def test_find_json_that_is_none(text: str):
    assert found(f'<script type="application/ld+json">{text}</script>') is None


def test_find_says_the_strongest_form():
    html = '<a href="https://fb.com/ubndhatinh">a</a><a rel=me href="https://facebook.com/ubndhatinh">b</a>'
    assert found(html) == Found("https://facebook.com/ubndhatinh", How.REL_ME)


def test_find_by_permanent_id_and_name_are_two_things_unless_the_register_knows_both():
    by_id = recognise("https://www.facebook.com/profile.php?id=100064512345678")
    key = (by_id.platform, by_id.identifiers[0].kind, by_id.identifiers[0].key)
    html = f'<a href="{by_id.url}">'
    assert found(html) is None
    assert found(html, PAGE | {key}) is not None


@pytest.mark.parametrize(
    ("href", "is_theirs"),
    [
        ("https://hatinh.gov.vn", True),
        ("http://www.hatinh.gov.vn/trang-chu?a=b", True),
        ("https://www.youtube.com/redirect?event=x&q=https%3A%2F%2Fhatinh.gov.vn%2F", True),
        ("https://soyte.hatinh.gov.vn/", False),
        ("https://hatinh.gov.vn.evil.com/", False),
        ("https://hatinh.gov.vn@evil.com/", False),
    ],
)
def test_find_portal_on_a_page(*, href: str, is_theirs: bool):
    assert (found(f'<a href="{href}">', PORTAL) is not None) == is_theirs


def test_find_portal_outside_the_states_domains():
    wanted = frozenset({("website", "host", "baohatinh.vn")})
    html = '<a href="https://baohatinh.vn/gioi-thieu">'
    assert found(html, wanted) is None
    assert found(html, wanted, agency_hosts=("baohatinh.vn",)) is not None


@pytest.mark.parametrize(
    "charset",
    ["", "utf-8", "UTF8", "windows-1258", "iso-8859-1", "idna", "utf-7", "hex", "no such", "x" * 500],
)
def test_read_charsets(charset: str):
    html = '<p>Hà Tĩnh</p>\0<a href="https://fb.com/ubndhatinh">'
    assert find(read(html.encode(), url=URL, charset=charset).links, PAGE) is not None


def test_read_a_page_made_by_a_program():
    assert read(b"<div id=app></div><script src=/a.js></script>", url=URL).scripted
    assert not read(b"<a href=/>x</a><script src=/a.js></script>", url=URL).scripted
    assert not read(b"<p>nothing</p>", url=URL).scripted


def test_read_a_field_for_a_password():
    assert read(b"<form><input name=p TYPE=PassWord></form>", url=URL).asks_password
    assert not read(b"<input name=password>", url=URL).asks_password


def test_read_many_links_are_cut():
    assert len(read(b"".join(b"<a href=/%d>" % each for each in range(20_000)), url=URL).links) == 5_000


@pytest.mark.parametrize(
    "body", [b"", b"\0", b"\xff\xfe", b"%PDF-1.7", b"<", b"<a", b"<a href=" * 10_000, b"<!DOCTYPE" * 1_000]
)
def test_read_what_is_no_page(body: bytes):
    assert read(body, url=URL).links == () or body.startswith(b"<a href=")


def test_read_nesting_that_keeps_the_parser_busy(monkeypatch: pytest.MonkeyPatch):
    """Each end tag looks through all open elements: without a limit this takes minutes."""
    monkeypatch.setattr("registry.evidence.links._MOST_SECONDS", 0.5)
    with pytest.raises(UnreadablePageError):
        read(b"<div>" * 150_000 + b"</p>" * 150_000, url=URL)
