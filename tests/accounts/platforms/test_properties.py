"""What must hold for every link, not only for the forms somebody thought of."""

import re
import string
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from hypothesis import assume, event, example, given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from accounts.platforms import PLATFORMS, Link, LinkError, recognise
from accounts.platforms.base import fold
from accounts.platforms.phones import phone_digest

_LETTERS = string.ascii_letters + string.digits
_VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ"
_UNICODE = st.text(_VIETNAMESE + _VIETNAMESE.upper() + string.digits + "_-", min_size=3, max_size=30)


@dataclass(frozen=True)
class Form:
    """One way a platform writes one identifier: texts that come before and after it."""

    before: tuple[str, ...]
    after: tuple[str, ...] = ("", "/", "?utm_source=zalo&fbclid=IwAR0", "#top", "//", "/?")


_WEB = ("https://", "http://", "HTTPS://", "", "//")
_WORD_FORMS: dict[str, tuple[str, ...]] = {
    "facebook": (
        "www.facebook.com/",
        "m.facebook.com/",
        "vi-vn.facebook.com/",
        "WWW.Facebook.com:443/",
        "fb.com/",
        "facebook.com./",
        "facebook.com//pg/",
        "m.me/",
    ),
    "tiktok": ("www.tiktok.com/@", "tiktok.com/@", "m.tiktok.com/%40"),
    "x": ("x.com/", "twitter.com/@", "mobile.twitter.com/"),
    "instagram": ("instagram.com/", "www.instagram.com/_u/", "instagr.am/"),
    "threads": ("threads.net/@", "www.threads.com/@"),
    "telegram": ("t.me/", "t.me/s/", "telegram.me/", "telegram.dog/"),
    "zalo": ("zalo.me/", "www.zalo.me/"),
    "youtube": ("www.youtube.com/@", "m.youtube.com/@", "youtube.com/%40"),
    "linkedin": ("www.linkedin.com/in/", "vn.linkedin.com/in/"),
}
_HANDLES: dict[str, SearchStrategy[str]] = {
    "facebook": st.text(_LETTERS + ".", min_size=5, max_size=50),
    "tiktok": st.text(_LETTERS + "._", min_size=2, max_size=24),
    "x": st.text(_LETTERS + "_", min_size=1, max_size=15),
    "instagram": st.text(_LETTERS + "._", min_size=1, max_size=30),
    "threads": st.text(_LETTERS + "._", min_size=1, max_size=30),
    "telegram": st.text(_LETTERS + "_", min_size=4, max_size=32),
    "zalo": st.text(_LETTERS + "._", min_size=3, max_size=50),
    "youtube": _UNICODE,
    "linkedin": _UNICODE,
}
_MEANING = {  # what makes two handles one, said again and independently of the code
    "facebook": lambda name: name.lower().replace(".", ""),
    "youtube": lambda name: unicodedata.normalize("NFC", name).lower(),
    "linkedin": lambda name: unicodedata.normalize("NFC", name).lower(),
}


def _read(text: str) -> Link:
    """Read a text, setting aside those that are refused."""
    try:
        return recognise(text)
    except LinkError:
        assume(condition=False)
        raise


@st.composite
def written(draw: DrawFn) -> tuple[str, str, str]:
    """Draw a platform, a handle and one way of writing it."""
    platform = draw(st.sampled_from(sorted(_HANDLES)))
    name = draw(_HANDLES[platform])
    return platform, name, draw(ways(platform, name))


@st.composite
def ways(draw: DrawFn, platform: str, name: str) -> str:
    """Draw one way of writing a handle."""
    respelt = draw(st.sampled_from([name, name.upper(), name.lower(), name.swapcase()]))
    if platform == "facebook":
        cut = draw(st.integers(1, len(respelt)))
        respelt = f"{respelt[:cut]}.{respelt[cut:]}" if len(respelt) < 50 else respelt
    respelt = draw(st.sampled_from([respelt, unicodedata.normalize("NFD", respelt)]))
    if draw(st.booleans()):
        respelt = quote(respelt)
    if draw(st.booleans()) and respelt[0] in _LETTERS:
        respelt = f"%{ord(respelt[0]):02x}{respelt[1:]}"
    form = Form(before=_WORD_FORMS[platform])
    link = draw(st.sampled_from(_WEB)) + draw(st.sampled_from(form.before)) + respelt
    link += draw(st.sampled_from(form.after))
    wrapping = draw(st.sampled_from(["%s", " %s\n", "“%s”", "Link: %s", "(%s)", "\ufeff%s\u200b", "<%s>"]))
    return wrapping % link


