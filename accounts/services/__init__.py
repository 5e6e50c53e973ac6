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
    strike_regulation,
)
from accounts.services.conduct import accept_code
from accounts.services.given_back import TakenOver, pages_taken_over
from accounts.services.identifiers import record_handle, record_permanent_id, strike_permanent_id
from accounts.services.incidents import close_incident, log_notice, report_incident
from accounts.services.moving import move_people, undo_move
from accounts.services.officials import amend_official, branch_of, end_nil, record_nil, record_official
from accounts.services.pages import PageStatement, confirm_fake, state_page, withdraw_fake
from accounts.services.photos import drop_unused_photos, keep_photo
from accounts.services.portals import fit_portal
from accounts.services.reorganising import cancel_merger, carry_out_due, merge_agency, undo_merger

__all__ = [
    "PageStatement",
    "Statement",
    "TakenOver",
    "accept_code",
    "account_for",
    "amend_agency",
    "amend_official",
    "branch_of",
    "cancel_merger",
    "carry_out_due",
    "close",
    "close_incident",
    "confirm",
    "confirm_fake",
    "create_agency",
    "drop_unused_photos",
    "end_nil",
    "enter",
    "find_account",
    "fit_portal",
    "hold_account",
    "keep_photo",
    "log_notice",
    "merge_agency",
    "move_agency",
    "move_people",
    "owner_of",
    "pages_taken_over",
    "propose",
    "record_handle",
    "record_nil",
    "record_official",
    "record_permanent_id",
    "record_regulation",
    "record_succession",
    "report_incident",
    "state_facts",
    "state_page",
    "strike_permanent_id",
    "strike_regulation",
    "transfer",
    "undo_merger",
    "undo_move",
    "withdraw_fake",
    "withdraw_proposal",
]
