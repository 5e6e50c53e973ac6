"""HR registers for a person: one account by a form, or a whole list by an import."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import services as book
from accounts.models import Entry, Official, Proposal, Standing
from accounts.platforms import Link
from accounts.services import Statement
from common.audit import services as audit
from common.bell import ring
from common.errors import ConflictError, RegistryError
from registry.declarations import policies
from registry.declarations.models import Declaration
from registry.declarations.services import statements
from registry.declarations.services.drafts import kind_of, require_none_open
from registry.declarations.services.steps import LETTERS, enter, write_step
from registry.declarations.states import OF_WHAT_STANDS, Act, Kind, State
from registry.users.models import User

_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Registration:
    """One account an import has just put into the book (or could not, because it is somebody else's)."""

    official_id: int
    account_id: int
    facts_id: int
    entry_id: int | None  # None exactly where disputed
    is_change: bool = False
    link_text: str = ""  # never one that holds a phone number

    @property
    def disputed(self) -> bool:
        """Whether somebody else holds the account."""
        return self.entry_id is None


@transaction.atomic
def register_on_behalf(
    *, official: Official, link: Link, statement: Statement, by: User, link_text: str = ""
) -> Declaration:
    """Register an account for somebody of the officer's branch, however little is known of it.

    It stands at once, unconfirmed, and the person is asked to confirm it. When somebody else holds the
    account it becomes a dispute and nothing stands.

    Raises:
        NotFoundError, NotAllowedError: see `policies.require_registrar`.
        RegistryError: `already_confirmed` when the person confirmed an entry of it themselves;
            `already_open` (extra: declaration); and as for `save_draft`.
    """
    policies.require_registrar(by, official)
    statements.require_personal(link)
    kept = statements.tidy(statement)
    pasted = statements.link_text(link_text, link)
    account = book.account_for(link=link, by=by)
    book.hold_account(account_id=account.pk)
    require_none_open(official, account, but=None)
    held = book.owner_of(account)
    disputed = held is not None and held.official_id != official.pk
    confirmed = Entry.objects.current().filter(account=account, standing=Standing.CONFIRMED)
    if held and not disputed and confirmed.exists():
        raise RegistryError(
            "already_confirmed",
            _("The person has confirmed this account themselves. Only they can change what they said."),
            field="link",
        )
    kind = kind_of(official, account)
    facts = book.state_facts(account=account, by=by, official=official, **kept)
    now = timezone.now()
    if disputed:
        book.propose(facts=facts)
        entry = None
    else:
        entry = enter(facts, standing=Standing.UNCONFIRMED, by=by)
    registered = Declaration.objects.create(
        official=official,
        account=account,
        facts=facts,
        link_text=pasted,
        kind=kind,
        state=State.DISPUTED if disputed else State.APPROVED,
        on_behalf=True,
        submitted_by=by,
        submitted_at=now,
        decided_by=None if disputed else by,
        decided_at=None if disputed else now,
        entry=entry,
    )
    write_step(registered, Act.REGISTER, by=by, at=now)
    return registered


@transaction.atomic
def record_registrations(*, rows: Iterable[Registration], by: User) -> int:
    """Write the declarations of an import's accounts, by COPY; return how many.

    The caller put facts and entries into the book in the same transaction, checked its officer's scope,
    and that no declaration of the same person and account is open. Disputed rows are put under review here.
    """
    now = timezone.now()
    written = 0
    first = None
    disputed: list[tuple[int, int]] = []
    columns = (
        "public_id, official_id, account_id, facts_id, entry_id, link_text, kind, state, version, on_behalf,"
        " created_at, submitted_by_id, submitted_at, decided_by_id, decided_at, reasons"
    )
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('declarations_declaration', 'id'))")
        first = cursor.fetchone()[0]
        with cursor.copy(f"COPY declarations_declaration ({columns}) FROM STDIN") as copy:
            for row in rows:
                decided = (None, None) if row.disputed else (by.pk, now)
                copy.write_row(
                    (
                        uuid.uuid4(), row.official_id, row.account_id, row.facts_id, row.entry_id,
                        row.link_text, Kind.CHANGE if row.is_change else Kind.NEW,
                        State.DISPUTED if row.disputed else State.APPROVED, 1, True,
                        now, by.pk, now, *decided, "{}",
                    )
                )  # fmt: skip
                written += 1
                if row.disputed:
                    disputed.append((row.facts_id, row.account_id))
        cursor.execute(
            """
            INSERT INTO declarations_step (declaration_id, act, state, version, by_id, at, told_at)
            SELECT d.id, %s, d.state, 1, %s, %s, NULL FROM declarations_declaration d
            WHERE d.id > %s AND d.submitted_by_id = %s AND d.submitted_at = %s AND d.on_behalf
            """,
            [Act.REGISTER, by.pk, now, first, by.pk, now],
        )
    Proposal.objects.bulk_create(
        [Proposal(facts_id=facts, account_id=account) for facts, account in disputed],
        batch_size=_AT_ONCE,
        ignore_conflicts=True,
    )
    audit.record(
        act="declaration.registered_list",
        by=by,
        subject_kind="import",
        payload={"declarations": written, "disputed": len(disputed)},
    )
    if written:
        ring(LETTERS)
    return written


@transaction.atomic
def undo_registrations(*, facts_ids: Sequence[int], by: User) -> int:
    """Take back an import's declarations while nothing was built on them; return how many.

    The caller ends the entries themselves.

    Raises:
        ConflictError: `built_upon` (extra: how many), when one of them has moved on since.
    """
    rows = Declaration.objects.filter(
        facts__in=facts_ids, on_behalf=True, state__in=[State.APPROVED, State.DISPUTED], version=1
    ).exclude(kind__in=OF_WHAT_STANDS)
    taken = list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    missing = len(set(facts_ids)) - len(taken)
    if missing:
        raise ConflictError(
            "built_upon",
            _(
                "%(count)d of these registrations have been dealt with since;"
                " the import can no longer be undone."
            )
            % {"count": missing},
            {"count": missing},
        )
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH moved AS (
                UPDATE declarations_declaration SET state = %s, version = 2 WHERE id = ANY(%s) RETURNING id
            )
            INSERT INTO declarations_step (declaration_id, act, state, version, by_id, at, told_at)
            SELECT id, %s, %s, 2, %s, %s, %s FROM moved
            """,
            [State.WITHDRAWN, taken, Act.UNDO, State.WITHDRAWN, by.pk, now, now],
        )
    Proposal.objects.filter(facts__in=facts_ids).delete()
    audit.record(
        act="declaration.registrations_undone",
        by=by,
        subject_kind="import",
        payload={"declarations": len(taken)},
    )
    return len(taken)
