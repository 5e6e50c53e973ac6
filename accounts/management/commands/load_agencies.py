from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from accounts.services.seeding import load_agencies


class Command(BaseCommand):
    """Bring the shipped agencies into the register. Running it again adds only what is missing."""

    help = "Load the shipped agencies and successions; adds only what is missing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the provinces to bring, where not all are wanted."""
        parser.add_argument("--province", action="append", metavar="CODE", help="only this province (repeat)")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Load and say what was added."""
        loaded = load_agencies(options["province"])
        self.stdout.write(f"{loaded.agencies} agencies and {loaded.successions} successions added")
