"""The plan of an accounts list: whose each account is said to be, beside what the register holds of it."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from django.db import connection, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.agency_names import agency_names
from accounts.models import Account, DeclaredFacts, Entry
from accounts.platforms import PLATFORMS, Link, LinkError, recognise
from accounts.platforms.base import PHONE
from accounts.services.bulk import reserve_ids
from registry.declarations.states import State as Declared
from registry.intake.columns import correction_of
from registry.intake.copying import Progress, Tell, copy_in, line
from registry.intake.files import kept
from registry.intake.known_accounts import (
    Claim,
    Key,
    Known,
    Person,
    Said,
    claims,
    keys_of,
    known_accounts,
    people,
)
from registry.intake.models import Action, Import, State
from registry.intake.pictures import Pictures
from registry.intake.reading import (
    ACCOUNT_COLUMNS,
    AccountValues,
    RawRow,
    Table,
    open_table,
    parse_account_row,
)
from registry.intake.refused import RefusedRows
from registry.intake.scope import scope_of
from registry.intake.staff_plan import described

PIECE: Final = 1000  # rows looked up together
PIECE_WITH_PHOTOS: Final = 200  # drawing a photo takes long enough for people to want to see how far it is
_COLUMNS: Final = (
    "import_id", "row", "action", "official_id", "official_path", "before_id", "account_id", "known",
    "first_row", "platform", "identifiers", "url", "link_text", "name_shown", "agency_shown",
    "agency_resolved_id", "disclaimer", "photo_id", "photo_name", "photo_problem", "declared_on", "disputed",
    "owned", "facts_id", "entry_id",
)  # fmt: skip
# Read so that a row is understood, but nothing the book has a place for.
_NOT_KEPT: Final = ("full_name", "family_name", "middle_name", "given_name", "permanent_id", "note")
_PHONE_LIKE: Final = re.compile(r"(?:\+|00)?\d(?:[\s.()-]*\d){8,14}")


@dataclass(slots=True)
class _Row:
    raw: RawRow
    values: AccountValues
    link: Link


@dataclass(slots=True)
class _Claimed:
    """An account as this list has spoken of it so far."""

    account_id: int
    first_row: int
    known: bool
    holder: int | None  # the official whom the list, or the register, gives it to


@dataclass(slots=True)
class _Decision:
    action: Action
    said: Said
    account: _Claimed
    before_id: int | None = None
    disputed: bool = False
    owned: bool = False


def plan_accounts_list(job: Import, *, tell: Tell | None = None) -> None:
    """Read the kept list and its photos and write the plan. Photos are kept, and erased with the plan.

    Raises:
        UnreadableFileError, PhotoError: the list, or the whole archive of photos, is refused.
    """
    with (
        open_table(kept(job.file), columns=ACCOUNT_COLUMNS, said=correction_of(job)) as table,
        Pictures(kept(job.photos) if job.photos else None) as pictures,
        Progress(job, total=table.height, tell=tell) as progress,
    ):
        planner = _Planner(job, table, pictures)
        planner.read(progress)
    with transaction.atomic():
        columns = described(table)
        columns["not_kept"] = [list(place) for name, place in table.recognised.items() if name in _NOT_KEPT]
        Import.objects.filter(pk=job.pk, state=State.RECEIVED).update(
            state=State.PLANNED,
            planned_at=timezone.now(),
            counts=planner.counts(),
            columns=columns,
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE intake_accountrow")


class _Planner:
    def __init__(self, job: Import, table: Table, pictures: Pictures) -> None:
        self.rows = 0
        self._job, self._table, self._pictures = job, table, pictures
        self._scope = scope_of(job)
        self._refused = RefusedRows(job)
        self._names = agency_names()
        self._own = job.uploaded_by.official_id if job.uploaded_by else None
        self._claimed: dict[Key, _Claimed] = {}
        self._seen: dict[tuple[int, int], int] = {}
        self._counted: Counter[str] = Counter()

    def counts(self) -> dict[str, int]:
        actions = {
            str(action): self._counted[action] for action in (Action.NEW, Action.CHANGED, Action.UNCHANGED)
        }
        return {
            "rows": self.rows,
            **actions,
            "left": 0,
            "refused": len(self._refused),
            "disputed": self._counted["disputed"],
            "photo_problems": self._counted["photo_problems"],
        }

    def read(self, progress: Progress) -> None:
        piece: list[_Row] = []
        size = PIECE_WITH_PHOTOS if self._job.photos else PIECE
        for raw in self._table.rows():
            self.rows += 1
            row = self._understand(raw)
            if row is not None:
                piece.append(row)
            if self.rows % size == 0:
                self._settle(piece)
                piece = []
                progress.rows(self.rows)
        self._settle(piece)

    def _understand(self, raw: RawRow) -> _Row | None:
        values = parse_account_row(raw)
        if isinstance(values, list):
            self._refused.add(values)
            return None
        try:
            link = recognise(values.link, platform=values.platform)
        except LinkError as error:
            column = "platform" if error.field == "platform" else "link"
            self._refuse(
                raw, column, error.code, error.message, value=_without_phones(str(raw.cells.get(column, "")))
            )
            return None
        if not PLATFORMS[link.platform].personal:
            self._refuse(raw, "link", "not_a_persons", _("This is an agency's page, not a person's account."))
            return None
        return _Row(raw, values, link)

    def _refuse(
        self, raw: RawRow, column: str, code: str, message: Any, suggestion: Any = "", *, value: object = None
    ) -> None:
        self._refused.add([raw.refuse(column, code, message=message, suggestion=suggestion, value=value)])

    def _settle(self, piece: list[_Row]) -> None:
        """Decide on a piece of the list and write it down."""
        persons = people({row.values.staff_code for row in piece}, self._scope)
        found = known_accounts({key for row in piece for key in keys_of(row.link)})
        rows = [pair for row in piece if (pair := self._person(row, persons)) is not None]
        self._pictures.fetch(row.values.photo for row, _person in rows)
        pairs = {
            (person.official_id, known.account_id)
            for row, person in rows
            if (known := _first(row.link, found)) is not None
        }
        open_claims = claims(pairs)
        decided = [
            (row, person, decision)
            for row, person in rows
            if (decision := self._decide(row, person, found, open_claims)) is not None
        ]
        copy_in("intake_accountrow", _COLUMNS, list(self._lines(decided)))
        self._refused.flush()

    def _person(self, row: _Row, persons: dict[str, Person]) -> tuple[_Row, Person] | None:
        person = persons.get(row.values.staff_code)
        if person is None:
            self._refuse(
                row.raw, "staff_code", "unknown_staff", _("Nobody on the staff list has this code."),
                _("Load the staff list first, or correct the code."),
            )  # fmt: skip
            return None
        if person.official_id == self._own:
            self._refuse(
                row.raw, "staff_code", "own_account",
                _("Declare your own accounts as everybody does: another officer reviews them."),
            )  # fmt: skip
            return None
        return row, person

    def _account(self, row: _Row, known: Known | None) -> _Claimed:
        """The account as this list has spoken of it before, else as the register has it, else a new one."""
        keys = keys_of(row.link)
        account = next((self._claimed[key] for key in keys if key in self._claimed), None)
        if known is not None and (account is None or account.account_id != known.account_id):
            account = _Claimed(known.account_id, row.values.row, known=True, holder=known.official_id)
        if account is None:
            account = _Claimed(reserve_ids(Account, 1)[0], row.values.row, known=False, holder=None)
        for key in keys:
            self._claimed.setdefault(key, account)
        return account

    def _decide(
        self,
        row: _Row,
        person: Person,
        found: dict[Key, Known],
        open_claims: dict[tuple[int, int], Claim],
    ) -> _Decision | None:
        known = _first(row.link, found)
        account = self._account(row, known)
        pair = (person.official_id, account.account_id)
        if pair in self._seen:
            self._refuse(
                row.raw, "link", "repeated",
                format_lazy(_("Row {row} already has this account of this person."), row=self._seen[pair]),
                _("Delete one of the two rows."), value=_without_phones(row.values.link),
            )  # fmt: skip
            return None
        self._seen[pair] = row.values.row
        mine = known is not None and known.official_id == person.official_id
        said = self._said(row, known.said if known is not None and mine else None)
        claim = open_claims.get(pair)
        if claim is not None:
            if claim.state == Declared.DISPUTED and claim.said == said:
                return _Decision(Action.UNCHANGED, said, account, disputed=True)
            if claim.state != Declared.REJECTED or claim.said == said:
                self._refuse_claimed(row, claim)
                return None
        if known is not None and mine:
            return self._own_entry(row, known, account, said)
        held_by_other = known is not None and known.owned
        if held_by_other or account.holder not in {None, person.official_id}:
            return _Decision(Action.NEW, said, account, disputed=True)
        account.holder = person.official_id
        return _Decision(Action.NEW, said, account)

    def _refuse_claimed(self, row: _Row, claim: Claim) -> None:
        if claim.state == Declared.REJECTED:
            code, message = "claim_rejected", _("This claim was decided on: the account stays where it is.")
            suggestion = _("Take the row out of the list, or speak with the officer who decided.")
        else:
            code, message = "already_open", _("A declaration of this account by this person is under way.")
            suggestion = _("Wait until it is decided.")
        self._refuse(row.raw, "link", code, message, suggestion, value=_without_phones(row.values.link))

    def _own_entry(self, row: _Row, known: Known, account: _Claimed, said: Said) -> _Decision | None:
        """The person's own account: what they confirmed themselves is not overwritten by a list."""
        if known.entry_id is None:
            return _Decision(Action.NEW, said, account, owned=True)
        if known.said == said:
            return _Decision(Action.UNCHANGED, said, account, before_id=known.entry_id, owned=True)
        if known.confirmed:
            self._refuse(
                row.raw, "link", "confirmed_by_owner",
                _("The person has confirmed this account themselves. Only they can change what they said."),
                _("Ask the person to declare the change."), value=_without_phones(row.values.link),
            )  # fmt: skip
            return None
        return _Decision(Action.CHANGED, said, account, before_id=known.entry_id, owned=True)

    def _said(self, row: _Row, stood: Said | None) -> Said:
        """What the row says. A column the list lacks leaves what is on record."""
        values, there = row.values, self._table.recognised
        picture = self._pictures.find(values.photo)
        said = Said(
            values.name_shown, values.agency_shown, values.disclaimer, picture.photo_id, picture.problem,
            values.declared_on,
        )  # fmt: skip
        if stood is None:
            return said
        lacking = {name: getattr(stood, name) for name in Said._fields if name not in there}
        if "photo" in there:
            del lacking["photo_id"], lacking["photo_problem"]
        return said._replace(**lacking)

    def _lines(self, decided: list[tuple[_Row, Person, _Decision]]) -> Iterator[str]:
        writing = sum(decision.action != Action.UNCHANGED for _row, _person, decision in decided)
        facts = iter(reserve_ids(DeclaredFacts, writing))
        entries = iter(reserve_ids(Entry, writing))
        for row, person, decision in decided:
            self._counted[decision.action] += 1
            written = decision.action != Action.UNCHANGED
            if written:
                self._counted["disputed"] += decision.disputed
                self._counted["photo_problems"] += bool(decision.said.photo_problem)
            said, link, account = decision.said, row.link, decision.account
            resolved = self._names.resolve(said.agency_shown, near=person.path)
            phone = any(identifier.kind == PHONE for identifier in link.identifiers)
            identifiers = [[one.kind, one.key, one.shown] for one in link.identifiers]
            yield line((
                self._job.pk, row.values.row, decision.action, person.official_id, person.path,
                decision.before_id, account.account_id, account.known, account.first_row, link.platform,
                json.dumps(identifiers, ensure_ascii=False), link.url, "" if phone else row.values.link,
                said.name_shown, said.agency_shown, resolved.agency.agency_id if resolved else None,
                said.disclaimer, said.photo_id, row.values.photo, said.photo_problem, said.declared_on,
                decision.disputed, decision.owned, next(facts) if written else None,
                next(entries) if written and not decision.disputed else None,
            ))  # fmt: skip


def _first(link: Link, found: dict[Key, Known]) -> Known | None:
    return next((found[key] for key in keys_of(link) if key in found), None)


def _without_phones(text: str) -> str:
    """The text with whatever may be a telephone number masked: refusals are kept and shown."""
    return _PHONE_LIKE.sub("•••", text)
