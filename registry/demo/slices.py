"""One slice of invented people in the making: rows for the book's tables, all from one stream of chance."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.utils import timezone

from accounts.agency_names import agency_names
from accounts.data import NameGenerator
from accounts.models import GONE, Photo, Standing, Status
from accounts.photos import HASH_VERSION, DifferenceHash, bands
from accounts.photos.hashing import signed
from accounts.platforms import recognise
from registry.declarations import commitments
from registry.demo import links, shown, writing
from registry.demo.dice import dice, urn
from registry.demo.people import invent, work_email
from registry.demo.places import Place, Staffing

# Twenty people have fifty accounts: 2.5 each, exactly, and one in ten has none.
_ACCOUNTS: Final = (0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6)
_NIL: Final = 0.4  # of those without an account, who say so
_PROMOTED: Final = 0.05  # who had another post before, as the register knows
_STANDINGS: Final = urn({Standing.CONFIRMED: 640, Standing.UNCONFIRMED: 360})
_OLDEST: Final = 400  # days ago the register heard of people
_ALL_COMMITMENTS: Final = sorted(commitments.CURRENT)
_FIRST_POST: Final = "Cán sự"


class Slice:
    """Fill it once."""

    def __init__(self, staffing: Staffing, files: Sequence[Photo], *, seed: int, now: datetime) -> None:
        self._staffing, self._files, self._seed, self._now = staffing, files, seed, now
        self._known = agency_names()
        self._rows: writing.Rows = {table: [] for table in writing.COLUMNS}
        self._last_photo: int | None = None

    def fill(self, first: int, until: int) -> writing.Rows:
        """Invent officials number `first` up to, and without, `until`."""
        rng = dice(self._seed, "slice", first)
        invented = NameGenerator(f"{self._seed}/{first}").names(until - first)
        counts = [count for _block in range(first, until, 20) for count in rng.sample(_ACCOUNTS, 20)]
        counts = counts[: until - first]
        officials = writing.take_ids("accounts_official", until - first)
        # a person's accounts show one photo, so a photo a person is enough
        self._photos = iter(writing.take_ids("accounts_photo", until - first if self._files else 0))
        self._accounts = iter(writing.take_ids("accounts_account", sum(counts)))
        self._facts = iter(writing.take_ids("accounts_declaredfacts", sum(counts)))
        for number, pk, (full_name, _gender), count in zip(
            range(first, until), officials, invented, counts, strict=True
        ):
            self._official(pk, full_name, count, self._staffing.of(number), rng)
        return self._rows

    def _official(self, pk: int, full_name: str, accounts: int, place: Place, rng: Random) -> None:
        person = invent(full_name, today=timezone.localdate(self._now), rng=rng)
        host = place.branch.code
        self._add("official", pk, place.branch.agency_id, f"{place.branch.prefix}.{pk:06d}", _uuid(rng))
        heard = self._ago(rng, _OLDEST)
        facts = (
            pk, place.agency_id, person.full_name, person.sort_key, person.search_key, person.category,
        )  # fmt: skip
        rest = (work_email(full_name, pk, host), person.since)
        if rng.random() < _PROMOTED or person.status in GONE:
            changed = heard + (self._now - heard) * rng.uniform(0.1, 0.9)
            self._add("officialrecord", *facts, _FIRST_POST, *rest, Status.IN_POST, heard, changed)
            heard = changed
        self._add("officialrecord", *facts, person.position, *rest, person.status, heard, None)
        if not accounts and rng.random() < _NIL:
            self._add("nilreturn", pk, heard)
        photo: int | None = None
        for _account in range(accounts):
            what = shown.photo_shown(rng)
            if what == "own" and photo is None:
                photo = self.photo(rng)
            used = {"own": photo, "shared": self._last_photo}.get(what)
            self._account(pk, full_name, place, used, what if what.startswith("photo_") else "", rng)
        self._last_photo = photo or self._last_photo

    def _account(
        self, official: int, full_name: str, place: Place, photo: int | None, problem: str, rng: Random
    ) -> None:
        pk, facts = next(self._accounts), next(self._facts)
        link = recognise(links.link_for(full_name, pk, rng))
        at = self._ago(rng, _OLDEST - 10)
        standing = rng.choice(_STANDINGS)
        confirmed = standing == Standing.CONFIRMED
        agency = shown.agency_shown(
            own=place.name, above=place.branch.name, others=place.mistaken_for(place.branch.living),
            former=place.mistaken_for(place.branch.former), rng=rng,
        )  # fmt: skip
        resolved = self._known.resolve(agency, near=place.path)
        self._add("account", pk, link.platform, _uuid(rng))
        for one in link.identifiers:
            self._add("accountidentifier", pk, link.platform, one.kind, one.key, one.shown, link.url, at)
        self._add("ownership", pk, official, at)
        self._add(
            "declaredfacts", facts, pk, official, shown.name_shown(full_name, rng), photo, problem, agency,
            resolved.agency.agency_id if resolved else None, shown.notice_shown(rng),
            _ALL_COMMITMENTS if confirmed else [], commitments.VERSION if confirmed else "",
            (at - timedelta(days=rng.randrange(30, 5000))).date(), at.date(), at,
        )  # fmt: skip
        self._add("entry", pk, facts, standing, at if confirmed else None, at)

    def photo(self, rng: Random) -> int:
        """A row of its own, with hashes of its own, over one of the few files."""
        pk, file = next(self._photos), rng.choice(self._files)
        hashes = DifferenceHash(signed(rng.getrandbits(64), 64), signed(rng.getrandbits(64), 64))
        digest = rng.randbytes(32).hex()
        self._add(
            "photo", pk, _uuid(rng), file.name, digest, digest, file.width, file.height, file.source_format,
            hashes.rows, hashes.columns, rng.randbytes(64), list(bands(hashes)), HASH_VERSION, self._now,
        )  # fmt: skip
        return pk

    def _add(self, table: str, *values: object) -> None:
        self._rows[f"accounts_{table}"].append(values)

    def _ago(self, rng: Random, days: int) -> datetime:
        return self._now - timedelta(seconds=rng.randrange(3600, days * 86400))


def _uuid(rng: Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)