@given(data=st.data())
def test_recognise_every_way_of_writing_one_handle_gives_one_key(data: st.DataObject) -> None:
    platform, name, first = data.draw(written())
    assume(not name.endswith("."))  # a dot after a link is the sentence's, except where none can be
    plain = _read(f"https://{_WORD_FORMS[platform][0]}{quote(name)}")
    assume(plain.identifiers[0].kind in {"handle", "vanity", "slug"})
    link = recognise(first)
    second = recognise(data.draw(ways(platform, name)))
    assert link.identifiers == plain.identifiers == second.identifiers
    assert link.platform == platform


@given(case=written())
def test_recognise_canonical_form_is_a_fixed_point(case: tuple[str, str, str]) -> None:
    link = _read(case[2])
    again = recognise(link.url)
    assert again == link
    assert again.url == link.url
    assert recognise(link.url, platform=link.platform) == link


@given(data=st.data(), platform=st.sampled_from(sorted(_HANDLES)))
def test_recognise_two_handles_never_share_a_key(data: st.DataObject, platform: str) -> None:
    one = data.draw(_HANDLES[platform])
    # Near neighbours: one sign changed, added or taken away, or another handle altogether.
    place = data.draw(st.integers(0, len(one) - 1))
    sign = data.draw(st.sampled_from(sorted(set(one) | set("aAoO0lI1._-ßs"))))
    other = data.draw(
        st.one_of(
            _HANDLES[platform],
            st.just(one[:place] + sign + one[place + 1 :]),
            st.just(one[:place] + sign + one[place:]),
            st.just(one[:place] + one[place + 1 :]),
        )
    )
    meaning = _MEANING.get(platform, str.lower)
    base = f"https://{_WORD_FORMS[platform][0]}"
    first, second = (_read(base + quote(name)).identifiers[0] for name in (one, other))
    stated = one.rstrip("."), other.rstrip(".")
    assert (first == second) == (meaning(stated[0]) == meaning(stated[1]))


@given(name=st.text(_LETTERS + "_", min_size=4, max_size=15))
def test_recognise_one_word_on_each_platform_stays_apart(name: str) -> None:
    seen = set()
    for platform, forms in _WORD_FORMS.items():
        link = _read(f"https://{forms[0]}{name}")
        seen.add((link.platform, link.identifiers))
        assert link.platform == platform
    assert len(seen) == len(_WORD_FORMS)


@given(number=st.integers(10_000, 10**20 - 1))
def test_recognise_facebook_id_in_every_form_gives_one_key(number: int) -> None:
    forms = (
        "profile.php?id={}",
        "profile.php?sk=about&id={}",
        "people/Nguy%E1%BB%85n-A/{}",
        "pages/A/{}/",
        "{}",
        "p/A-{}",
    )
    links = {recognise(f"https://www.facebook.com/{form.format(number)}") for form in forms}
    assert len(links) == 1
    assert links.pop().identifiers[0].key == str(number)


@given(
    ids=st.lists(st.text(_LETTERS + "_-", min_size=22, max_size=22), min_size=2, max_size=2, unique=True),
    tail=st.sampled_from(["", "/", "/videos", "?view_as=subscriber"]),
)
def test_recognise_two_channel_ids_never_share_a_key(ids: list[str], tail: str) -> None:
    one, other = (recognise(f"https://youtube.com/channel/UC{part}{tail}") for part in ids)
    assert one.identifiers != other.identifiers
    assert [recognise(link.url) for link in (one, other)] == [one, other]


_PHONE_FORMS = ("0{}", "84{}", "+84{}", "%2B84{}", "0084{}", "840{}")


@given(number=st.integers(100_000_000, 999_999_999), other=st.integers(100_000_000, 999_999_999))
def test_recognise_phone_forms_give_one_digest_and_never_the_number(number: int, other: int) -> None:
    links = [recognise(f"https://zalo.me/{form.format(number)}") for form in _PHONE_FORMS]
    links.append(
        recognise(f"0{number // 10**6} {number // 1000 % 1000:03} {number % 1000:03}", platform="zalo")
    )
    assert len(set(links)) == 1
    assert str(number) not in repr(links)
    assert links[0].identifiers[0].key == phone_digest(f"0{number}")
    assert (phone_digest(f"0{other}") == phone_digest(f"0{number}")) == (other == number)


