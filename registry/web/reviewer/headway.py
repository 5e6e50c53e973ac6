"""How far a worker has come with an import, in words."""

from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.intake.models import Import, State
from registry.intake.selectors import headway_of
from registry.web.headway import Progress, who_is_at_it

_WHAT: Final = {
    State.ARRIVED: gettext_lazy("The file is being looked at."),
    State.RECEIVED: gettext_lazy("The list is being read."),
    State.QUEUED: gettext_lazy("The list is being written into the register."),
    State.UNDOING: gettext_lazy("The import is being undone."),
}
_STEPS: Final = {
    "checking": gettext_lazy("Checking that what the plan was compared with still stands."),
    "new": gettext_lazy("What is new is being written."),
    "changed": gettext_lazy("What changed is being written."),
    "closing": gettext_lazy("All is written; the import is being closed."),
}


def progress_of(job: Import) -> Progress:
    """How far the work on an import is, at this moment."""
    if job.state not in _WHAT:
        return Progress(_("Done."), 0, 100, "")
    headway, alive = headway_of(job)
    step = _STEPS.get(headway.step, "") if job.state == State.QUEUED else ""
    what = f"{_WHAT[State(job.state)]} {step}".strip()
    percent = min(99, 100 * headway.done // headway.total) if headway.total else None
    return Progress(
        what, headway.done, percent, who_is_at_it(alive=alive, attempts=headway.attempts, since=headway.since)
    )
