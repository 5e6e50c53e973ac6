"""One slice of invented people in the making: rows for the book's tables, all from one stream of chance."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from random import Random
from typing import Final, NamedTuple

from accounts import code_of_conduct, names
from accounts.agency_names import AgencyNames
from accounts.data import NameGenerator
from accounts.models import GONE, Standing, Status
from accounts.photos import HASH_VERSION, DifferenceHash, bands
from accounts.photos.hashing import signed
from registry.declarations import commitments
from registry.demo import shown, writing
from registry.demo.calendar import calendar
from registry.demo.dice import below, dice, draw, urn
from registry.demo.links import FORMS, Form, permanent
from registry.demo.people import Person, invent, work_email
from registry.demo.places import Place, Staffing
from registry.demo.shown import PhotoKind
from registry.demo.writing import Ids

# Twenty people have fifty accounts: 2.5 each, exactly, and one in ten has none.
_ACCOUNTS: Final = (0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 5, 6)
BLOCK: Final = len(_ACCOUNTS)
_NIL: Final = 0.4  # of those without an account, who say so
_NIL_ALL_THE_SAME: Final = 0.001  # of those with accounts
_ACCEPTED: Final = 0.8  # who read and accepted the code of conduct
_CODE: Final = code_of_conduct.WORDINGS[-1].number
_CODE_AGE: Final = 200  # days ago acceptances began
_PROMOTED: Final = 0.05  # who had another post before, as the register knows
_NUMBER_KNOWN: Final = 0.3  # of Facebook pages: the register knows the permanent number beside the name
_RENAMED: Final = 0.06  # of these: the page bears another name in its address now
_TAKEN: Final = 0.2  # of these: somebody else's page took the old one
_DECLARED_AGAIN: Final = 0.06  # of unconfirmed accounts: HR changed what its owner had confirmed
_NAMED_AFTER_AGENCY: Final = 0.004  # of accounts: the link carries the agency's name, not the person's
_OLDEST: Final = 400  # days ago the register heard of people
_FIRST_POST: Final = "Cán sự"
_GONE: Final = frozenset(status.value for status in GONE)
_BOTTOM: Final = r"\N"

_OLD_WORDING: Final = min(commitments.WORDINGS)
_IN_POST: Final = Status.IN_POST.value
_CONFIRMED: Final = Standing.CONFIRMED.value
_OLDEST_ACCOUNT: Final = 4_970  # days, after the month before it was declared
_STANDINGS: Final = urn({_CONFIRMED: 640, Standing.UNCONFIRMED.value: 360})
# What goes with a confirmation: list and wording. A few gave only a part, a few a wording that is no more.
_COMMITTED: Final = urn(
    {
        f"{{{','.join(sorted(commitments.CURRENT))}}}\t{commitments.VERSION}": 880,
        f"{{{min(commitments.CURRENT)}}}\t{commitments.VERSION}": 50,
        f"{{{','.join(sorted(commitments.WORDINGS[_OLD_WORDING]))}}}\t{_OLD_WORDING}": 70,
    }
)


class File(NamedTuple):
    """A stored picture that photo rows share."""

    name: str
    width: int
    height: int
    source_format: str


class Kept(NamedTuple):
    """A photo row as far as a likeness of it is made from it."""

    pk: int
    rows: int
    columns: int
    detail: int


class Slice:
    """Fill it once. The same numbers, places and ids give the same rows, in whatever process."""

    def __init__(
        self,
        staffing: Staffing,
        files: Sequence[File],
        known: AgencyNames,
        *,
        ids: Ids,
        seed: int,
        now: datetime,
    ) -> None:
        self._staffing, self._files, self._known = staffing, files, known
        self._ids, self._seed = ids, seed
        self._calendar = calendar(now)
        lines: list[list[str]] = [[] for _table in writing.COLUMNS]
        (
            self._photos, self._likenesses, self._officials, self._records, self._nils, self._accepted,
            self._accounts, self._identifiers, self._ownerships, self._facts, self._entries,
        ) = lines  # fmt: skip
        self._rows = dict(zip(writing.COLUMNS, lines, strict=True))
        self._meant: dict[tuple[str, str], int | str] = {}
        self._last_photo: Kept | None = None
        self._spoke_before = 0
        self._given_up: tuple[int, tuple[str, str, str, str]] | None = None  # since how many days, and what

    def fill(self, first: int, until: int) -> writing.Rows:
        """Invent officials number `first`, a multiple of `BLOCK`, up to, and without, `until`."""
        rng = dice(self._seed, "slice", first)
        invented = NameGenerator(f"{self._seed}/{first}").names(until - first)
        counts = [count for _block in range(first, until, BLOCK) for count in rng.sample(_ACCOUNTS, BLOCK)]
        account = self._ids.account + first * sum(_ACCOUNTS) // BLOCK
        for number, (full_name, _gender), count in zip(range(first, until), invented, counts, strict=False):
            self._official(number, invent(full_name, rng=rng), range(account, account + count), rng)
            account += count
        return {table: "".join(lines).encode() for table, lines in self._rows.items()}

    def _official(self, number: int, person: Person, accounts: range, rng: Random) -> None:
        pk, place, calendar = self._ids.official + number, self._staffing.of(number), self._calendar
        branch = place.branch
        self._officials.append(
            f"{pk}\t{branch.agency_id}\t{branch.prefix}.{pk:06d}\t{_uuid(rng.randbytes(16))}\n"
        )
        longest = _OLDEST if person.since is None else min(person.since, _OLDEST)
        heard = 1 + below(longest, rng)
        since = _BOTTOM if person.since is None else calendar.days[person.since]
        rest = f"{work_email(person.words[-1], pk, branch.code, rng)}\t{since}"
        facts = (
            f"{pk}\t{place.agency_id}\t{person.full_name}\t{person.sort_key}\t{person.search_key}"
            f"\t{person.category}"
        )
        begins = calendar.instant(heard, rng)
        if heard > 1 and (person.status in _GONE or rng.random() < _PROMOTED):
            changed = calendar.instant(1 + below(heard - 1, rng), rng)
            self._records.append(f"{facts}\t{_FIRST_POST}\t{rest}\t{_IN_POST}\t{begins}\t{changed}\n")
            begins = changed
        self._records.append(f"{facts}\t{person.position}\t{rest}\t{person.status}\t{begins}\t{_BOTTOM}\n")
        if rng.random() < (_NIL_ALL_THE_SAME if accounts else _NIL):
            self._nils.append(f"{pk}\t{calendar.instant(1 + below(heard, rng), rng)}\n")
        if rng.random() < _ACCEPTED:
            self._accepted.append(
                f"{pk}\t{_CODE}\t{calendar.instant(1 + below(min(heard, _CODE_AGE), rng), rng)}\n"
            )
        self._last_photo = self._accounts_of(number, person, place, heard, accounts, rng) or self._last_photo

    def _accounts_of(
        self, number: int, person: Person, place: Place, heard: int, accounts: range, rng: Random
    ) -> Kept | None:
        """The accounts of one person, who shows one photo on them; returns it."""
        photo: Kept | None = None
        for account in accounts:
            kind = shown.photo_shown(rng)
            used: int | str = _BOTTOM
            if kind is PhotoKind.OWN or kind is PhotoKind.ALIKE:
                if photo is None:
                    photo = self.photo(
                        number, rng, alike=self._last_photo if kind is PhotoKind.ALIKE else None
                    )
                used = photo.pk
            elif kind is PhotoKind.SHARED and self._last_photo:
                used = self._last_photo.pk
            self._account(account, self._ids.official + number, person, place, heard, used, kind.problem, rng)
        return photo

    def _account(
        self,
        pk: int,
        official: int,
        person: Person,
        place: Place,
        heard: int,
        photo: int | str,
        problem: str,
        rng: Random,
    ) -> None:
        form = draw(FORMS, rng)
        by_agency = rng.random() < _NAMED_AFTER_AGENCY
        key, called, url = form.identity(_plain_words(place.name) if by_agency else person.words, pk)
        ago = 1 + below(max(heard - 1, 1), rng)
        at, days = self._calendar.instant(ago, rng), self._calendar.days
        standing = draw(_STANDINGS, rng)
        confirmed = standing == _CONFIRMED
        facts = self._ids.facts + pk - self._ids.account
        agency, meant = self._agency(place, rng)
        name = shown.name_shown(person.full_name, rng, agency=place.name)
        notice = shown.notice_shown(rng)
        committed = draw(_COMMITTED, rng) if confirmed else "{}\t"
        opened = days[ago + 30 + below(_OLDEST_ACCOUNT, rng)]
        self._accounts.append(f"{pk}\t{form.platform}\t{_uuid(rng.randbytes(16))}\n")
        self._identify(pk, form, (form.kind, key, called, url), ago, at, rng)
        self._ownerships.append(f"{pk}\t{official}\t{at}\n")
        self._facts.append(
            f"{facts}\t{pk}\t{official}\t{name}\t{photo}\t{problem}\t{agency}\t{meant}\t{notice}\t{committed}"
            f"\t{opened}\t{days[ago]}\t{at}\n"
        )
        self._entries.append(f"{pk}\t{facts}\t{standing}\t{at if confirmed else _BOTTOM}\t{at}\t{_BOTTOM}\n")
        if not confirmed and ago + 1 < heard and rng.random() < _DECLARED_AGAIN:
            self._before(pk, official, person, ago + 1 + below(heard - ago - 1, rng), at, rng)

    def _identify(
        self, pk: int, form: Form, now: tuple[str, str, str, str], ago: int, at: str, rng: Random
    ) -> None:
        """One identifier as a rule; of a few pages the number too, or another name before."""
        begins = at
        if form.kind == "vanity" and rng.random() < _NUMBER_KNOWN:
            self._known_by(pk, form.platform, permanent(pk), at)
            if self._given_up and ago > 1 < self._given_up[0]:
                given_up, taken = self._given_up
                self._given_up = None
                changed = self._calendar.instant(min(given_up, ago) - 1, rng)
                self._known_by(pk, form.platform, now, at, changed)
                now, begins = taken, changed
            elif ago > 1 and rng.random() < _RENAMED:
                since = 1 + below(ago - 1, rng)
                begins = self._calendar.instant(since, rng)
                old = form.kind, f"cu{now[1]}", f"cu.{now[1]}", now[3].replace(now[1], f"cu{now[1]}")
                self._known_by(pk, form.platform, old, at, begins)
                if rng.random() < _TAKEN:
                    self._given_up = since, old
        self._known_by(pk, form.platform, now, begins)

    def _known_by(
        self, pk: int, platform: str, by: tuple[str, str, str, str], begins: str, ends: str = _BOTTOM
    ) -> None:
        kind, key, called, url = by
        self._identifiers.append(f"{pk}\t{platform}\t{kind}\t{key}\t{called}\t{url}\t{begins}\t{ends}\n")

    def _before(self, pk: int, official: int, person: Person, ago: int, until: str, rng: Random) -> None:
        """What the owner had confirmed before HR recorded the account anew: everything in order."""
        if self._spoke_before == official:  # one such a person: facts are numbered by their officials
            return
        self._spoke_before = official
        facts = self._ids.facts + self._ids.accounts + official - self._ids.official
        at, day = self._calendar.instant(ago, rng), self._calendar.days[ago]
        self._facts.append(
            f"{facts}\t{pk}\t{official}\t{person.full_name}\t{_BOTTOM}\t\t\t{_BOTTOM}\t{shown.FULL_NOTICE}"
            f"\t{_COMMITTED[0]}\t{_BOTTOM}\t{day}\t{at}\n"
        )
        self._entries.append(f"{pk}\t{facts}\t{_CONFIRMED}\t{at}\t{at}\t{until}\n")

    def _agency(self, place: Place, rng: Random) -> tuple[str, int | str]:
        """The agency an account shows, and which one the book takes it for."""
        text = shown.agency_shown(
            own=place.name, above=place.branch.name, aliases=place.aliases,
            others=place.mistaken_for(place.branch.living), former=place.mistaken_for(place.branch.former),
            hidden=place.hidden, rng=rng,
        )  # fmt: skip
        asked = text, place.path
        if asked not in self._meant:
            resolved = self._known.resolve(text, near=place.path)
            self._meant[asked] = resolved.agency.agency_id if resolved else _BOTTOM
        return text, self._meant[asked]

    def photo(self, number: int, rng: Random, *, alike: Kept | None) -> Kept:
        """A row of its own, with hashes of its own, over one of the few files.

        Args:
            number: of the official; each has at most one.
            rng: chance.
            alike: a picture this one is to be taken for: as if resized and compressed again.
        """
        pk, file, drawn = self._ids.photo + number, draw(self._files, rng), rng.randbytes(128)
        if alike:
            kept = Kept(
                pk, alike.rows ^ 1 << below(64, rng), alike.columns, alike.detail ^ 1 << below(400, rng)
            )
            self._likenesses.append(f"{pk}\t{alike.pk}\n{alike.pk}\t{pk}\n")
        else:
            kept = Kept(pk, *(int.from_bytes(part) for part in (drawn[:8], drawn[8:16], drawn[16:80])))
        hashes = DifferenceHash(signed(kept.rows, 64), signed(kept.columns, 64))
        digest = drawn[80:112].hex()
        self._photos.append(
            f"{pk}\t{_uuid(drawn[112:])}\t{file.name}\t{digest}\t{digest}\t{file.width}\t{file.height}"
            f"\t{file.source_format}\t{hashes.rows}\t{hashes.columns}\t\\\\x{kept.detail:0128x}"
            f"\t{{{','.join(map(str, bands(hashes)))}}}\t{HASH_VERSION}"
            f"\t{self._calendar.instant(1 + below(_OLDEST, rng), rng)}\n"
        )
        return kept


@lru_cache(maxsize=4096)
def _plain_words(name: str) -> list[str]:
    return [word for word in names.search_key(name).split() if word.isalpha()]


def _uuid(drawn: bytes) -> str:
    """Version 4 out of sixteen random bytes, as COPY reads it."""
    text = drawn.hex()
    return f"{text[:12]}4{text[13:16]}8{text[17:]}"
