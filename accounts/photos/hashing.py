"""Comparing photos by their perceptual hashes: whole numbers only, no pixels here.

Two hashes are made of every redrawn photo (see ``child.py``). The *difference hash* says whether each cell
of an 8 x 8 grid is darker than its neighbour to the right (``rows``) and below (``columns``): 128 bits, found
by index. The *detail hash* asks on an 11 x 11 grid, both "darker" and "lighter": 484 bits, looked at only for
the few candidates the first one finds, because portraits before one plain wall agree in most of 128 bits.
Neither says anything about a face: turn the picture, or crop it by more than a little, and the hash is
another.

Source of the idea: N. Krawetz, "Kind of Like That" (2013). Unlike there, a difference counts only beyond a
dead band, else the noise of compression decides about every flat background.
"""

from dataclasses import dataclass
from typing import Final

#: Stored beside the hashes: hashes of different versions must not be compared.
HASH_VERSION: Final = 1
#: Photos this near (in bits of 128) are candidates for being one photo. Tied to the four bands: 3 < 4.
NEAR: Final = 3
#: … and are taken for one photo when their detail hashes differ in no more bits than this (of 484).
NEAR_DETAIL: Final = 8
#: Within these, one may be a slight crop of the other (some 2 % off each side). Two people before one plain
#: wall can come as near, so it counts only among people of one branch, who are likely to hand on a picture.
NEAR_CROPPED: Final = 8
NEAR_CROPPED_DETAIL: Final = 24
DETAIL_BYTES: Final = 64

_MASK_64: Final = (1 << 64) - 1
_MASK_32: Final = (1 << 32) - 1
_PLAIN_BITS: Final = 2  # a blank sheet, a gradient, two halves have none either way


@dataclass(frozen=True, slots=True)
class DifferenceHash:
    """128 bits as two signed 64-bit numbers, ready for two ``bigint`` columns."""

    rows: int
    columns: int

    @property
    def distinctive(self) -> bool:
        """Whether there is enough in the picture for a likeness to mean anything.

        A blank sheet, a bare gradient or a two-coloured flag agree with any other of their kind.
        """
        return all(
            _PLAIN_BITS <= (half & _MASK_64).bit_count() <= 64 - _PLAIN_BITS
            for half in (self.rows, self.columns)
        )


def distance(a: DifferenceHash, b: DifferenceHash) -> int:
    """In how many of 128 bits two hashes differ."""
    return ((a.rows ^ b.rows) & _MASK_64).bit_count() + ((a.columns ^ b.columns) & _MASK_64).bit_count()


def detail_distance(a: bytes, b: bytes) -> int:
    """In how many bits two detail hashes differ."""
    return (int.from_bytes(a, "big") ^ int.from_bytes(b, "big")).bit_count()


def bands(value: DifferenceHash) -> tuple[int, ...]:
    """Four signed 32-bit pieces of the hash, for an indexed search.

    Hashes within ``NEAR`` bits have at least one of four pieces in common (three differences cannot touch
    four pieces), so a photo's candidates are the rows that share a piece at the same place. Empty for a
    picture that is not distinctive: nothing may be concluded from its likeness.
    """
    if not value.distinctive:
        return ()
    halves = (value.rows & _MASK_64, value.columns & _MASK_64)
    return tuple(signed(half >> shift & _MASK_32, 32) for half in halves for shift in (32, 0))


def looks_same(a: DifferenceHash, a_detail: bytes, b: DifferenceHash, b_detail: bytes) -> bool:
    """Whether two photos are, as far as the hashes tell, one photo (resized or compressed again)."""
    return (
        a.distinctive
        and b.distinctive
        and distance(a, b) <= NEAR
        and detail_distance(a_detail, b_detail) <= NEAR_DETAIL
    )


def looks_cropped(a: DifferenceHash, a_detail: bytes, b: DifferenceHash, b_detail: bytes) -> bool:
    """Whether one of two photos may be a slight crop of the other; true also where they look the same."""
    return (
        a.distinctive
        and b.distinctive
        and distance(a, b) <= NEAR_CROPPED
        and detail_distance(a_detail, b_detail) <= NEAR_CROPPED_DETAIL
    )


def signed(value: int, bits: int) -> int:
    """The two's-complement reading of an unsigned number, as PostgreSQL stores it."""
    return value - (1 << bits) if value >> (bits - 1) else value
