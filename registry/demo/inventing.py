"""Slices of invented people made by this process, from what it was told once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from accounts.agency_names import AgencyNames
from registry.demo.places import Staffing
from registry.demo.slices import BLOCK, File, Slice
from registry.demo.writing import Ids, Rows

SLICE: Final = 500 * BLOCK  # officials invented at a time: some 20 MB of rows


@dataclass(frozen=True, slots=True)
class Scene:
    """What every slice is made from."""

    staffing: Staffing
    files: Sequence[File]
    known: AgencyNames
    ids: Ids
    seed: int
    now: datetime


_scene: Scene | None = None


def begin(scene: Scene) -> None:
    """Tell this process what all its slices are made from."""
    global _scene  # noqa: PLW0603 - one a process, told once
    _scene = scene


def invent(first: int) -> Rows:
    """The slice that begins with official number `first`.

    Raises:
        RuntimeError: nobody called `begin`.
    """
    if _scene is None:
        raise RuntimeError("begin() first")
    made = Slice(
        _scene.staffing, _scene.files, _scene.known, ids=_scene.ids, seed=_scene.seed, now=_scene.now
    )
    return made.fill(first, min(first + SLICE, _scene.ids.officials))


def firsts(officials: int) -> Iterator[int]:
    """The number of the first official of each slice."""
    return iter(range(0, officials, SLICE))
