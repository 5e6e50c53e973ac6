"""How findings stand after people's acts: held, moved and counted again in sets, as the engine does it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

from django.db import connection

from registry.findings import branches
from registry.findings.models import LIVE_STATES, State


class Held(NamedTuple):
    """A finding whose row this transaction holds."""

    pk: int
    rule: str
    official_id: int | None
    agency_id: int
    agency_path: str
    state: str
    cause: str

    @property
    def underlying(self) -> State:
        """How it stands where nobody waived or contested it."""
        return State.UNCHECKED if self.cause else State.OPEN


_COLUMNS = ", ".join(LIVE_STATES)
_ADDED = ", ".join(f"{name} = c.{name} + d.{name}" for name in LIVE_STATES)

# The engine and people take the same locks in the same order: findings by key, then counters by theirs.
_HOLD = """
SELECT id, rule, official_id, agency_id, agency_path, state, cause FROM findings_finding
WHERE id = ANY(%s) ORDER BY id FOR NO KEY UPDATE
"""
_MOVE = """
UPDATE findings_finding
SET state = CASE WHEN %(to)s <> '' THEN %(to)s WHEN cause = '' THEN 'open' ELSE 'unchecked' END
WHERE id = ANY(%(ids)s)
"""
# Every fragment is a literal of this module.
_COUNT = f"""
WITH delta AS (
    SELECT * FROM unnest(%s::bigint[], %s::text[], {", ".join(["%s::int[]"] * len(LIVE_STATES))})
        AS t(agency_id, rule, {_COLUMNS})
), locked AS (
    SELECT c.id FROM findings_counter c JOIN delta USING (agency_id, rule)
    ORDER BY c.agency_id, c.rule FOR NO KEY UPDATE OF c
)
UPDATE findings_counter c SET {_ADDED}
FROM delta d WHERE c.agency_id = d.agency_id AND c.rule = d.rule AND c.id IN (SELECT id FROM locked)
"""  # noqa: S608 - see above


def hold(ids: Collection[int]) -> list[Held]:
    """Lock findings, in key order, and read how they stand. Must run in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [list(ids)])
        return [Held._make(row) for row in cursor.fetchall()]


def move(held: Sequence[Held], to: State | None) -> None:
    """Let held findings stand as waived or contested; None: as they would without anybody's act.

    Counters change in the same transaction, which must be that of `hold`.
    """
    if not held:
        return
    moves: dict[tuple[int, str], list[int]] = defaultdict(lambda: [0] * len(LIVE_STATES))
    of_branches: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0] * len(LIVE_STATES))
    for row in held:
        for delta in (moves[row.agency_id, row.rule], of_branches[row.agency_path, row.rule]):
            delta[LIVE_STATES.index(State(row.state))] -= 1
            delta[LIVE_STATES.index(to or row.underlying)] += 1
    keys = sorted(moves)
    columns = [[moves[key][place] for key in keys] for place in range(len(LIVE_STATES))]
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, {"to": to or "", "ids": [row.pk for row in held]})
        cursor.execute(_COUNT, [[key[0] for key in keys], [key[1] for key in keys], *columns])
    branches.add((path, rule, numbers) for (path, rule), numbers in of_branches.items())
