"""Every act on declarations. Each writes its step and its audit event in its own transaction."""

from registry.declarations.services.closing import close_account, confirm_entry, declare_nil
from registry.declarations.services.decisions import approve, decide_dispute, return_
from registry.declarations.services.drafts import save_draft, submit, withdraw
from registry.declarations.services.identifiers import (
    permanent_id_of,
    record_handle,
    record_permanent_id,
    state_permanent_id,
    strike_permanent_id,
)
from registry.declarations.services.incidents import (
    accept_code,
    close_incident,
    log_notice,
    report_incident,
)
from registry.declarations.services.news import (
    News,
    PageNews,
    take_news,
    take_page_news,
    take_reported,
)
from registry.declarations.services.opening import leave_case, open_case
from registry.declarations.services.page_decisions import (
    approve_page,
    decide_page_dispute,
    return_page,
)
from registry.declarations.services.page_statements import PageSaid, page_refusals, portal_unrecorded
from registry.declarations.services.pages import (
    ask_to_close_page,
    confirm_fake,
    confirm_page,
    put_page_forward,
    put_page_forward_again,
    withdraw_fake,
    withdraw_page,
)
from registry.declarations.services.registration import (
    Registration,
    record_registrations,
    register_on_behalf,
    undo_registrations,
)

__all__ = [
    "News",
    "PageNews",
    "PageSaid",
    "Registration",
    "accept_code",
    "approve",
    "approve_page",
    "ask_to_close_page",
    "close_account",
    "close_incident",
    "confirm_entry",
    "confirm_fake",
    "confirm_page",
    "decide_dispute",
    "decide_page_dispute",
    "declare_nil",
    "leave_case",
    "log_notice",
    "open_case",
    "page_refusals",
    "permanent_id_of",
    "portal_unrecorded",
    "put_page_forward",
    "put_page_forward_again",
    "record_handle",
    "record_permanent_id",
    "record_registrations",
    "register_on_behalf",
    "report_incident",
    "return_",
    "return_page",
    "save_draft",
    "state_permanent_id",
    "strike_permanent_id",
    "submit",
    "take_news",
    "take_page_news",
    "take_reported",
    "undo_registrations",
    "withdraw",
    "withdraw_fake",
    "withdraw_page",
]
