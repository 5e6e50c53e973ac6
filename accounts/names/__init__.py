"""Names of people: stored as written, compared by folding.

The public face of this package; its modules are not imported from outside.
"""

from accounts.names.bodies import begins_like_body, is_acronym, looks_like_body
from accounts.names.comparing import compare
from accounts.names.differing import Piece, differences
from accounts.names.disguise import Disguise, disguises
from accounts.names.folding import fold, search_key, tidy
from accounts.names.imitating import (
    Asked,
    Likeness,
    asked,
    likeness,
    neighbourhood,
    place_spelling,
    spellings,
    ways,
)
from accounts.names.marking import as_read, reads_same, written_openly
from accounts.names.ordering import list_keys, sort_key
from accounts.names.phrases import Phrases
from accounts.names.press import looks_like_press
from accounts.names.verdict import NameComparison, NameFlag, NameStep, NameVerdict

__all__ = [
    "Asked",
    "Disguise",
    "Likeness",
    "NameComparison",
    "NameFlag",
    "NameStep",
    "NameVerdict",
    "Phrases",
    "Piece",
    "as_read",
    "asked",
    "begins_like_body",
    "compare",
    "differences",
    "disguises",
    "fold",
    "is_acronym",
    "likeness",
    "list_keys",
    "looks_like_body",
    "looks_like_press",
    "neighbourhood",
    "place_spelling",
    "reads_same",
    "search_key",
    "sort_key",
    "spellings",
    "tidy",
    "ways",
    "written_openly",
]
