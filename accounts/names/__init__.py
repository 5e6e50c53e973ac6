"""Names of people: stored as written, compared by folding.

The public face of this package; its modules are not imported from outside.
"""

from accounts.names.comparing import compare
from accounts.names.disguise import Disguise, disguises
from accounts.names.folding import fold, search_key, tidy
from accounts.names.ordering import list_keys, sort_key
from accounts.names.press import looks_like_press
from accounts.names.verdict import NameComparison, NameFlag, NameStep, NameVerdict

__all__ = [
    "Disguise",
    "NameComparison",
    "NameFlag",
    "NameStep",
    "NameVerdict",
    "compare",
    "disguises",
    "fold",
    "list_keys",
    "looks_like_press",
    "search_key",
    "sort_key",
    "tidy",
]
