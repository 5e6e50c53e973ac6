"""The name an account shows against the name on record."""

import unicodedata

from accounts.names.disguise import disguises, drop_invisible, is_plain
from accounts.names.folding import APOSTROPHES, fold_apostrophes, ornaments, revealed, tidy, words
from accounts.names.matching import like_words, same_words
from accounts.names.press import looks_like_press
from accounts.names.readings import Reading, readings
from accounts.names.verdict import NameComparison, NameFlag, NameStep, NameVerdict

_EXACT = NameComparison(NameVerdict.SAME, NameStep.EXACT)
_LONGEST = 512
"""Characters that are looked at beyond plain equality; the longest legal names stay far below 100."""


def compare(shown: str, recorded: str) -> NameComparison:
    """Say whether the name shown is the name on record, which step decided, and what else was seen.

    `SAME`: letter for letter, or after folding code form, space, case, Đ, apostrophes, ornament, tone place,
    i/y, absent diacritics, title, agency, invisible and look-alike characters. `POSSIBLE`: other order, parts
    left out, nickname beside the name, initials; a person has to look. `MISSING`: nothing to be seen.
    Otherwise `DIFFERENT`. `SAME` does not depend on which side is which. Never raises, whatever the text.
    """
    if is_plain(shown):
        if shown == recorded:
            return _EXACT if shown.strip() else NameComparison(NameVerdict.MISSING, NameStep.NONE)
        if is_plain(recorded):
            return _compare_plain(shown, recorded)
    return _compare_any(shown, recorded)


def _compare_plain(shown: str, recorded: str) -> NameComparison:
    name = words(shown)
    if not name:
        return NameComparison(NameVerdict.MISSING, NameStep.NONE)
    step = same_words(name, words(recorded))
    if _is_same(step):
        return NameComparison(NameVerdict.SAME, NameStep.WHITE_SPACE if step == NameStep.EXACT else step)
    return _compare_readings(shown, recorded, NameFlag.NONE, NameStep.EXACT)


def _compare_any(shown: str, recorded: str) -> NameComparison:
    flags = _flags(shown)
    seen, own = revealed(shown), revealed(recorded)
    if not seen:
        return NameComparison(NameVerdict.MISSING, NameStep.NONE, flags)
    text_step = _text_step(shown, recorded)
    if seen == own:
        return NameComparison(NameVerdict.SAME, text_step, flags)
    return _compare_readings(seen, own, flags, text_step)


def _is_same(step: NameStep) -> bool:
    return NameStep.NONE < step < NameStep.ORDER


def _flags(shown: str) -> NameFlag:
    flags = NameFlag.NONE
    for disguise in disguises(tidy(shown)):
        flags |= NameFlag.LOOK_ALIKE if disguise.looks_like else NameFlag.INVISIBLE
    return flags


def _text_step(shown: str, recorded: str) -> NameStep:
    """The strongest folding of the texts as a whole that it takes before their words can be compared."""
    if shown == recorded:
        return NameStep.EXACT
    if unicodedata.normalize("NFC", shown) == unicodedata.normalize("NFC", recorded):
        return NameStep.UNICODE_FORM
    tidied = tidy(shown), tidy(recorded)
    if tidied[0] == tidied[1]:
        return NameStep.WHITE_SPACE
    visible = tidy(drop_invisible(shown)), tidy(drop_invisible(recorded))
    if visible[0] != visible[1] and visible != (revealed(shown), revealed(recorded)):
        return NameStep.LOOK_ALIKE
    hidden = any(not found.looks_like for text in tidied for found in disguises(text))
    return NameStep.INVISIBLE if hidden else NameStep.EXACT


def _compare_readings(seen: str, own: str, flags: NameFlag, text_step: NameStep) -> NameComparison:
    if max(len(seen), len(own)) > _LONGEST:
        return _compare_overlong(seen, own, flags, text_step)
    own_readings = tuple(readings(own))
    possible = NameComparison(NameVerdict.DIFFERENT, NameStep.NONE, flags)
    for left in readings(seen):
        for right in own_readings:
            step, is_same = _compare_reading(left, right)
            if is_same:
                beside = (
                    _sign_step(seen, own) if left.step == right.step == NameStep.EXACT else NameStep.EXACT
                )
                strongest = max(step, beside, text_step)
                return NameComparison(NameVerdict.SAME, strongest, flags | _press_beside(seen, left, right))
            if step and possible.verdict == NameVerdict.DIFFERENT:
                found = flags | _press_beside(seen, left, right)
                possible = NameComparison(NameVerdict.POSSIBLE, step, found)
    if possible.verdict == NameVerdict.DIFFERENT and looks_like_press(seen):
        return NameComparison(NameVerdict.DIFFERENT, NameStep.NONE, flags | NameFlag.PRESS_LIKE)
    return possible


def _compare_reading(left: Reading, right: Reading) -> tuple[NameStep, bool]:
    """The step that decides between two readings, and whether they are the same name."""
    step = same_words(left.name, right.name)
    if _is_same(step):
        if left.allows_same and right.allows_same:
            return max(step, left.step, right.step), True
        return right.step if left.allows_same else left.step, False
    return step or like_words(left.name, right.name), False


def _press_beside(seen: str, left: Reading, right: Reading) -> NameFlag:
    """A press word beside the name; the words of the name itself are accounted for (Bảo, Đài)."""
    if left.step == right.step == NameStep.EXACT:
        return NameFlag.NONE
    return NameFlag.PRESS_LIKE if looks_like_press(seen) else NameFlag.NONE


def _compare_overlong(seen: str, own: str, flags: NameFlag, text_step: NameStep) -> NameComparison:
    step = same_words(words(seen), words(own))
    if _is_same(step):
        return NameComparison(NameVerdict.SAME, max(step, text_step, _sign_step(seen, own)), flags)
    press = NameFlag.PRESS_LIKE if looks_like_press(seen) else NameFlag.NONE
    return NameComparison(NameVerdict.DIFFERENT, NameStep.NONE, flags | press)


def _sign_step(seen: str, own: str) -> NameStep:
    """The folding that the signs around the words need."""
    if is_plain(seen) and is_plain(own):
        return NameStep.EXACT
    signs = ornaments(seen), ornaments(own)
    if signs[0] == signs[1]:
        # Same signs, same words: what may still differ is the space about them (H' Hen, H'Hen).
        spacing = NameStep.APOSTROPHES if set(signs[0]) & set(APOSTROPHES) else NameStep.WHITE_SPACE
        return NameStep.EXACT if seen.split() == own.split() else spacing
    kept = [fold_apostrophes(sign).replace("'", "") for sign in signs]
    return NameStep.APOSTROPHES if kept[0] == kept[1] else NameStep.ORNAMENTS
