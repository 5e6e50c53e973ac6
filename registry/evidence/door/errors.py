"""What the door says when it does not bring a page."""

from registry.evidence.causes import Cause


class DoorError(Exception):
    """The page was not brought; why, and how far the door came.

    Args:
        cause: a code of the closed list.
        final: the address that was being asked when it ended, "" for none.
        peer: the network address last connected to, "" for none.
        status: the last HTTP status, None where no answer came.
    """

    def __init__(self, cause: Cause, *, final: str = "", peer: str = "", status: int | None = None) -> None:
        super().__init__(cause.value)
        self.cause = cause
        self.final = final
        self.peer = peer
        self.status = status
