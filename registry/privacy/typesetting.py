"""Documents as PDF: A4, tagged and checked to be PDF/UA-1, dated, with page numbers.

What is said reaches the typesetter as data, never as its source, so nothing a person wrote can be read as a
command. The typesetter reads no file but its own template: its fonts are its own, the system's are left out.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import typst
from django.utils import translation

_TEMPLATES = Path(__file__).with_name("typst")


def typeset(template: str, data: dict[str, Any], *, at: datetime) -> bytes:
    """Draw a document in the reader's language.

    Args:
        template: which; a file of this room.
        data: what it says: texts, lists and objects of them.
        at: the instant written into the file as its date.
    """
    told = {**data, "language": (translation.get_language() or "vi")[:2]}
    return typst.compile(
        _TEMPLATES / f"{template}.typ",
        root=_TEMPLATES,
        format="pdf",
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        timestamp=int(at.astimezone(UTC).timestamp()),
    )
