"""Numbers that stand for facts."""

from hashlib import blake2b


def digest(facts: object) -> int:
    """A number for whatever has a faithful `repr`, the same in every process (64 bits, signed)."""
    return digest_written(repr(facts))


def digest_written(facts: str) -> int:
    """The same, of facts whose `repr` is written down already."""
    return int.from_bytes(blake2b(facts.encode(), digest_size=8).digest(), signed=True)
