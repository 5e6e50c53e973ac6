"""`manage.py export_compliance`: an agency's compliance list as a file, with its signed manifest."""

import gc
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError
from django.utils import translation
from django.utils.translation import gettext as _

from common.errors import RegistryError
from registry.exports.manifest import SUFFIX
from registry.exports.selectors import read_day
from registry.exports.services import (
    Delivery,
    agency_to_export,
    export_compliance,
    read_format,
    read_subject,
)
from registry.findings.selectors import ComplianceFilter
from registry.users.models import User


class Command(BaseCommand):
    """Writes FILE and FILE.manifest.json whole, or nothing: exit code 2 and the reason."""

    requires_system_checks = ()  # pages are not its affair
    help = "Export an agency's compliance list (it and all below it) as of a day, with a signed manifest."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to export, how and whither."""
        parser.add_argument("--agency", required=True, metavar="CODE", help="code of the agency")
        parser.add_argument(
            "--as-of",
            default="",
            metavar="DATE",
            help="end of this day in Vietnam: 2026-06-30; without it: now",
        )
        parser.add_argument("--format", default="csv", help="csv or xlsx")
        parser.add_argument(
            "--output", default="", metavar="PATH", help="file, folder, or - for the standard output"
        )
        parser.add_argument(
            "--by", default="", metavar="LOGIN", help="in whose name, and within whose branches"
        )
        parser.add_argument(
            "--rule", action="append", default=[], metavar="CODE", help="only this rule; repeatable"
        )
        parser.add_argument(
            "--subject",
            action="append",
            default=[],
            help="only lines about an agency, official or account; repeatable",
        )
        parser.add_argument(
            "--state",
            action="append",
            default=[],
            help="only open, unchecked, contested, waived or in_line; repeatable",
        )
        parser.add_argument("--platform", default="", metavar="CODE", help="only accounts on this platform")
        parser.add_argument("--staff-code", default="", metavar="CODE", help="only this person")
        parser.add_argument(
            "--language", default="", metavar="vi|en", help="of the file; the person's, or Vietnamese"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Export, then say where it is."""
        gc.freeze()  # what is loaded by now stays: it need not be looked through every few thousand lines
        by = self._person(options["by"])
        language = options["language"] or (by.language if by else "") or settings.LANGUAGE_CODE
        if language not in dict(settings.LANGUAGES):
            raise CommandError(_("The register does not speak “%s”.") % language[:10], returncode=2)
        with translation.override(language), tempfile.TemporaryDirectory(prefix="registry-export-") as folder:
            try:
                made = self._export(Path(folder), by, options)
            except RegistryError as error:
                raise CommandError(str(error), returncode=2) from error
            except (OperationalError, InterfaceError) as error:
                raise CommandError(
                    _("The database cannot be reached. Nothing was written; try again."), returncode=2
                ) from error
            if options["output"] == "-":
                self._to_standard_output(made)
            else:
                self._to_file(made, options["output"])

    def _person(self, login: str) -> User | None:
        if not login:
            return None
        by = User.objects.filter(username=login, is_active=True).first()
        if by is None:
            raise CommandError(_("There is no login “%s”.") % login[:80], returncode=2)
        return by

    def _export(self, folder: Path, by: User | None, options: dict[str, Any]) -> Delivery:
        form = read_format(options["format"])
        day = read_day(options["as_of"]) if options["as_of"] else None
        agency = agency_to_export(options["agency"], by=by)
        wanted = ComplianceFilter(
            rules=tuple(options["rule"]),
            states=tuple(options["state"]),
            subjects=tuple(map(read_subject, options["subject"])),
            platform=options["platform"],
            staff_code=options["staff_code"],
        )
        output = Path(options["output"])
        name = "" if options["output"] in {"", "-"} or output.is_dir() else output.name
        return export_compliance(
            agency=agency, folder=folder, by=by, day=day, form=form, wanted=wanted, file_name=name
        )

    def _to_standard_output(self, made: Delivery) -> None:
        """The file goes to the standard output, its manifest to the standard error."""
        with made.path.open("rb") as file:
            shutil.copyfileobj(file, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        self.stderr.write(made.manifest_path.read_text(), ending="")

    def _to_file(self, made: Delivery, output: str) -> None:
        target = Path(output)  # "" is the folder one is in
        if target.is_dir():
            target /= made.path.name
        beside = target.with_name(target.name + SUFFIX)
        try:
            _put(made.path, target)
            _put(made.manifest_path, beside)
        except OSError as error:
            raise CommandError(
                _("“%(path)s” cannot be written: %(why)s") % {"path": target, "why": error.strerror},
                returncode=2,
            ) from error
        self.stdout.write(
            _("%(rows)s lines in %(path)s; the proof is in %(manifest)s.")
            % {"rows": made.export.rows, "path": target, "manifest": beside}
        )


def _put(source: Path, target: Path) -> None:
    """Bring a file to its place whole: nobody ever sees half of it."""
    near = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        shutil.move(source, near)  # on one disk it is only renamed
        near.replace(target)
    finally:
        near.unlink(missing_ok=True)
