"""Photos: the one door they enter by, their likeness, and where they are kept.

Everything that touches pixels runs in ``child.py``, a process that can open nothing. There is no face
recognition: a likeness is one of pictures, never of people.
"""

from accounts.photos.archive import PhotoZip, ZipLimits
from accounts.photos.door import Part, PhotoDoor, PhotoLimits, RedrawnPhoto, redraw
from accounts.photos.errors import PhotoError
from accounts.photos.hashing import (
    HASH_VERSION,
    NEAR,
    NEAR_DETAIL,
    DifferenceHash,
    bands,
    detail_distance,
    distance,
    looks_cropped,
    looks_same,
)
from accounts.photos.storage import delete_stored, open_stored, store, stored_names

__all__ = [
    "HASH_VERSION",
    "NEAR",
    "NEAR_DETAIL",
    "DifferenceHash",
    "Part",
    "PhotoDoor",
    "PhotoError",
    "PhotoLimits",
    "PhotoZip",
    "RedrawnPhoto",
    "ZipLimits",
    "bands",
    "delete_stored",
    "detail_distance",
    "distance",
    "looks_cropped",
    "looks_same",
    "open_stored",
    "redraw",
    "store",
    "stored_names",
]
