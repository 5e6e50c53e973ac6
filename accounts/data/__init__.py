"""The register's own data files, and their readers: plain Python, no database.

Facts, sources and doubts: docs/data.md.
"""

from accounts.data.name_model import Gender, NameGenerator, name_model
from accounts.data.seeds import (
    AgencySeed,
    FormerName,
    Kind,
    SuccessionKind,
    SuccessionSeed,
    agency_tree,
    department_code,
    successions,
)
from accounts.data.territories import Territory, territories

__all__ = [
    "AgencySeed",
    "FormerName",
    "Gender",
    "Kind",
    "NameGenerator",
    "SuccessionKind",
    "SuccessionSeed",
    "Territory",
    "agency_tree",
    "department_code",
    "name_model",
    "successions",
    "territories",
]
