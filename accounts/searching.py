"""People found by what somebody types: words of a name without diacritics, or a staff code."""

from django.contrib.postgres.search import SearchQueryField
from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import Cast, Upper

from accounts.models import NameWords, Official
from accounts.names import search_key

_CODES = 100  # officials of one staff code: each branch numbers its own


class _Found(Func):
    """Whether words are found by a query."""

    arg_joiner = " @@ "
    template = "(%(expressions)s)"
    arity = 2
    output_field = BooleanField()


class _Reads(Func):
    """Whether a word of a key begins with a text, told by reading the key."""

    template = "(strpos(' ' || %(expressions)s) > 0)"
    arity = 2
    output_field = BooleanField()


def typed(text: str, *, read: bool = False) -> Q:
    """The condition on records of officials that a person is meant by a text.

    A text with a digit is the beginning of a staff code, in any case. Of any other, each word begins a word
    of the name, diacritics aside ("ng lan" is Nguyễn Thị Lan); or the whole is a staff code. A text without
    a letter or a digit means nobody, "" everybody.

    Args:
        text: what was typed.
        read: whether names are to be read, one after the other: where few are, or common names among them.
            Else they are looked up by their words, which takes the longer the more people bear them.
    """
    text = text.strip()
    if not text:
        return Q()
    if any(char.isdigit() for char in text):
        return Q(official__staff_code__istartswith=text)
    words = search_key(text).split()
    if not words:
        return Q(pk__in=())
    # Looked up first: with two tables in one "or", no index would serve.
    codes = Official.objects.alias(typed=Upper("staff_code")).filter(typed=text.upper())
    if read:
        named = Q(*(_Reads(F("search_key"), Value(f" {word}")) for word in words))
    else:
        named = Q(_Found(NameWords(F("search_key")), Cast(Value(_beginnings(words)), SearchQueryField())))
    coded = list(codes.values_list("pk", flat=True)[:_CODES])
    return named | Q(official__in=coded) if coded else named


def _beginnings(words: list[str]) -> str:
    """The query for names in which each of these begins a word."""
    quoted = (word.replace("\\", "\\\\").replace("'", "''") for word in words)
    return " & ".join(f"'{word}':*" for word in quoted)
