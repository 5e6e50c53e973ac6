"""The book's tables. An identity stays the same; a record is what was held about it, from when to when."""

from accounts.models.account import (
    Account,
    AccountIdentifier,
    DeclaredFacts,
    Entry,
    Ownership,
    Proposal,
    Standing,
)
from accounts.models.agency import (
    Agency,
    AgencyKind,
    AgencyRecord,
    Regulation,
    Succession,
    SuccessionKind,
)
from accounts.models.comparison import (
    AgencyVerdict,
    Comparison,
    DisclaimerVerdict,
    OfficialComparison,
    OwnerStatus,
    PhotoVerdict,
    StandingCode,
)
from accounts.models.official import GONE, Category, NilReturn, Official, OfficialRecord, Status
from accounts.models.photo import Likeness, Photo

__all__ = [
    "GONE",
    "Account",
    "AccountIdentifier",
    "Agency",
    "AgencyKind",
    "AgencyRecord",
    "AgencyVerdict",
    "Category",
    "Comparison",
    "DeclaredFacts",
    "DisclaimerVerdict",
    "Entry",
    "Likeness",
    "NilReturn",
    "Official",
    "OfficialComparison",
    "OfficialRecord",
    "OwnerStatus",
    "Ownership",
    "Photo",
    "PhotoVerdict",
    "Proposal",
    "Regulation",
    "Standing",
    "StandingCode",
    "Status",
    "Succession",
    "SuccessionKind",
]
