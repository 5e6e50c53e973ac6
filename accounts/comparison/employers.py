"""Where an account names the employer: for those whose rules forbid it (army, procuracy, police)."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from accounts import names
from accounts.agency_names import AgencyNames
from accounts.comparison.duties import Duties
from accounts.models import AgencyKind, EmployerNamed
from accounts.paths import ancestors

# Bodies named after a place: "Hà Tĩnh" names a province's people's committee only together with that word.
_OF_A_PLACE: Final = frozenset({AgencyKind.PROVINCE, AgencyKind.DISTRICT, AgencyKind.COMMUNE})

NOBODY: Final = names.Phrases(())


class Employers:
    """What each agency and those above it are called, ready to be looked for; kept between batches."""

    def __init__(self, known: AgencyNames, ordered: Duties) -> None:
        self.known = known
        self.ordered = ordered
        self.phrases = lru_cache(maxsize=60_000)(self._phrases)
        self._called = lru_cache(maxsize=60_000)(self._called_alone)

    def _phrases(self, path: str) -> names.Phrases:
        """The names of an agency and of those above it, up to the one its rule profile is attached to.

        That one is the head of what the profile is for: the Ministry of National Defence, whose own names
        then are the sector's words. Where no agency of the path has a profile there is nothing to look for:
        the default one leaves everybody free to show the employer.
        """
        steps = ancestors(path)
        top = self.ordered.profile_step(path)
        if top is None:
            return NOBODY
        return names.Phrases(text for agency_id in reversed(steps[top:]) for text in self._called(agency_id))

    def _called_alone(self, agency_id: int) -> list[str]:
        """The names of one agency that name it, wherever they stand."""
        of_a_place = self.known.by_id[agency_id].kind in _OF_A_PLACE
        texts = self.known.texts(agency_id)
        return [text for text in texts if not of_a_place or names.begins_like_body(text)]


_kept: Employers | None = None


def employers(known: AgencyNames, ordered: Duties) -> Employers:
    """The one for these names and profiles, made again only when either was read again."""
    global _kept  # noqa: PLW0603 - one copy a process, replaced as a whole
    if _kept is None or _kept.known is not known or _kept.ordered is not ordered:
        _kept = Employers(known, ordered)
    return _kept


@lru_cache(maxsize=20_000)
def _in_common_text(phrases: names.Phrases, text: str) -> bool:
    """Whether a text many accounts share (a notice, an agency) has one of the names."""
    return bool(phrases.in_text(text))


def judge_employer(
    *,
    phrases: names.Phrases,
    name_shown: str,
    full_name: str,
    handles: Sequence[str],
    disclaimer: str,
    agency_shown: str,
    shows_own: bool,
) -> EmployerNamed:
    """Where on an account the employer is named, as a mask.

    Args:
        phrases: the names to look for.
        name_shown: the name the account shows.
        full_name: the person's name on record; what is part of it is nobody's employer.
        handles: what the platform calls the account.
        disclaimer: the notice.
        agency_shown: the text in the agency field.
        shows_own: whether that text was read as the employer or a body above it.
    """
    found = EmployerNamed.NOWHERE
    if phrases is NOBODY:
        return found
    if phrases.in_text(name_shown, but=full_name):
        found |= EmployerNamed.NAME
    if any(phrases.in_handle(handle, but=full_name) for handle in handles):
        found |= EmployerNamed.HANDLE
    if _in_common_text(phrases, disclaimer):
        found |= EmployerNamed.DISCLAIMER
    if shows_own or _in_common_text(phrases, agency_shown):
        found |= EmployerNamed.AGENCY_FIELD
    return found
