"""Every sentence of the pages has its Vietnamese."""

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po
from django.conf import settings

WEB = Path(settings.BASE_DIR) / "registry" / "web"
KEYWORDS = dict.fromkeys(("_", "gettext", "gettext_lazy"))
KEYWORDS_PLURAL = {"ngettext": (1, 2), "ngettext_lazy": (1, 2)}
TRANSLATE = re.compile(r"""\{%-?\s*translate\s+(?:"([^"]*)"|'([^']*)')""")
BLOCK = re.compile(r"\{%\s*blocktranslate\b[^%]*%\}(.*?)\{%\s*endblocktranslate\s*%\}", re.DOTALL)
VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def sentences(path: Path) -> set[str]:
    if path.suffix == ".py":
        found = extract_from_file("python", str(path), keywords=KEYWORDS | KEYWORDS_PLURAL)
        return {message if isinstance(message, str) else message[0] for _line, message, *_rest in found}
    text = path.read_text()
    blocks = {VARIABLE.sub(r"%(\1)s", part) for block in BLOCK.findall(text) for part in _numbers(block)}
    return {double or single for double, single in TRANSLATE.findall(text)} | blocks


def _numbers(block: str) -> list[str]:
    return re.split(r"\{%\s*plural\s*%\}", block)[:1]


@pytest.fixture(scope="module")
def known() -> set[str]:
    found = set()
    for path in sorted((Path(settings.BASE_DIR) / "locale" / "parts").glob("*.po")):
        with path.open("rb") as lines:
            for message in read_po(lines):
                if message.id and message.string:
                    found.add(message.id if isinstance(message.id, str) else message.id[0])
    return found


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(WEB.rglob("*")) if path.suffix in {".py", ".html"}],
    ids=lambda path: str(path.relative_to(WEB)),
)
def test_every_sentence_of_a_page_has_its_vietnamese(path: Path, known: set[str]):
    assert sentences(path) - known == set()
