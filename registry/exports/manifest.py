"""What stands beside an exported file: what it is, and the proof that it is still that.

`FILE.manifest.json` holds two things: `manifest`, the facts, and `signature` over them. What is signed is
the manifest as canonical JSON (RFC 8785: keys sorted, no white space, UTF-8), and the manifest names the
SHA-256 of the file, so neither can be changed unseen.
"""

import hashlib
import json
import zipfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext as _

from common.errors import RegistryError
from registry.exports import signing

SUFFIX = ".manifest.json"
_LARGEST = 1024 * 1024  # bytes of a manifest
_PIECE = 1024 * 1024


class Hashing:
    """A file being written, its SHA-256 and its size kept along the way."""

    def __init__(self, target: BinaryIO) -> None:
        self._target = target
        self._digest = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Write on."""
        self._digest.update(data)
        self.size += len(data)
        return self._target.write(data)

    def hexdigest(self) -> str:
        """The SHA-256 of all that was written."""
        return self._digest.hexdigest()


def canonical(manifest: dict[str, Any]) -> bytes:
    """The bytes that are signed. Holds for texts, whole numbers, lists and objects, all a manifest has."""
    return json.dumps(manifest, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sealed(manifest: dict[str, Any]) -> bytes:
    """The manifest file: the facts and the signature over them."""
    whole = {"manifest": manifest, "signature": signing.sign(canonical(manifest))}
    return (json.dumps(whole, indent=2, ensure_ascii=False) + "\n").encode()


def digest_of(file: IO[bytes]) -> tuple[str, int]:
    """SHA-256 and size of a file, read in pieces."""
    digest, size = hashlib.sha256(), 0
    while piece := file.read(_PIECE):
        digest.update(piece)
        size += len(piece)
    return digest.hexdigest(), size


@dataclass
class Verdict:
    """Whether a file is what its manifest says; `troubles` says in words what is not."""

    manifest: dict[str, Any] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    @property
    def is_true(self) -> bool:
        """Nothing was changed."""
        return not self.troubles


def verify(path: Path, manifest_path: Path | None = None, *, key: Ed25519PublicKey | None = None) -> Verdict:
    """Hold a file against its manifest, and the manifest against the register's signature.

    Args:
        path: the exported file, or the ZIP it came in.
        manifest_path: its manifest; without it, FILE.manifest.json beside the file, or the one in the ZIP.
        key: the public key to trust; without it, this installation's own.

    Raises:
        RegistryError: "file_unreadable" or "manifest_unreadable": there is nothing to compare.
    """
    if manifest_path is None and (packed := _packed(path)) is not None:
        return _verify_packed(path, packed, key)
    try:
        with path.open("rb") as file:
            found = digest_of(file)
    except OSError as error:
        raise RegistryError("file_unreadable", _("%(name)s cannot be read.") % {"name": path.name}) from error
    beside = manifest_path or path.with_name(path.name + SUFFIX)
    try:
        with beside.open("rb") as file:
            written = file.read(_LARGEST + 1)
    except OSError as error:
        raise _no_manifest(beside.name) from error
    return _judge(found, written, beside.name, key)


def _packed(path: Path) -> str | None:
    """The name of the one manifest in a ZIP; None for anything else (an XLSX is a ZIP without one)."""
    try:
        with zipfile.ZipFile(path) as packed:
            names = [name for name in packed.namelist() if name.endswith(SUFFIX)]
    except (OSError, zipfile.BadZipFile):
        return None
    return names[0] if len(names) == 1 else None


def _verify_packed(path: Path, name: str, key: Ed25519PublicKey | None) -> Verdict:
    try:
        with zipfile.ZipFile(path) as packed:
            with packed.open(name) as file:
                written = file.read(_LARGEST + 1)
            with packed.open(name.removesuffix(SUFFIX)) as file:
                found = digest_of(file)
    except (KeyError, OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise RegistryError(
            "file_unreadable", _("%(name)s is damaged or not complete.") % {"name": path.name}
        ) from error
    return _judge(found, written, name, key)


def _judge(found: tuple[str, int], written: bytes, name: str, key: Ed25519PublicKey | None) -> Verdict:
    try:
        whole = json.loads(written) if len(written) <= _LARGEST else {}
        manifest, signature = whole["manifest"], whole["signature"]
        said, made_with = manifest["file"], str(signature["key"])
        expected = (str(said["sha256"]), int(said["bytes"]))
        value = str(signature["value"])
        message = canonical(manifest)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise _no_manifest(name) from error
    verdict = Verdict(manifest)
    trusted = key or signing.public_key()
    if made_with != signing.key_id(trusted):
        verdict.troubles.append(
            _("The manifest was signed with another key (%(theirs)s, not %(ours)s).")
            % {"theirs": made_with[:16], "ours": signing.key_id(trusted)}
        )
    elif not signing.is_signed(message, value, trusted):
        verdict.troubles.append(_("The manifest was changed after it was signed."))
    if found != expected:
        verdict.troubles.append(
            _("The file was changed: its SHA-256 is %(found)s, the manifest says %(expected)s.")
            % {"found": found[0], "expected": expected[0]}
        )
    return verdict


def _no_manifest(name: str) -> RegistryError:
    return RegistryError(
        "manifest_unreadable",
        _("%(name)s is missing or is no manifest of this register.") % {"name": name},
    )
