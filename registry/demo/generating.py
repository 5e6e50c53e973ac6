"""A whole register of invented people, as large as asked, in memory that does not grow with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils import timezone

from accounts.models import OfficialComparison, Photo
from accounts.photos import PhotoDoor
from accounts.services import keep_photo
from accounts.services.seeding import load_agencies
from common.changes.models import Kind
from common.changes.services import claim
from registry.demo import pictures, places, writing
from registry.demo.places import Staffing
from registry.demo.slices import Slice

SLICE: Final = 10_000  # officials written in one transaction
_MARKS: Final = 10_000  # taken off at a time
PICTURES: Final = 12  # stored files that all photo rows share


@dataclass(frozen=True, slots=True)
class Generated:
    """How much was written."""

    officials: int
    accounts: int
    units: int


def generate(
    officials: int,
    *,
    seed: int = 1,
    now: datetime | None = None,
    progress: Callable[[int], None] | None = None,
) -> Generated:
    """Write `officials` invented people with 2.5 accounts each, and their comparisons.

    The same seed on an equally filled register gives the same people. Slices are transactions of their own:
    an interruption leaves whole slices behind.

    Args:
        officials: how many.
        seed: of all chance.
        now: the instant of "today"; records lie in the year before it.
        progress: told the number of officials written so far.
    """
    load_agencies()
    units = places.add_units(officials // places.STAFF_OF_AN_AGENCY)
    _take_in_agencies()
    staffing = Staffing(places.places(), officials, seed=seed)
    files = _store_pictures()
    accounts = 0
    for first in range(0, officials, SLICE):
        until = min(first + SLICE, officials)
        with transaction.atomic():
            rows = Slice(staffing, files, seed=seed, now=now or timezone.now()).fill(first, until)
            # when the register has doubled: 1st, 2nd, 4th, 8th … slice
            number = first // SLICE + 1
            writing.write(rows, analyse=number & (number - 1) == 0)
        accounts += len(rows["accounts_account"])
        if progress:
            progress(until)
    writing.settle()
    return Generated(officials, accounts, units)


def _take_in_agencies() -> None:
    """Where nobody is compared yet, new agencies change no comparison: their marks need not wait for a run.

    Left standing, they would have everybody compared a second time.
    """
    with transaction.atomic():
        if not OfficialComparison.objects.exists():
            while claim(Kind.AGENCY, _MARKS):
                pass


def _store_pictures() -> list[Photo]:
    """The few files the photo rows share; drawn the same each time, they are kept once."""
    with PhotoDoor() as door:
        return [keep_photo(redrawn=door.redraw(pictures.portrait(number))) for number in range(PICTURES)]
