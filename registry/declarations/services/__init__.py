"""Every act on declarations. Each writes its step and its audit event in its own transaction."""

from registry.declarations.services.closing import close_account, confirm_entry, declare_nil
from registry.declarations.services.decisions import approve, decide_dispute, return_
from registry.declarations.services.drafts import save_draft, submit, withdraw
from registry.declarations.services.news import News, take_news
from registry.declarations.services.registration import (
    Registration,
    record_registrations,
    register_on_behalf,
    undo_registrations,
)

__all__ = [
    "News",
    "Registration",
    "approve",
    "close_account",
    "confirm_entry",
    "decide_dispute",
    "declare_nil",
    "record_registrations",
    "register_on_behalf",
    "return_",
    "save_draft",
    "submit",
    "take_news",
    "undo_registrations",
    "withdraw",
]
