"""The one table of what may become of a declaration. Whatever is not in it is refused."""

from django.utils.translation import gettext_lazy as _

from common.errors import ConflictError
from registry.declarations.states import Act, State

TRANSITIONS: dict[tuple[State, Act], State] = {
    (State.DRAFT, Act.SAVE): State.DRAFT,
    (State.DRAFT, Act.SUBMIT): State.SUBMITTED,
    (State.DRAFT, Act.CLAIM): State.DISPUTED,
    (State.DRAFT, Act.WITHDRAW): State.WITHDRAWN,
    (State.SUBMITTED, Act.APPROVE): State.APPROVED,
    (State.SUBMITTED, Act.CONTEST): State.DISPUTED,
    (State.SUBMITTED, Act.RETURN): State.RETURNED,
    (State.SUBMITTED, Act.WITHDRAW): State.WITHDRAWN,
    (State.RETURNED, Act.SAVE): State.RETURNED,
    (State.RETURNED, Act.SUBMIT): State.SUBMITTED,
    (State.RETURNED, Act.CLAIM): State.DISPUTED,
    (State.RETURNED, Act.WITHDRAW): State.WITHDRAWN,
    (State.DISPUTED, Act.GIVE): State.APPROVED,
    (State.DISPUTED, Act.KEEP): State.REJECTED,
    (State.DISPUTED, Act.WITHDRAW): State.WITHDRAWN,
    (State.DISPUTED, Act.UNDO): State.WITHDRAWN,
    (State.APPROVED, Act.UNDO): State.WITHDRAWN,
}


def after(state: State | str, act: Act) -> State:
    """The state an act leads to.

    Raises:
        ConflictError: `not_now`, when the act is not possible in this state.
    """
    try:
        return TRANSITIONS[State(state), act]
    except KeyError:
        raise ConflictError(
            "not_now",
            _("This cannot be done now: the declaration is “%(state)s”.") % {"state": State(state).label},
            {"state": str(state)},
        ) from None


def possible(state: State | str) -> set[Act]:
    """The acts the table allows in a state; whether this person may do them is in `policies`."""
    return {act for (start, act) in TRANSITIONS if start == state}
