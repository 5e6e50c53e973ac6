"""Findings in episodes, their counters, the runs and slices that make them, and what people say to them.

The engine writes findings and episodes in sets; of people's acts (waivers, contests) they keep the state.
No personal value stands outside `evidence` and the texts people wrote.
"""

from registry.findings.models.acts import (
    Closed,
    Contest,
    Ended,
    Outcome,
    Waiver,
    WaiverBatch,
)
from registry.findings.models.comparing import DaysCompared
from registry.findings.models.findings import (
    LIVE_STATES,
    BranchCounter,
    Counter,
    Episode,
    Finding,
    PastEpisode,
    Reason,
    State,
)
from registry.findings.models.runs import (
    JudgedRule,
    Run,
    Slice,
)

__all__ = [
    "LIVE_STATES",
    "BranchCounter",
    "Closed",
    "Contest",
    "Counter",
    "DaysCompared",
    "Ended",
    "Episode",
    "Finding",
    "JudgedRule",
    "Outcome",
    "PastEpisode",
    "Reason",
    "Run",
    "Slice",
    "State",
    "Waiver",
    "WaiverBatch",
]
