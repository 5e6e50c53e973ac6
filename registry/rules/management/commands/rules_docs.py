"""`manage.py rules_docs`: write docs/rules.md afresh from the catalogue, or say that it is stale."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registry.rules.docs import rules_document


class Command(BaseCommand):
    """Generate the document people read about the rules."""

    help = "Write docs/rules.md from the catalogue of rules (--check: only compare)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Whether to write or to compare."""
        parser.add_argument("--check", action="store_true", help="fail when the file is out of date")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Write or compare."""
        target = Path(settings.BASE_DIR) / "docs" / "rules.md"
        document = rules_document()
        if not options["check"]:
            target.parent.mkdir(exist_ok=True)
            target.write_text(document, encoding="utf-8")
        elif not target.exists() or target.read_text(encoding="utf-8") != document:
            raise CommandError("docs/rules.md is out of date: run `make docs`.")
