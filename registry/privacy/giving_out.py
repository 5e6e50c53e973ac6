"""What is held about a person, given to that person as a file: JSON for machines, PDF for reading.

The JSON keeps its keys and its values in every language; only texts in words (who, what) are the reader's.
See docs/personal-data.md.
"""

import json
from datetime import datetime
from typing import Any, Final

from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Official, OfficialRecord
from registry.privacy.held import Held, held_about
from registry.privacy.looks import Look, lists_naming, looks_at, told
from registry.privacy.not_listed import NOT_LISTED
from registry.privacy.typesetting import typeset

KIND: Final = "personal-data"
VERSION: Final = 1


def as_json(official: Official, *, at: datetime) -> bytes:
    """Everything held about a person, as UTF-8 JSON."""
    whole: dict[str, Any] = {
        "kind": KIND,
        "version": VERSION,
        "language": translation.get_language() or "vi",
        "made_at": timezone.localtime(at).isoformat(),
        "person": str(official.public_id),
        "sections": [_section(each) for each in held_about(official)],
        "looks": [each.plain() for each in _looks(official)],
        "lists": [each.plain() for each in lists_naming(official)],
        "not_listed": {table: str(why) for table, why in NOT_LISTED.items()},
    }
    return (json.dumps(whole, ensure_ascii=False, indent=2) + "\n").encode()


def as_pdf(official: Official, *, at: datetime) -> bytes:
    """Everything held about a person, to read or to print. What is empty is left out, field by field."""
    record = OfficialRecord.objects.filter(official=official).latest("recorded_from", "pk")
    moment = formats.date_format(timezone.localtime(at), "DATETIME_FORMAT")
    data = {
        "title": _("My data in the register"),
        "author": "Chính Danh",
        "name": record.full_name,
        "about": [[_("Full name"), record.full_name], [_("Staff code"), official.staff_code]],
        "made": _("Made at %(when)s") % {"when": moment},
        "lead": _(
            "This is everything the register held about you at that moment. Times are those of Viet Nam."
            " Colleagues are named by role and agency."
        ),
        "nothing": _("Nothing is held."),
        "none": _("None."),
        "sections": [
            {
                "title": str(each.section.title),
                "source": _("Source: %(source)s.") % {"source": each.section.source},
                "kept": str(each.section.kept.words),
                "rows": [[[cell.label, cell.text] for cell in row if cell.text] for row in each.rows],
            }
            for each in held_about(official)
        ],
        "columns": [_("When"), _("Who"), _("What it was")],
        "looks": [
            {"title": _("Who looked"), "rows": [_row(each) for each in _looks(official)]},
            {
                "title": _("Lists taken out that may name you"),
                "rows": [_row(each) for each in lists_naming(official)],
            },
        ],
        "not_listed": {
            "title": _("Held, but not listed here"),
            "rows": [str(why) for why in NOT_LISTED.values()],
        },
    }
    return typeset("own_data", data, at=at)


def _looks(official: Official) -> list[Look]:
    return told(official, list(looks_at(official).order_by("-pk")))


def _section(held: Held) -> dict[str, Any]:
    return {
        "code": held.section.code,
        "title": str(held.section.title),
        "source": str(held.section.source),
        "kept": held.section.kept.value,
        "kept_words": str(held.section.kept.words),
        "rows": [{cell.field: cell.value for cell in row} for row in held.rows],
    }


def _row(look: Look) -> list[str]:
    at = timezone.localtime(look.at)
    return [formats.date_format(at, "DATETIME_FORMAT"), look.who, look.what]
