"""Vietnamese phone numbers, kept only as a keyed digest and a mask.

A Zalo personal link is a phone number, that is, personal data: the number itself never leaves this module.
"""

import hashlib
import hmac
import re

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

# Written 0912 345 678, 84912345678, +84 912.345.678, 0084912345678, +84 (0)912-345-678.
_NUMBER = re.compile(r"(?:(?:\+|00)?84(?:0|\(0\))?|0)([1-9][0-9]{8})")
_SEPARATORS = re.compile(r"[ .\-]")


def looks_like_phone(text: str) -> bool:
    """Tell whether the text is a Vietnamese phone number however it is written."""
    return _significant(text) is not None


def phone_digest(text: str, *, key: bytes = b"") -> str:
    """Return the HMAC-SHA256, in hex, of the number in E.164 form; every way of writing it gives the same.

    Args:
        text: a number for which `looks_like_phone` holds.
        key: the secret; `settings.PHONE_DIGEST_KEY` when empty.

    Raises:
        ValueError: not a phone number (the text is not repeated).
        ImproperlyConfigured: no key.
    """
    number = _significant(text)
    if number is None:
        raise ValueError("not a Vietnamese phone number")
    return hmac.new(key or _configured_key(), f"+84{number}".encode(), hashlib.sha256).hexdigest()


def phone_mask(text: str) -> str:
    """Return the number as people may see it, "09•• ••• •67".

    Raises:
        ValueError: not a phone number (the text is not repeated).
    """
    number = _significant(text)
    if number is None:
        raise ValueError("not a Vietnamese phone number")
    return f"0{number[0]}•• ••• •{number[-2:]}"


def _significant(text: str) -> str | None:
    """Return the nine digits after the prefix, or None."""
    found = _NUMBER.fullmatch(_SEPARATORS.sub("", text))
    return found[1] if found else None


def _configured_key() -> bytes:
    """Read the digest key when it is needed, so that nothing needs settings at import."""
    key: str | bytes = getattr(settings, "PHONE_DIGEST_KEY", "")
    if not key:
        raise ImproperlyConfigured("PHONE_DIGEST_KEY is empty: Zalo phone numbers cannot be kept as digests.")
    return key.encode() if isinstance(key, str) else key
