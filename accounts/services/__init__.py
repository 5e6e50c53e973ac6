"""The only writer of the book."""

from accounts.services.accounts import (
    Statement,
    account_for,
    close,
    confirm,
    enter,
    find_account,
    hold_account,
    owner_of,
    propose,
    state_facts,
    transfer,
    withdraw_proposal,
)
from accounts.services.agencies import (
    amend_agency,
    create_agency,
    move_agency,
    record_regulation,
    record_succession,
)
from accounts.services.officials import amend_official, branch_of, end_nil, record_nil, record_official
from accounts.services.photos import drop_unused_photos, keep_photo

__all__ = [
    "Statement",
    "account_for",
    "amend_agency",
    "amend_official",
    "branch_of",
    "close",
    "confirm",
    "create_agency",
    "drop_unused_photos",
    "end_nil",
    "enter",
    "find_account",
    "hold_account",
    "keep_photo",
    "move_agency",
    "owner_of",
    "propose",
    "record_nil",
    "record_official",
    "record_regulation",
    "record_succession",
    "state_facts",
    "transfer",
    "withdraw_proposal",
]
