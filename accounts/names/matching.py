"""Two names word by word: the same words, or words that one person may well write for the other."""

from collections.abc import Iterator, Sequence

from accounts.names.folding import Syllable, syllable
from accounts.names.ordering import canonical_order
from accounts.names.verdict import NameStep

_ONSETS = frozenset({"ng", "ngh", "nh", "th", "tr", "ph", "kh", "gh", "gi", "ch", "qu"})
_VOWELS = frozenset("aeiouy")
_MOST_WORDS = 12
_MOST_INITIALS = 4

Words = Sequence[Syllable]


def word_step(left: Syllable, right: Syllable) -> NameStep:
    """The weakest folding under which two words are the same word; `NONE` when none makes them so.

    Diacritics are dropped only where one of the two words carries none at all: Hoang is Hoàng, but Hạnh is
    not Hành. Hoàng and Huỳnh, Vũ and Võ share no letters under any folding, and no table unites them: they
    are different legal names.
    """
    if left.i_y != right.i_y:
        dropped = left.bare == right.bare and (left.is_bare or right.is_bare)
        return NameStep.NO_DIACRITICS if dropped else NameStep.NONE
    if left.raw == right.raw:
        return NameStep.EXACT
    if left.cased == right.cased:
        return NameStep.CASE
    if left.d_united == right.d_united:
        return NameStep.D_LETTERS
    return NameStep.TONE_PLACEMENT if left.tone_placed == right.tone_placed else NameStep.I_Y


def same_words(shown: Words, recorded: Words) -> NameStep:
    """The folding under which two names are the same words in the same order; `NONE` when none makes them so.

    A name written wholly without diacritics is the same name, on either side. In a name that has some, a bare
    word folds only if Vietnamese spelling cannot mean it bare (Nguyen, Duc: the marks were lost). Otherwise
    "Trần Thị Hoa" shown for "Trần Thị Hòa" is a slip or another woman: `SOME_DIACRITICS`, a person has to
    look. The other way round, "Hòa" shown for a recorded "Hoa", it contradicts the record.
    """
    if len(shown) != len(recorded):
        return NameStep.NONE
    strongest = NameStep.NONE
    dropped = []
    for word, own in zip(shown, recorded, strict=True):
        step = word_step(word, own)
        if not step:
            return NameStep.NONE
        if step == NameStep.NO_DIACRITICS:
            dropped.append((word, own))
        strongest = max(strongest, step)
    if not dropped or _all_bare(shown) or _all_bare(recorded):
        return strongest
    doubtful = [word for word, own in dropped if not (word.lost_marks or own.lost_marks)]
    if not doubtful:
        return strongest
    return NameStep.SOME_DIACRITICS if _all_bare(doubtful) else NameStep.NONE


def _all_bare(name: Words) -> bool:
    return all(word.is_bare for word in name)


def like_words(shown: Words, recorded: Words) -> NameStep:
    """The step that makes a shown name a possible writing of the recorded one; `NONE` when none does.

    The given name must be there, whole: "Nguyễn Anh" can be Nguyễn Thị Kim Anh but not Nguyễn Anh Tuấn;
    "Nguyễn Văn A." names nobody. Two words at least: a bare "Hoa" fits a hundred people and is therefore
    different. Words the record does not have make another name. Only orders people use count (turned round,
    given name first): "Lê Anh Minh" is not Lê Minh Anh.
    """
    shown = tuple(_initials_apart(shown))
    if _all_bare(recorded):
        shown = tuple(syllable(word.bare) for word in shown)
    if len(shown) > _MOST_WORDS or len(recorded) > _MOST_WORDS:
        return NameStep.NONE
    if len(shown) == len(recorded) > 1:
        step = _same_length(shown, recorded)
    elif 1 < len(shown) < len(recorded):
        step = _shorter(shown, canonical_order(recorded))
    else:
        step = NameStep.NONE
    if step == NameStep.NONE and len(shown) != len(recorded) and _joined(shown, recorded):
        return NameStep.JOINED
    return step


