"""The compliance list as COPY gives it: PostgreSQL writes while the lines before are being worded.

The same statement as the list on the screen. Through a cursor the two would wait for each other, and every
cell would be made into an object only to become text again.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection

from registry.findings.selectors import ComplianceFilter, compliance_statement

_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


#: The columns of a line, as `ComplianceRow` names them and as PostgreSQL writes them; "" for null.
TextRow = list[str]


def text_rows(branches: Sequence[str], as_of: datetime, wanted: ComplianceFilter) -> Iterator[TextRow]:
    """Stream the list of these branches as it stood at an instant. Consume it fully or close it."""
    statement, facts = compliance_statement(branches, as_of, wanted)
    # An empty text for null too: nobody who reads the file could tell them apart.
    copy = f"COPY ({statement}) TO STDOUT (NULL '')"
    with connection.cursor() as cursor, cursor.copy(copy, facts) as copied:
        for block in copied:  # a row each
            line = str(block, "utf-8")
            cells = line[:-1].split("\t")
            if "\\" in line:
                cells = [_ESCAPED.sub(_plain, cell) for cell in cells]
            yield cells


def _plain(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[1], found[1])
