"""What must be true after anything: each fault found once, none lost, none invented, every run at its end."""

import json
import time
from collections.abc import Callable

from tests.stack.launcher import wait_for
from tests.survives.site import Site

# Each rule by itself, one plain query a rule; nothing of the engine that writes findings.
_EXPECTED = """
import json
from django.utils import timezone
from registry.findings.folding import conditions, live, speaks_to
from registry.rules.catalogue import catalogue
from registry.rules.rule import Subject
today, found = timezone.localdate(), []
for rule in catalogue():
    rows, key = live(rule.subject), {Subject.ACCOUNT: "account_id"}.get(rule.subject, "pk")
    if rule.is_set_rule:
        bad = [row["pk"] for row in rule.offenders(today, None).values("pk")]
        bound = rows.filter(speaks_to(rule, today), pk__in=bad)
        found += [(rule.code, pk, "open") for pk in bound.values_list(key, flat=True)]
        continue
    fires, cannot = conditions(rule, today)
    if cannot is not None:
        found += [(rule.code, pk, "unchecked") for pk in rows.filter(cannot).values_list(key, flat=True)]
        fires &= ~cannot
    found += [(rule.code, pk, "open") for pk in rows.filter(fires).values_list(key, flat=True)]
print(json.dumps(sorted(found)))
"""
_FOUND = "SELECT rule, subject_id, state FROM findings_finding WHERE state <> 'resolved'"
_EPISODES = """
SELECT count(*) FROM findings_finding f
LEFT JOIN (SELECT finding_id, opened_at, count(*) AS n FROM findings_pastepisode GROUP BY 1, 2) e
       ON e.finding_id = f.id AND e.opened_at = f.episode_at
WHERE (f.state = 'resolved') <> (coalesce(e.n, 0) = 1)
"""
_COUNTERS = """
SELECT count(*) FROM (
    SELECT agency_id, rule, open, unchecked FROM findings_counter WHERE open > 0 OR unchecked > 0
) c FULL JOIN (
    SELECT agency_id, rule, count(*) FILTER (WHERE state = 'open') AS open,
           count(*) FILTER (WHERE state = 'unchecked') AS unchecked
    FROM findings_finding WHERE state IN ('open', 'unchecked') GROUP BY 1, 2
) f USING (agency_id, rule) WHERE (c.open, c.unchecked) IS DISTINCT FROM (f.open, f.unchecked)
"""
_RUNS = "SELECT id, kind, state, started_at FROM findings_run ORDER BY id"
_UNENDED = "SELECT count(*) FROM findings_run WHERE state = 'running'"


def expected(site: Site) -> list[list[object]]:
    """Every fault of the register, as plain queries see it."""
    found: list[list[object]] = json.loads(site.manage("shell", "-v0", "-c", _EXPECTED))
    return found


def runs_end(site: Site, *, at_least: int = 1) -> None:
    """Wait until that many runs have ended and none goes on."""
    ended = f"SELECT count(*) >= {at_least} FROM findings_run WHERE state <> 'running' AND kind = 'sweep'"  # noqa: S608
    try:
        wait_for(lambda: site.ask(ended) == [(True,)] and site.ask(_UNENDED) == [(0,)], "runs to end")
    except AssertionError as waited:
        waited.add_note(f"{site.ask(_RUNS)}\n{site.said}")
        raise


def whole(site: Site, faults: list[list[object]], *, since: float, say: Callable[[str], None]) -> None:
    """Hold that the findings are the faults, one each; print how long it took to be so again."""
    taken = time.monotonic() - since
    found = sorted([list(row) for row in site.ask(_FOUND)], key=str)
    assert len({(rule, subject) for rule, subject, _state in found}) == len(found)
    assert found == sorted(faults, key=str)
    assert site.ask(_EPISODES) == [(0,)]
    assert site.ask(_COUNTERS) == [(0,)]
    say(f"{len(found)} findings whole again after {taken:.1f} s")
