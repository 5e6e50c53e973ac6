"""Message catalogues, compiled without GNU tools.

Each part of the code keeps its translations in `locale/parts/<part>.po`; together with
`locale/<language>/LC_MESSAGES/django.po`, where there is one, they become the one `django.mo` Django reads.
"""

import io
import os
import re
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

LANGUAGE = "vi"
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")


def build_catalogues(locale: Path, *, language: str = LANGUAGE) -> list[str]:
    """Merge and compile; return what is wrong with the sources (a message's first translation stands)."""
    target = locale / language / "LC_MESSAGES" / "django.mo"
    sources = [*sorted((locale / "parts").glob("*.po")), *sorted(target.parent.glob("django.po"))]
    catalogue = Catalog(locale=language, charset="utf-8", fuzzy=False)
    problems: list[str] = []
    said_by: dict[object, str] = {}
    for source in sources:
        try:
            with source.open("rb") as lines:
                part = read_po(lines, locale=language, charset="utf-8", abort_invalid=True)
        except (PoFileError, UnicodeDecodeError) as error:
            problems.append(f"{source.name}: cannot be read ({error})")
            continue
        for message in part:
            if message.id:
                problems += _add(catalogue, message, source.name, said_by)
    if sources:
        _write(catalogue, target)
    return problems


def _add(catalogue: Catalog, message: Message, source: str, said_by: dict[object, str]) -> list[str]:
    key = (message.context, message.id)
    if not message.string or message.fuzzy:
        return [f"{source}: {message.id!r} has no translation"]
    standing = catalogue.get(message.id, message.context)
    if standing is not None:
        if standing.string == message.string:
            return []
        return [f"{source}: {message.id!r} is translated otherwise in {said_by[key]}"]
    said_by[key] = source
    catalogue.add(message.id, message.string, flags=message.flags, context=message.context)
    if isinstance(message.id, str) and isinstance(message.string, str):
        differing = set(_PLACEHOLDER.findall(message.id)) ^ set(_PLACEHOLDER.findall(message.string))
        if differing:
            return [f"{source}: {message.id!r} and its translation differ in {', '.join(sorted(differing))}"]
    return []


def _write(catalogue: Catalog, target: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    if target.exists() and target.read_bytes() == compiled.getvalue():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and moved: a server that starts meanwhile never reads half a file.
    descriptor, draft = tempfile.mkstemp(dir=target.parent, suffix=".mo.new")
    with os.fdopen(descriptor, "wb") as file:
        file.write(compiled.getvalue())
    Path(draft).chmod(0o644)
    Path(draft).replace(target)


if __name__ == "__main__":
    for problem in build_catalogues(Path(__file__).resolve().parents[1] / "locale"):
        sys.stderr.write(f"{problem}\n")
