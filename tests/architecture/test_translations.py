"""Every sentence of the interface has a Vietnamese one, and no translation is left without its sentence."""

import io
from collections.abc import Iterator
from pathlib import Path

import django
import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from registry.rules.catalogue import catalogue
from registry.web.law.rules import paragraphs

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("common", "accounts", "registry", "stack")
KEYWORDS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def sources() -> Iterator[tuple[Path, bytes]]:
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path, path.read_bytes()
        for path in sorted((ROOT / room).rglob("*.html")):
            yield path, templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()


def said() -> dict[tuple[str | None, str], str]:
    """Every message of the code → where it stands."""
    found: dict[tuple[str | None, str], str] = {}
    for path, text in sources():
        for line, message, _comments, context in extract(
            "python", io.BytesIO(text), keywords=KEYWORDS, options={"encoding": "utf-8"}
        ):
            singular = message[0] if isinstance(message, tuple) else message
            if singular:
                found[context, singular] = f"{path.relative_to(ROOT)}:{line}"
    for rule in catalogue():  # a rule's docstring is shown to people, sentence by sentence
        for paragraph in paragraphs(rule.explanation):
            found[None, paragraph] = rule.code
    return found


def _singular(forms: str | list[str] | tuple[str, ...]) -> str:
    return forms if isinstance(forms, str) else forms[0]


def django_says() -> set[str]:
    """Django's own sentences, a few of which the register words better."""
    found: set[str] = set()
    for source in Path(django.__file__).parent.rglob("locale/en/LC_MESSAGES/django.po"):
        with source.open("rb") as lines:
            for message in read_po(lines, locale="en"):
                found.add(_singular(message.id))
    return found


def translated() -> dict[tuple[str | None, str], str]:
    """Every message of the catalogue → its translation."""
    found: dict[tuple[str | None, str], str] = {}
    for source in (ROOT / "locale").rglob("*.po"):
        with source.open("rb") as lines:
            for message in read_po(lines, locale="vi"):
                if message.id:
                    found[message.context, _singular(message.id)] = (
                        "" if message.fuzzy else _singular(message.string or "")
                    )
    return found


def test_every_sentence_has_its_vietnamese():
    catalogue = translated()
    missing = {where: key for key, where in said().items() if not catalogue.get(key)}
    assert not missing


def test_no_translation_is_left_over():
    theirs = django_says()
    ours = {key for key in translated() if key[1] not in theirs}
    left_over = ours - set(said())
    assert not left_over


@pytest.mark.parametrize("sentence", ["Confirmed", "zzz no such sentence"])
def test_the_search_finds_what_is_there_and_nothing_else(sentence: str):
    assert ((None, sentence) in said()) == (sentence != "zzz no such sentence")
