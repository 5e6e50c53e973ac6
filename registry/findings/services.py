"""The writes of this room: runs begin here, workers work here, people waive and contest here."""

from registry.findings.comparing import ask_comparison, compare, erase_comparisons, resume_comparisons
from registry.findings.contests import answer, contest
from registry.findings.drafts import Foreseen, foreseen
from registry.findings.engine import Answer, Verdict, verdicts
from registry.findings.news import Answered, take_answers
from registry.findings.policies import require_officer
from registry.findings.proofs import delete_proof, open_proof, read_proof
from registry.findings.proofs import store as store_proof
from registry.findings.review import LeftOut, Together, approve_clean
from registry.findings.runs import run_changed, start_rebuild, start_sweep, tend, work
from registry.findings.waivers import (
    Waived,
    expire_waivers,
    last_day_allowed,
    require_day,
    text_of,
    undo_waive,
    waive,
)

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
    "ask_comparison",
    "compare",
    "contest",
    "delete_proof",
    "erase_comparisons",
    "expire_waivers",
    "foreseen",
    "last_day_allowed",
    "open_proof",
    "read_proof",
    "require_day",
    "require_officer",
    "resume_comparisons",
    "run_changed",
    "start_rebuild",
    "start_sweep",
    "store_proof",
    "take_answers",
    "tend",
    "text_of",
    "undo_waive",
    "verdicts",
    "waive",
    "work",
]