def _same_length(shown: Words, recorded: Words) -> NameStep:
    name = canonical_order(recorded)
    given = name[-1]
    if _all_match(shown, recorded, given):
        return NameStep.INITIALS if _any_initial(shown, recorded) else NameStep.SOME_DIACRITICS
    for order in _orders(name):
        if _all_match(shown, order, given):
            return NameStep.INITIALS if _any_initial(shown, order) else NameStep.ORDER
    return NameStep.NONE


def _orders(name: Words) -> Iterator[Words]:
    yield name[::-1]
    for start in range(len(name)):
        yield (*name[start:], *name[:start])
    yield (name[-1], *name[1:-1], name[0])


def _shorter(shown: Words, name: Words) -> NameStep:
    family, middle, given = name[0], name[1:-1], name[-1]
    for first, inner, last, step in (
        (family, middle, given, NameStep.MIDDLE_MISSING),
        (given, middle, family, NameStep.GIVEN_FAMILY),
        (given, middle[::-1], family, NameStep.GIVEN_FAMILY),
    ):
        ends = _match(shown[0], first, given) and _match(shown[-1], last, given)
        if ends and _is_part(shown[1:-1], inner, given):
            whole = all(any(_is_word(word, own) for own in name) for word in shown)
            return step if whole else NameStep.INITIALS
    return _shorter_rotated(shown, name)


def _shorter_rotated(shown: Words, name: Words) -> NameStep:
    family, middle, given = name[0], name[1:-1], name[-1]
    # Văn An Nguyễn with a middle word dropped; An Nguyễn Văn likewise; Kim Thúy without the family name.
    if (
        _match(shown[-1], family, given)
        and _match(shown[-2], given, given)
        and _is_part(shown[:-2], middle, given)
    ):
        return NameStep.GIVEN_FAMILY
    if (
        _match(shown[0], given, given)
        and _match(shown[1], family, given)
        and _is_part(shown[2:], middle, given)
    ):
        return NameStep.GIVEN_FAMILY
    if _match(shown[-1], given, given) and _is_part(shown[:-1], middle, given):
        whole = all(any(_is_word(word, own) for own in middle) for word in shown[:-1])
        return NameStep.FAMILY_MISSING if whole else NameStep.INITIALS
    return NameStep.NONE


def _is_word(shown: Syllable, own: Syllable) -> bool:
    step = word_step(shown, own)
    return step != NameStep.NONE and (step != NameStep.NO_DIACRITICS or shown.is_bare or own.lost_marks)


def _match(shown: Syllable, own: Syllable, given: Syllable) -> bool:
    return _is_word(shown, own) or (own is not given and is_initial(shown, own))


def _all_match(shown: Words, order: Words, given: Syllable) -> bool:
    return all(_match(word, own, given) for word, own in zip(shown, order, strict=True))


def _any_initial(shown: Words, order: Words) -> bool:
    return not all(map(_is_word, shown, order))


def _is_part(shown: Words, middle: Words, given: Syllable) -> bool:
    """Whether the words are some of the middle words, in their order."""
    rest = iter(middle)
    return all(any(_match(word, own, given) for own in rest) for word in shown)


def is_initial(short: Syllable, word: Syllable) -> bool:
    """Whether one word abbreviates the other: its first letter, or the consonants it opens with (Ng.)."""
    letters = short.tone_placed[:-1]
    if len(letters) > 1 and letters not in _ONSETS:
        return False
    if short.is_bare:
        return word.bare != short.bare and word.bare.startswith(letters)
    return word.tone_placed[:-1] != letters and word.tone_placed.startswith(letters)


def _initials_apart(name: Words) -> Iterator[Syllable]:
    """NV An as N, V, An: capitals without a vowel that are no single onset."""
    for word in name:
        if (
            word.raw.isupper()
            and 1 < len(word.raw) <= _MOST_INITIALS
            and not _VOWELS & set(word.bare)
            and word.bare not in _ONSETS
        ):
            yield from map(syllable, word.raw)
        else:
            yield word


def _joined(shown: Words, recorded: Words) -> bool:
    if "".join(word.d_united for word in shown) == "".join(word.d_united for word in recorded):
        return True
    bare = "".join(word.bare for word in shown) == "".join(word.bare for word in recorded)
    return bare and (_all_bare(shown) or _all_bare(recorded))
