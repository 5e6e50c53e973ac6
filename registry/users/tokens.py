"""Tokens of invitations: made from the installation's secret, never stored."""

import base64
import hashlib
import secrets

from django.utils.crypto import salted_hmac

_SALT = "registry.users.invitation"


def new_nonce() -> str:
    """Make the public half of a token: 256 random bits."""
    return secrets.token_urlsafe(32)


def token_of(nonce: str) -> str:
    """Make the token that belongs to a nonce: 43 characters that fit into an address."""
    mac = salted_hmac(_SALT, nonce, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(mac).rstrip(b"=").decode()


def digest_of(token: str) -> str:
    """Digest a token as the database keeps it. The token has 256 bits, so no salt is needed."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
