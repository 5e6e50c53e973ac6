"""Accounts that do not exist: on the platforms officials use, in the ways people paste their links.

The book's own reader says what each form of link means; it is asked once a form and not for each of six
million. A test holds every form to what the reader says.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from accounts.platforms.phones import phone_digest, phone_mask
from registry.demo.dice import urn


@dataclass(frozen=True, slots=True)
class Form:
    """A way of pasting a link; "{}" stands for what is the account's own."""

    platform: str
    kind: str
    own: Callable[[list[str], int], str]  # out of the words of a name, and a number nobody else has
    pasted: str
    shown: str = "@{}"
    url: str = ""

    def link(self, words: list[str], number: int) -> str:
        """The link as somebody would paste it."""
        return self.pasted.format(self.own(words, number))

    def identity(self, words: list[str], number: int) -> tuple[str, str, str]:
        """Key, what is shown, and canonical address: what the book keeps of that link."""
        own = self.own(words, number)
        if self.kind == "phone":
            return phone_digest(own), phone_mask(own), ""
        if self.platform == "linkedin":
            return f"in/{own}", f"in/{own}", self.url.format(own)
        key = own.replace(".", "")
        return key, self.shown.format(own), self.url.format(key)


def permanent(number: int) -> tuple[str, str, str, str]:
    """Kind, key, what is shown, and address: a Facebook number found beside the name in an address."""
    return ("permanent_id", *_OF_FACEBOOK.identity([], number))


def _handle(words: list[str], number: int) -> str:
    return f"{''.join(words)[:16]}{number}"


def _dotted(words: list[str], number: int) -> str:
    return f"{'.'.join(words)[:24].rstrip('.')}.{number}"


def _dashed(words: list[str], number: int) -> str:
    return f"{'-'.join(words)[:40]}-{number}"


def _short(words: list[str], number: int) -> str:
    return f"u{number}{words[-1][:5]}"


def _number(_words: list[str], number: int) -> str:
    return str(61_550_000_000_000 + number * 997)


def _phone(_words: list[str], number: int) -> str:
    """A telephone number, only counted up; the register keeps a keyed digest of it and a mask."""
    return f"0{320_000_000 + number * 7919 % 80_000_000}"


_FACEBOOK: Final = "https://www.facebook.com/{}"
_BY_NUMBER: Final = "https://www.facebook.com/profile.php?id={}"
_TIKTOK: Final = "https://www.tiktok.com/@{}"
_YOUTUBE: Final = "https://www.youtube.com/@{}"
_INSTAGRAM: Final = "https://www.instagram.com/{}/"
_THREADS: Final = "https://www.threads.com/@{}"
_LINKEDIN: Final = "https://www.linkedin.com/in/{}"
_MOBILE: Final = "https://m.facebook.com/{}?mibextid=ZbWKwL"

# Shares of a guess, not statistics: nobody publishes them for officials.
FORMS: Final = urn(
    {
        Form("facebook", "vanity", _dotted, _FACEBOOK, "{}", _FACEBOOK): 230,
        Form("facebook", "vanity", _handle, _MOBILE, "{}", _FACEBOOK): 90,
        Form("facebook", "permanent_id", _number, _BY_NUMBER, "{}", _BY_NUMBER): 130,
        Form("zalo", "phone", _phone, "https://zalo.me/{}"): 190,
        Form("tiktok", "handle", _handle, f"{_TIKTOK}?lang=vi", url=_TIKTOK): 140,
        Form("youtube", "handle", _handle, _YOUTUBE, url=_YOUTUBE): 70,
        Form("instagram", "handle", _handle, _INSTAGRAM, url=_INSTAGRAM): 60,
        Form("x", "handle", _short, "https://x.com/{}", url="https://x.com/{}"): 30,
        Form("threads", "handle", _handle, _THREADS, url=_THREADS): 30,
        Form("telegram", "handle", _handle, "https://t.me/{}", url="https://t.me/{}"): 20,
        Form("linkedin", "slug", _dashed, _LINKEDIN, url=_LINKEDIN): 10,
    }
)
_OF_FACEBOOK: Final = next(form for form in FORMS if form.kind == "permanent_id")
