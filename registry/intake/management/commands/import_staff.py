from typing import Any

from registry.intake.copying import Tell
from registry.intake.management.importing import ImportCommand
from registry.intake.models import Import
from registry.intake.services import plan_staff


class Command(ImportCommand):
    """Read a staff list, show what it changes, and apply it."""

    help = "Import a staff list of one agency."

    def plan(self, tell: Tell | None, **options: Any) -> Import:
        """Plan the staff list."""
        return plan_staff(
            source=options["file"],
            file_name=options["file"].name,
            agency=options["agency"],
            by=options["by"],
            tell=tell,
        )
