"""The register's signature: Ed25519 (RFC 8032), one key an installation."""

import base64
import binascii
import os
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from common.errors import RegistryError

ALGORITHM = "Ed25519"
_SEED = 32  # bytes
HOW_TO = (
    "EXPORT_SIGNING_KEY is 32 random bytes in base64: "
    "python3 -c 'import base64, os; print(base64.b64encode(os.urandom(32)).decode())'. "
    "Keep it: with another key, earlier exports can only be verified with the old public key."
)


def sign(message: bytes) -> dict[str, str]:
    """Sign a message: the algorithm, which key, and the signature in base64."""
    key = _private_key()
    return {
        "algorithm": ALGORITHM,
        "key": key_id(key.public_key()),
        "value": base64.b64encode(key.sign(message)).decode(),
    }


def is_signed(message: bytes, signature: str, key: Ed25519PublicKey) -> bool:
    """Whether the base64 signature was made over exactly this message with the key's private half."""
    try:
        key.verify(base64.b64decode(signature, validate=True), message)
    except (InvalidSignature, binascii.Error, ValueError):
        return False
    return True


def public_key() -> Ed25519PublicKey:
    """The key this installation's exports are verified with."""
    return _private_key().public_key()


def public_key_pem() -> bytes:
    """The same as PEM, to be published where the installation cannot change it unseen."""
    return public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def read_public_key(path: Path) -> Ed25519PublicKey:
    """A public key somebody kept.

    Raises:
        RegistryError: "key_unreadable".
    """
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        key = None
    if not isinstance(key, Ed25519PublicKey):
        raise RegistryError(
            "key_unreadable", _("%(path)s is no Ed25519 public key in PEM.") % {"path": path.name}
        )
    return key


def key_id(key: Ed25519PublicKey) -> str:
    """By what people tell keys apart: the first 16 hexadecimal digits of the key's SHA-256."""
    return sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def _private_key() -> Ed25519PrivateKey:
    return _from_text(settings.EXPORT_SIGNING_KEY or _kept_key(Path(settings.PRIVATE_MEDIA_ROOT)))


@lru_cache(maxsize=4)
def _from_text(text: str) -> Ed25519PrivateKey:
    try:
        seed = base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError):
        seed = b""
    if len(seed) != _SEED:
        raise ImproperlyConfigured(HOW_TO)
    return Ed25519PrivateKey.from_private_bytes(seed)


def _kept_key(folder: Path) -> str:
    """A key of this folder's own, made at first use: for one machine, where nobody set any.

    Two processes at once agree: the file appears whole, and only the first one's stands.
    """
    kept = folder / "export-signing-key"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = folder / f".export-signing-key.{os.getpid()}.{os.urandom(4).hex()}"
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(base64.b64encode(os.urandom(_SEED)))
        try:
            os.link(fresh, kept)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return kept.read_text()
