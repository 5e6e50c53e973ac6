"""Who has a case open: a short lease, so that two officers do not do the same work unknowing."""

from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from registry.declarations import policies
from registry.declarations.models import Declaration, Lease
from registry.declarations.states import State
from registry.users.models import User

# The open page renews it three times in this time; a page that is closed without a word lets it run out.
LEASE = timedelta(minutes=3)

_TAKE = """
INSERT INTO declarations_lease (declaration_id, by_id, since, until)
SELECT id, %(by)s, %(now)s, %(until)s FROM declarations_declaration
WHERE id = %(declaration)s AND state = %(state)s
ON CONFLICT (declaration_id) DO UPDATE SET
    since = CASE WHEN declarations_lease.by_id = excluded.by_id AND declarations_lease.until > excluded.since
                 THEN declarations_lease.since ELSE excluded.since END,
    by_id = excluded.by_id, until = excluded.until
WHERE declarations_lease.by_id = excluded.by_id OR declarations_lease.until <= excluded.since
"""


@transaction.atomic
def open_case(*, declaration: Declaration, by: User) -> Lease | None:
    """Say that this officer has the case open, or still has; return whose it is: a colleague's stays theirs.

    It forbids nobody anything. That the officer looked at the case is in the trail already, so the lease,
    which ends by itself, leaves none of its own. None where the case waits for nobody any more.

    Raises:
        NotFoundError, NotAllowedError: see `policies.require_decider`.
    """
    policies.require_decider(by, declaration)
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute(
            _TAKE,
            {
                "declaration": declaration.pk,
                "by": by.pk,
                "now": now,
                "until": now + LEASE,
                "state": State.SUBMITTED,
            },
        )
    return Lease.objects.filter(declaration=declaration, until__gt=now).select_related("by").first()


@transaction.atomic
def leave_case(*, declaration: Declaration, by: User) -> None:
    """Say that this officer no longer has the case open. A colleague's lease is left alone."""
    Lease.objects.filter(declaration=declaration, by=by).delete()
