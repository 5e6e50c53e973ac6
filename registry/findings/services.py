"""The writes of this room: runs begin here, workers work here, people waive and contest here."""

from registry.findings.contests import answer, contest
from registry.findings.drafts import Foreseen, foreseen
from registry.findings.engine import Answer, Verdict, verdicts
from registry.findings.news import Answered, take_answers
from registry.findings.proofs import open_proof
from registry.findings.review import LeftOut, Together, approve_clean
from registry.findings.runs import run_changed, start_rebuild, start_sweep, tend, work
from registry.findings.waivers import Waived, expire_waivers, last_day_allowed, text_of, undo_waive, waive

__all__ = [
    "Answer",
    "Answered",
    "Foreseen",
    "LeftOut",
    "Together",
    "Verdict",
    "Waived",
    "answer",
    "approve_clean",
    "contest",
    "expire_waivers",
    "foreseen",
    "last_day_allowed",
    "open_proof",
    "run_changed",
    "start_rebuild",
    "start_sweep",
    "take_answers",
    "tend",
    "text_of",
    "undo_waive",
    "verdicts",
    "waive",
    "work",
]
