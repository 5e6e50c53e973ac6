"""Every act on imports. An import is received, planned, then applied or discarded, and perhaps undone."""

from registry.intake.services.applying import apply, start_apply, start_undo, undo
from registry.intake.services.columns import look, read_by, say_header
from registry.intake.services.planning import plan, plan_accounts, plan_staff, receive, start
from registry.intake.services.tidying import (
    discard,
    forget,
    forget_if_possible,
    purge,
    refused_workbook,
)
from registry.intake.services.waiting import resume_waiting, work

__all__ = [
    "apply",
    "discard",
    "forget",
    "forget_if_possible",
    "look",
    "plan",
    "plan_accounts",
    "plan_staff",
    "purge",
    "read_by",
    "receive",
    "refused_workbook",
    "resume_waiting",
    "say_header",
    "start",
    "start_apply",
    "start_undo",
    "undo",
    "work",
]
