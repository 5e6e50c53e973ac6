"""What is written but not put forward yet, compared as if it were: nothing of it remains."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy

from django.db import connection, transaction
from django.utils import timezone

from accounts.comparison.accounts import COLUMNS, compared
from accounts.models import Comparison, DeclaredFacts, Proposal

_INSERT = (
    f"INSERT INTO accounts_comparison ({', '.join(COLUMNS)})"  # noqa: S608 - names of this package
    f" VALUES ({', '.join(['%s'] * len(COLUMNS))}) RETURNING id"
)


@contextmanager
def tried(facts: DeclaredFacts, *, commitments: Iterable[str], version: str) -> Iterator[Comparison | None]:
    """The comparison that facts would have if they were put forward now, for as long as the block lasts.

    The same inputs and verdicts make it as make every other row, in a transaction that is taken back at the
    end: rules can be asked of it meanwhile, and nobody else ever sees it.

    Args:
        facts: what was said so far.
        commitments: codes of those that are going to be given with it.
        version: of their wording.

    Yields:
        The row; None where the declarant has no place in any agency.
    """
    with transaction.atomic():
        said = copy(facts)  # not read again: a newer saving may have taken the place of these meanwhile
        said.pk, said.commitments, said.commitments_version = None, sorted(commitments), version
        said.stated_at, said.declared_on = timezone.now(), timezone.localdate()
        said.save(force_insert=True)
        Proposal.objects.create(facts=said, account_id=said.account_id)
        rows = [row for row in compared([said.account_id]) if row[0] == said.pk]
        with connection.cursor() as cursor:
            for row in rows:
                cursor.execute(_INSERT, row[: len(COLUMNS)])
        yield Comparison.objects.filter(account=said.account_id, facts=said).first()
        transaction.set_rollback(True)
