"""A whole register of invented people, as large as asked, in memory that does not grow with it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.agency_names import agency_names
from accounts.models import OfficialComparison
from accounts.photos import PhotoDoor
from accounts.services import keep_photo
from accounts.services.seeding import load_agencies
from common.changes.models import Kind
from common.changes.services import claim
from registry.demo import comparing, inventing, pictures, places, workers, writing
from registry.demo.inventing import Scene
from registry.demo.orders import order
from registry.demo.places import Staffing
from registry.demo.slices import File
from registry.demo.unhindered import are_empty, unhindered
from registry.demo.units import add_units
from registry.demo.waiting import put_forward

_MARKS: Final = 10_000  # taken off at a time
PICTURES: Final = 12  # stored files that all photo rows share
_TABLES: Final = tuple(writing.COLUMNS)


@dataclass(frozen=True, slots=True)
class Generated:
    """How much was written."""

    officials: int
    accounts: int
    units: int


def _silent(_step: Promise) -> None:
    """Nobody wants to know."""


def generate(
    officials: int,
    *,
    seed: int = 1,
    now: datetime | None = None,
    processes: int | None = None,
    step: Callable[[Promise], None] = _silent,
    progress: Callable[[int, int], None] | None = None,
) -> Generated:
    """Write `officials` invented people with 2.5 accounts each, and their comparisons.

    The same seed on an equally filled register gives the same people. People and accounts come in one
    transaction: all or none. An empty register is filled without indexes and triggers (see `unhindered`). The
    comparisons are made by the book afterwards; a rebuild makes those that an interruption left out.

    Args:
        officials: how many.
        seed: of all chance.
        now: the instant of "today"; records lie in the year before it.
        processes: how many share the work; as many as there are processors. One inside a transaction, which
            others cannot look into.
        step: told what is done next.
        progress: told how many officials, then how many comparisons, are written, and of how many.
    """
    now = now or timezone.now()
    if processes is None:
        processes = 1 if officials <= inventing.SLICE else workers.processes()
    if connection.in_atomic_block:
        processes = 1
    step(_("agencies and what they ordered"))
    with transaction.atomic():
        fresh = are_empty(_TABLES)
        load_agencies()
        units = add_units(officials // places.STAFF_OF_AN_AGENCY)
        if fresh:
            order(seed=seed, today=timezone.localdate(now))
        _take_in_agencies()
        staffing = Staffing(places.places(), officials, seed=seed)
        ids = writing.take_ids(officials)
        step(_("officials and accounts"))
        if fresh:
            with unhindered(_TABLES, step=step):
                scene = Scene(staffing, _store_pictures(), agency_names(), ids, seed, now)
                accounts = _write(scene, processes, progress, frozen=True)
        else:
            scene = Scene(staffing, _store_pictures(), agency_names(), ids, seed, now)
            accounts = _write(scene, processes, progress)
            writing.analyse()
        step(_("what waits for review"))
        put_forward(ids, accounts, seed=seed, now=now)
        writing.take_marks(ids)  # all of them are compared next
    step(_("comparisons"))
    comparing.compare(ids, processes=processes, progress=progress)
    if not connection.in_atomic_block:
        comparing.tidy_up()
    return Generated(officials, accounts, units)


def _write(
    scene: Scene, processes: int, progress: Callable[[int, int], None] | None, *, frozen: bool = False
) -> int:
    """Invent everybody and copy them in; return how many accounts they have."""
    accounts = written = 0
    slices = workers.shared(
        inventing.invent,
        inventing.firsts(scene.ids.officials),
        count=processes,
        begin=inventing.begin,
        given=(scene,),
    )
    for rows in slices:
        writing.copy_in(rows, frozen=frozen)
        accounts += rows["accounts_account"].count(b"\n")
        written += rows["accounts_official"].count(b"\n")
        if progress:
            progress(written, scene.ids.officials)
    return accounts


def _take_in_agencies() -> None:
    """Where nobody is compared yet, new agencies change no comparison: their marks need not wait for a run.

    Left standing, they would have everybody compared a second time.
    """
    if not OfficialComparison.objects.exists():
        for kind in (Kind.AGENCY, Kind.AGENCY_ALONE, Kind.AGENCY_NAMES):
            while claim(kind, _MARKS):
                pass


def _store_pictures() -> list[File]:
    """The few files the photo rows share; drawn the same each time, they are kept once."""
    with PhotoDoor() as door:
        kept = [keep_photo(redrawn=door.redraw(pictures.portrait(number))) for number in range(PICTURES)]
    return [File(photo.name, photo.width, photo.height, photo.source_format) for photo in kept]