@given(
    number=st.integers(100_000_000, 999_999_999),
    around=st.sampled_from(
        [
            "tel:0{}",
            "0{}",
            "Zalo 0{}",
            "https://zalo.me/0{}/x",
            "https://zalo.me/0{}1",
            "https://0{}.com/",
            "https://a@0{}.vn/",
            "https://t.me/+84{}",
            "https://wa.me/84{}",
            "0{} https://fb.com/groups/0{}",
            "viber://chat?number=0{}",
        ]
    ),
    declared=st.sampled_from(["", "Facebook", "Viber", "Website"]),
)
def test_recognise_refusal_never_repeats_a_phone_number(number: int, around: str, declared: str) -> None:
    with pytest.raises(LinkError) as caught:
        recognise(around.replace("{}", str(number)), platform=declared)
    told = (
        f"{caught.value!r} {caught.value} {caught.value.extra} {caught.value.args} {caught.value.__cause__}"
    )
    assert str(number) not in told


_PIECES = st.sampled_from(
    """
    https:// http:// // / \\ @ : ? # & = % %25 %2F %00 %e1 . .. - + www. m. facebook.com fb.com zalo.me
    tiktok.com youtube.com youtu.be x.com twitter.com instagram.com threads.net t.me linkedin.com
    hatinh.gov.vn gov.vn viber.com
    profile.php people pages p groups posts share in company channel c user s joinchat i intent id=123456 UC
    javascript: 0912345678 abcde xn-- evil.com é İ ß ſ K ㅤ
    """.split()  # noqa: SIM905 - a list of words reads best as words
)


_HOSTS = st.sampled_from(
    [
        f"{sub}{host}"
        for platform in PLATFORMS.values()
        for host in platform.hosts
        for sub in ("", "www.", "m.")
    ]
)
_STEPS = st.one_of(
    st.sampled_from(
        [
            "profile.php",
            "people",
            "pages",
            "p",
            "groups",
            "in",
            "company",
            "channel",
            "c",
            "user",
            "s",
            "i",
            "intent",
            "pg",
            "_u",
            "about",
        ]
    ),
    st.text(_LETTERS + "@._-", min_size=1, max_size=12),
    st.integers(1, 10**18).map(str),
    st.text(_VIETNAMESE + "@ßİ", min_size=3, max_size=8).map(quote),
)


@given(
    text=st.one_of(
        st.text(st.characters(), max_size=80),
        st.lists(st.one_of(_PIECES, st.text(st.characters(), max_size=3)), max_size=12).map("".join),
        st.lists(_PIECES, max_size=12).map("".join),
        st.lists(_PIECES, max_size=8).map(" ".join),
    ),
    platform=st.one_of(st.just(""), st.sampled_from(sorted(PLATFORMS))),
)
@example(text="https://www.youtube.com/@" + "İ" * 10, platform="")
@example(text="https://[", platform="")
@example(text="a" * 5000, platform="x")
@example(text="https://www.facebook.com/gro.ups", platform="")
@example(text="https://ig.me/m/_u", platform="")
@example(text="(" * 2000, platform="facebook")
def test_recognise_any_text_is_read_or_refused_and_what_is_read_is_fixed(text: str, platform: str) -> None:
    _check_read_or_refused(text, platform)


@given(web=st.sampled_from(_WEB), host=_HOSTS, path=st.lists(_STEPS, min_size=1, max_size=4).map("/".join))
def test_recognise_any_path_on_a_known_host_is_read_or_refused(web: str, host: str, path: str) -> None:
    _check_read_or_refused(f"{web}{host}/{path}")


def _check_read_or_refused(text: str, platform: str = "") -> None:
    """Check that a text is refused with a whole sentence, or read into something that reads as itself."""
    try:
        link = recognise(text, platform=platform)
    except LinkError as refused:
        sentence = str(refused)
        complete = bool(sentence) and "{" not in sentence
        event(refused.code)
        if not complete:
            pytest.fail(f"{refused.code} has no complete sentence")
        return
    event("read")
    assert link.platform in PLATFORMS
    assert platform in {"", link.platform}
    assert len(link.identifiers) == 1
    if link.url:
        assert re.fullmatch(r"https://[a-z0-9.-]+/[A-Za-z0-9@%._~?=/-]*", link.url)
        assert recognise(link.url) == link


@given(declared=st.text(st.characters(), max_size=60))
def test_recognise_any_declared_platform_is_known_or_refused(declared: str) -> None:
    try:
        link = recognise("https://fb.com/vtv24", platform=declared)
    except LinkError as refused:
        code = refused.code
    else:
        code = link.platform
    assert code in {"facebook", "unknown_platform", "wrong_platform"}


@given(text=st.text(st.characters(exclude_categories=["Cs"])))
@example(text="İI\u0307ßẞſΣςK")
def test_fold_twice_is_fold_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)
