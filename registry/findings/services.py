"""The writes of this room: runs begin here, workers work here."""

from registry.findings.engine import Answer, Verdict, verdicts
from registry.findings.runs import run_changed, start_rebuild, start_sweep, tend, work

__all__ = ["Answer", "Verdict", "run_changed", "start_rebuild", "start_sweep", "tend", "verdicts", "work"]
