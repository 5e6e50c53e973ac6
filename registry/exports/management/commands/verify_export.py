"""`manage.py verify_export FILE [MANIFEST]`: is this file still what the register gave out?"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from common.errors import RegistryError
from registry.exports.manifest import verify
from registry.exports.signing import read_public_key


class Command(BaseCommand):
    """Exit code 0: unchanged; 1: changed, and what; 2: nothing to compare."""

    help = "Say whether an exported file (or the ZIP it came in) is unchanged."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, its manifest, the key to trust."""
        parser.add_argument("file", type=Path)
        parser.add_argument("manifest", type=Path, nargs="?", help="FILE.manifest.json, if it is elsewhere")
        parser.add_argument(
            "--public-key",
            type=Path,
            metavar="PEM",
            help="the key to trust; without it, this installation's own",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Compare, then say so in words."""
        try:
            key = read_public_key(options["public_key"]) if options["public_key"] else None
            verdict = verify(options["file"], options["manifest"], key=key)
        except RegistryError as error:
            raise CommandError(str(error), returncode=2) from error
        if not verdict.is_true:
            raise CommandError(
                "\n".join([_("NOT what the register gave out."), *verdict.troubles]), returncode=1
            )
        said = verdict.manifest
        self.stdout.write(
            _("Unchanged: %(rows)s lines of %(agency)s as of %(as_of)s, exported on %(at)s by %(by)s.")
            % {
                "rows": said.get("rows"),
                "agency": said.get("agency", {}).get("name"),
                "as_of": said.get("as_of"),
                "at": said.get("generated_at"),
                "by": said.get("generated_by") or _("the system"),
            }
        )
