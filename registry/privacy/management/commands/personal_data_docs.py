"""`manage.py personal_data_docs`: write docs/personal-data.md afresh, or say that it is stale."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.privacy.docs import personal_data_document


class Command(BaseCommand):
    """Generate the document people read about personal data."""

    help = "Write docs/personal-data.md from the classes of fields (--check: only compare)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to write or to compare."""
        parser.add_argument("--check", action="store_true", help="fail when the file is out of date")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write or compare."""
        target = Path(settings.BASE_DIR) / "docs" / "personal-data.md"
        document = personal_data_document()
        if not options["check"]:
            target.write_text(document, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != document:
            raise CommandError("docs/personal-data.md is out of date: run `make docs`.")
