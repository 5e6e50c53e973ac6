"""The only writer of logins, invitations and roles."""

from registry.users.services.invitations import (
    Invited,
    invite,
    invite_branch,
    is_address,
    open_invitation,
    take_letters,
    withdraw_invitation,
)
from registry.users.services.lists import delete_list, save_list
from registry.users.services.logins import (
    activate,
    choose_language,
    create_login,
    machine_login,
    suggest_login,
)
from registry.users.services.looks import remember_look
from registry.users.services.roles import end_grant, grant_role

__all__ = [
    "Invited",
    "activate",
    "choose_language",
    "create_login",
    "delete_list",
    "end_grant",
    "grant_role",
    "invite",
    "invite_branch",
    "is_address",
    "machine_login",
    "open_invitation",
    "remember_look",
    "save_list",
    "suggest_login",
    "take_letters",
    "withdraw_invitation",
]
