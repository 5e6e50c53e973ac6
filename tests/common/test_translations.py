"""Translations remembered while one language is spoken."""

from django.utils import translation
from django.utils.translation import gettext_lazy

from common.translations import gettext, once, one_language

_WORD = gettext_lazy("Full name")


def test_gettext_outside_a_block_follows_the_language():
    with translation.override("vi"):
        vietnamese = gettext("Full name")
    with translation.override("en"):
        assert gettext("Full name") == "Full name" != vietnamese


def test_gettext_in_a_block_says_what_django_says_and_forgets_it_afterwards():
    with translation.override("vi"), one_language():
        assert gettext("Full name") == gettext("Full name") == translation.gettext("Full name")
    with translation.override("en"), one_language():
        assert gettext("Full name") == "Full name"


def test_once_makes_a_text_once_in_a_block_and_each_time_outside():
    made: list[str] = []

    def make() -> object:
        made.append("again")
        return _WORD

    with translation.override("vi"):
        texts = {once("word", make), once("word", make)}
        with one_language():
            texts |= {once("word", make), once("word", make)}

    assert len(texts) == 1
    assert len(made) == 3
