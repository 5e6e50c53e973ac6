"""From what people paste to one web address.

People paste links with words around them, in quotes and brackets, with invisible letters from Word and Zalo,
without a scheme, with two slashes. This module finds the one link, or the one bare name, and takes it apart;
what the link means is each platform's own affair. Nothing is ever decoded twice.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import parse_qsl, unquote_to_bytes

from accounts.platforms import refusals
from accounts.platforms.base import Address

LONGEST = 2_000  # characters in a cell; the longest links seen, with tracking, have some 500

_NOTHING = frozenset(
    {"không", "không có", "chưa có", "khong", "khong co", "n/a", "na", "none", "null", "nan"}
)
_OPENING = "\"'`“”‘’«»([{<"
_CLOSING = "\"'`“”‘’«»)]}>.,;:!…"
_SEPARATORS = re.compile(r"[;,|]+(?=\s*(?:https?:|www\.))", re.IGNORECASE)
_WEB = re.compile(r"https?:", re.IGNORECASE)
_WEB_START = re.compile(r"https?:[/]*", re.IGNORECASE)
_GLUED = re.compile(r"https?://", re.IGNORECASE)
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):(.*)", re.DOTALL)
_LABEL = re.compile(r"[^\s:/.?=@#&%]{1,30}[:(\[]+(?=\S)")  # "Facebook:https://…", "[trang](https://…"
_HOST_LIKE = re.compile(r"(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_][\w-]*\.?(?::[0-9]*)?(?=[/?#]|$)")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")
_PARTS = re.compile(r"https?://([^/?#]*)([^?#]*)(?:\?([^#]*))?(?:#(.*))?", re.IGNORECASE | re.DOTALL)
_NUMBER = re.compile(r"\+?[0-9().\-]+")
_PORTS = frozenset({"", "80", "443"})
# A bare dotted word ending like this is a site's name, not a handle: "@ten.vn" says handle.
_SITE_ENDINGS = frozenset(
    {"com", "net", "org", "vn", "info", "me", "io", "tv", "gov", "edu", "biz", "ee", "be"}
)


def clean(text: str) -> str:
    """Return the text without invisible signs and outer spaces, every run of space made one.

    Raises:
        LinkError: missing_link, too_long, or not_a_link (control characters, broken Unicode).
    """
    if len(text) > LONGEST:
        raise refusals.refusal("too_long", limit=LONGEST)
    seen = text if _is_plain(text) else "".join(_visible(text))
    tidy = " ".join(seen.replace("&amp;", "&").split())
    if not any(sign.isalnum() for sign in tidy) or unicodedata.normalize("NFC", tidy).lower() in _NOTHING:
        raise refusals.refusal("missing_link")
    return tidy


def _is_plain(text: str) -> bool:
    """Whether there is nothing but printable ASCII, as in most links: then there is nothing to look for."""
    return text.isascii() and text.isprintable()


def _visible(text: str) -> Iterator[str]:
    for sign in text:
        category = unicodedata.category(sign)
        if sign.isspace() and sign not in "\x1c\x1d\x1e\x1f\x0b\x0c\x85":
            yield " "
        elif category in {"Cc", "Cs"}:
            raise refusals.refusal("not_a_link")
        elif category != "Cf" and not _invisible(sign):
            yield sign


def _invisible(sign: str) -> bool:
    """Tell the invisible signs that Unicode does not class as format characters."""
    return sign in "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0" or "\ufe00" <= sign <= "\ufe0f"


def find(tidy: str, *, known: Callable[[str], bool], label: Callable[[str], bool]) -> str:
    """Find the one link in a cleaned text, "" when there is none; a missing scheme is added.

    Args:
        tidy: what `clean` returned.
        known: is this host one the register knows? Then it is a link even alone ("hatinh.gov.vn").
        label: is this word, followed by a colon, a label ("Facebook:") and not a scheme ("javascript:")?

    Raises:
        LinkError: many_links or bad_scheme.
    """
    tokens = [_bare_token(token, label) for token in _SEPARATORS.sub(" ", tidy).split(" ")]
    links: list[str] = []
    names = 0
    for token in tokens:
        link = _as_link(token, known=known)
        if link and link not in links:
            links.append(link)
        names += not link and len(token) > 1 and token.startswith("@")
    if len(links) > 1 or (links and names) or names > 1:
        raise refusals.refusal("many_links")
    return links[0] if links else ""


def _bare_token(token: str, label: Callable[[str], bool]) -> str:
    """Take wrapping, and a label glued to a link, off one token."""
    token = token.lstrip(_OPENING).rstrip(_CLOSING)
    glued = _LABEL.match(token)
    if glued and not _WEB.match(token):
        word, rest = re.split(r"[:(\[]", glued[0])[0], token[glued.end() :]
        if not _SCHEME.match(token) or label(word):
            return rest.lstrip(_OPENING)
    return token


def _as_link(token: str, *, known: Callable[[str], bool]) -> str:
    """Return the token as a link with a scheme, or ""."""
    if _WEB.match(token):
        link = _WEB_START.sub("https://", token, count=1)
        if len(_GLUED.findall(re.split(r"[?#]", link)[0])) > 1:
            raise refusals.refusal("many_links")
        return link
    if token.startswith("//"):
        token = token.lstrip("/")
    host = _HOST_LIKE.match(token)
    if host:
        name = host[0].split(":")[0].lower().rstrip(".")
        if "/" in token or known(name) or name.rpartition(".")[2] in _SITE_ENDINGS:
            return f"https://{token}"
    scheme = _SCHEME.fullmatch(token)
    if scheme and not host:
        raise refusals.refusal("bad_scheme")
    return ""


def take_apart(link: str) -> Address:
    """Take a link apart the way browsers do, refusing whatever a browser and a reader could see differently.

    Raises:
        LinkError: not_a_link, or unknown_host (user names, odd ports, numeric and look-alike hosts).
    """
    parts = _PARTS.fullmatch(link)
    if not parts or "\\" in link:
        raise refusals.refusal("not_a_link")
    authority, path, query, fragment = parts[1], parts[2], parts[3] or "", parts[4] or ""
    _user, at, place = authority.rpartition("@")
    name, _colon, port = place.partition(":")
    host = name.lower().removesuffix(".")
    if not place:
        raise refusals.refusal("not_a_link")
    if (
        port not in _PORTS
        or not _HOST.fullmatch(host)
        or any(label.startswith("xn--") for label in host.split("."))
    ):
        raise refusals.refusal("unknown_site")
    if at:
        raise unknown(host, why="hidden_host")
    if not path.strip("/") and fragment.startswith("!/"):
        path, fragment = fragment[1:], ""  # the "#!/name" addresses of old
    return Address(host, _steps(path), _query(query), fragment)


def unknown(host: str, *, why: str = "unknown_host") -> refusals.LinkError:
    """Refuse a host by name, unless the name could hold a phone number."""
    if sum(sign.isdigit() for sign in host) > 7:  # noqa: PLR2004  # a Vietnamese number has nine digits and a prefix
        return refusals.refusal("unknown_site")
    return refusals.refusal(why, host=host)


def _steps(path: str) -> tuple[str, ...]:
    """Split a path, drop empty steps, decode each once."""
    steps: list[str] = []
    for step in path.split("/"):
        if not step:
            continue
        try:
            decoded = unquote_to_bytes(step).decode("utf-8")
        except UnicodeDecodeError:
            raise refusals.refusal("not_a_link") from None
        hidden = not _is_plain(decoded) and any(
            unicodedata.category(sign) in {"Cc", "Cf"} for sign in decoded
        )
        if decoded in {".", ".."} or hidden:
            raise refusals.refusal("not_a_link")
        steps.append(unicodedata.normalize("NFC", decoded))
    return tuple(steps)


def _query(query: str) -> Mapping[str, tuple[str, ...]]:
    """Read the query, every value of every name."""
    values: dict[str, tuple[str, ...]] = {}
    for name, value in parse_qsl(query):
        values[name] = (*values.get(name, ()), value)
    return values


def bare_name(tidy: str, *, label: Callable[[str], bool]) -> str:
    """Return the one bare name in a text without links ("@vtv24", "Facebook: ten.toi"), else ""."""
    words = [_bare_token(word, label) for word in tidy.split(" ")]
    named = [word for word in words if word.startswith("@") and len(word) > 1]
    if len(named) == 1:
        return named[0]
    kept = [word for word in words if word and not label(word)]
    if len(kept) != 1 or ("@" in kept[0][1:] and "/" not in kept[0]):
        return ""  # several words, or an e-mail address
    return kept[0]


def bare_number(tidy: str, *, label: Callable[[str], bool]) -> str:
    """Return the one number in a text without links, its spaces closed ("Zalo: 0912 345 678"), else ""."""
    words = [_bare_token(word, label) for word in tidy.split(" ")]
    joined = "".join(word for word in words if word and not label(word))
    return re.sub(r"[()]", "", joined) if _NUMBER.fullmatch(joined) else ""
