"""Keeps the comparison tables true: what is shown against what is on record.

Derived and rebuildable: the same function makes a row afresh after a change and in the weekly rebuild, and
says how many rows came out different, so that "rebuilt, and no difference" is the proof that nothing was
missed.
"""

from accounts.comparison.accounts import accounts_otherwise, refresh_accounts
from accounts.comparison.agencies import refresh_agencies
from accounts.comparison.branches import Part, add_up_branches, parts_of, recount_branches, whole
from accounts.comparison.coverage import recount
from accounts.comparison.handles import NAMING, pages_alike
from accounts.comparison.marks import Refreshed, learn_sizes, refresh_marked
from accounts.comparison.officials import officials_otherwise, refresh_officials
from accounts.comparison.pages import pages_between, refresh_pages
from accounts.comparison.stale import stale_accounts, stale_officials
from accounts.comparison.trial import tried
from accounts.comparison.verdicts import CODE_VERSION

__all__ = [
    "CODE_VERSION",
    "NAMING",
    "Part",
    "Refreshed",
    "accounts_otherwise",
    "add_up_branches",
    "learn_sizes",
    "officials_otherwise",
    "pages_alike",
    "pages_between",
    "parts_of",
    "recount",
    "recount_branches",
    "refresh_accounts",
    "refresh_agencies",
    "refresh_marked",
    "refresh_officials",
    "refresh_pages",
    "stale_accounts",
    "stale_officials",
    "tried",
    "whole",
]
