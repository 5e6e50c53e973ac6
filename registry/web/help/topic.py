"""What help for a page is made of, and the words that pages of several areas share."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from registry.web.help.glossary import GLOSSARY, Term

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Topic:
    """Help for a page: a few sentences, and the words worth looking up."""

    text: "StrPromise"
    words: tuple[str, ...] = ()

    @property
    def terms(self) -> list[Term]:
        """The words as the glossary has them."""
        return [term for term in GLOSSARY if term.code in self.words]


PERSON = Topic(
    _(
        "One person: the staff record, what they declared, and what was found. Opening this page is noted,"
        " and the person can see that you did."
    ),
    ("account", "unconfirmed", "finding", "nil"),
)
ONE_FINDING = Topic(
    _(
        "What was compared, which text it rests on and how strongly that speaks, and everything that"
        " happened to this finding since it first opened."
    ),
    ("finding", "force", "waiver", "contest"),
)
