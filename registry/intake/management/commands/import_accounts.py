from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from registry.intake.copying import Tell
from registry.intake.management.importing import ImportCommand
from registry.intake.models import Import
from registry.intake.services import plan_accounts


class Command(ImportCommand):
    """Read an accounts list with its photos, show what it changes, and apply it."""

    help = "Import the accounts that staff of one agency declared to their HR office."

    def add_arguments(self, parser: CommandParser) -> None:
        """The archive of photos beside what every import takes."""
        super().add_arguments(parser)
        parser.add_argument("--photos", type=Path, metavar="ZIP", help="the photos the list names")

    def plan(self, tell: Tell | None, **options: Any) -> Import:
        """Plan the accounts list."""
        photos = options["photos"]
        return plan_accounts(
            source=options["file"],
            file_name=options["file"].name,
            photos=photos,
            photos_name=photos.name if photos else "",
            agency=options["agency"],
            by=options["by"],
            tell=tell,
        )
