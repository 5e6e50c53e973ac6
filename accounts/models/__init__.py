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
    AgencyComparison,
    AgencyVerdict,
    Comparison,
    ContactVerdict,
    DisclaimerVerdict,
    EmployerNamed,
    HandleVerdict,
    LinkVerdict,
    OfficialComparison,
    OwnerStatus,
    PhotoVerdict,
    RecordGap,
    StandingCode,
)
from accounts.models.conduct import CodeAcceptance
from accounts.models.coverage import AgencyCoverage
from accounts.models.incident import Incident, IncidentKind, Notice, Outcome
from accounts.models.moving import PeopleMove
from accounts.models.official import (
    GONE,
    Category,
    NameWords,
    NilReturn,
    Official,
    OfficialRecord,
    Status,
)
from accounts.models.past import PastProposal
from accounts.models.photo import Likeness, Photo
from accounts.models.reorganisation import Reorganisation, UnitsGo

__all__ = [
    "GONE",
    "Account",
    "AccountIdentifier",
    "Agency",
    "AgencyComparison",
    "AgencyCoverage",
    "AgencyKind",
    "AgencyRecord",
    "AgencyVerdict",
    "Category",
    "CodeAcceptance",
    "Comparison",
    "ContactVerdict",
    "DeclaredFacts",
    "DisclaimerVerdict",
    "EmployerNamed",
    "Entry",
    "HandleVerdict",
    "Incident",
    "IncidentKind",
    "Likeness",
    "LinkVerdict",
    "NameWords",
    "NilReturn",
    "Notice",
    "Official",
    "OfficialComparison",
    "OfficialRecord",
    "Outcome",
    "OwnerStatus",
    "Ownership",
    "PastProposal",
    "PeopleMove",
    "Photo",
    "PhotoVerdict",
    "Proposal",
    "RecordGap",
    "Regulation",
    "Reorganisation",
    "Standing",
    "StandingCode",
    "Status",
    "Succession",
    "SuccessionKind",
    "UnitsGo",
]
