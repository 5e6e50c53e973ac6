"""What the area's pages say of findings and runs, in words and looks."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy

from registry.exports.selectors import IN_LINE, state_words
from registry.findings.models import Run, State
from registry.rules.legal import ARTICLES

AS_OF = gettext_lazy("As of the end of")
RUN_LOOKS = {
    Run.State.RUNNING: "wait",
    Run.State.DONE: "ok",
    Run.State.INCOMPLETE: "bad",
    Run.State.INTERRUPTED: "attention",
}


@dataclass(frozen=True, slots=True)
class Status:
    """A state in words, and how it looks; colour is never alone."""

    text: str
    kind: str


def status_of(state: str, cause: str = "", article: str = "") -> Status:
    """How a line or a finding stands."""
    known = ARTICLES.get(article)
    violation = known is not None and known.source.own_regulation
    kinds = {
        State.OPEN.value: "bad" if violation else "attention",
        State.UNCHECKED.value: "neutral",
        State.RESOLVED.value: "ok",
        State.WAIVED.value: "neutral",
        IN_LINE: "ok",
    }
    return Status(state_words(state, cause, article), kinds.get(state, "wait"))
