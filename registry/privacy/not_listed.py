"""Tables with personal fields that no section of a person's own data lists."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# Tables whose rows are listed through a view, which is a table here too.
SEEN_THROUGH: Mapping[str, str] = MappingProxyType({"findings.PastEpisode": "findings.Episode"})

# Tables with personal fields that no section of a person's own data lists, and why; said to the person.
NOT_LISTED: "Mapping[str, StrPromise]" = MappingProxyType(
    {
        "intake.Import": _(
            "The first rows of lists HR loads, shown to them until the list is applied or given up."
        ),
        "intake.StaffRow": _(
            "Rows of staff lists HR loaded: copies of what became your staff record, erased after 90 days."
        ),
        "intake.AccountRow": _(
            "Rows of account lists HR loaded: copies of what became declarations, erased after 90 days."
        ),
        "intake.RefusedCell": _(
            "Cells of lists HR loaded that were refused: nobody knows whose they are; erased after 90 days."
        ),
        "samples.Verdict": _(
            "What an auditor noted where you were drawn by lot into a sample. Ask for it below: the"
            " inspectorate's own work is not shown while it goes on."
        ),
    }
)
