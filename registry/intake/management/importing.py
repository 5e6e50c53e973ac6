"""What the two import commands have in common: options, exit codes, progress, the answer."""

import json
import sys
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.utils.translation import gettext as _
from django.utils.translation import override
from psycopg.errors import UndefinedColumn, UndefinedTable

from accounts.models import Agency
from common.errors import RegistryError
from registry.intake import services
from registry.intake.copying import Tell
from registry.intake.models import Import
from registry.intake.reporting import as_lines, as_object
from registry.users.models import User

REFUSED = 2  # the exit code of everything that was refused as a whole, with nothing written
_WIDTH = 30


class ImportCommand(BaseCommand):
    """Plan a list and apply it. Exit code 0 when applied, whatever rows were refused; 2 when nothing was."""

    requires_system_checks = ()  # data is loaded, not the project checked

    def plan(self, tell: Tell | None, **options: Any) -> Import:
        """Plan the list; each command its own kind."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        """The list, whose it is, who loads it, and the form of the answer."""
        parser.add_argument("file", type=Path, help="the list: XLSX, XLS, ODS or CSV")
        parser.add_argument("--agency", required=True, metavar="CODE", help="code of the agency whose it is")
        parser.add_argument("--by", metavar="LOGIN", default="", help="the HR officer who loads it")
        parser.add_argument("--plan-only", action="store_true", help="show what it would change, and stop")
        parser.add_argument(
            "--accept-left", action="store_true", help="the list is complete: whoever is not on it has left"
        )
        parser.add_argument(
            "--refused", type=Path, metavar="PATH", help="write the refused rows there (XLSX)"
        )
        parser.add_argument("--json", action="store_true", help="one object for machines")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Plan, hand back the refused rows, apply, answer."""
        with override(settings.LANGUAGE_CODE):
            try:
                self._run(options)
            except RegistryError as refusal:
                self._refuse(refusal.code, str(refusal), refusal.extra, options)
            except (OperationalError, InterfaceError):
                self._refuse(
                    "no_database",
                    _("The database does not answer, so nothing was written. Try again in a moment."),
                    {},
                    options,
                )
            except ProgrammingError as error:
                if not isinstance(error.__cause__, UndefinedTable | UndefinedColumn):
                    raise
                self._refuse(
                    "not_migrated",
                    _("The database is not set up for this version yet. Run “manage.py migrate” first."),
                    {},
                    options,
                )

    def _run(self, options: dict[str, Any]) -> None:
        began = time.monotonic()
        options["agency"] = self._agency(options["agency"])
        options["by"] = self._login(options["by"])
        bar = _Bar() if sys.stderr.isatty() and not options["json"] else None
        job = self.plan(bar.tell if bar else None, **options)
        if bar:
            bar.close()
        try:
            if options["refused"] and job.counts["refused"]:
                self._hand_back(job, options["refused"])
            if not options["plan_only"]:
                job = services.apply(job=job, by=options["by"], accept_left=options["accept_left"])
            answer = as_object(job) if options["json"] else list(as_lines(job))
        except BaseException:
            if job.applied_at is None:
                services.forget_if_possible(job)
            raise
        if options["plan_only"]:
            services.forget(job)
        if isinstance(answer, dict):
            answer["seconds"] = round(time.monotonic() - began, 3)
            self.stdout.write(json.dumps(answer, ensure_ascii=False, default=str))
        else:
            self.stdout.write("\n".join(answer))

    def _agency(self, code: str) -> Agency:
        found = Agency.objects.filter(code=code).first()
        if found is None:
            raise RegistryError(
                "unknown_agency", _("No agency has the code %(code)s.") % {"code": code}, {"agency": code}
            )
        return found

    def _login(self, username: str) -> User | None:
        if not username:
            return None  # whoever works at the machine itself
        found = User.objects.filter(username=username, is_active=True).first()
        if found is None:
            raise RegistryError(
                "unknown_login", _("There is no login %(login)s.") % {"login": username}, {"login": username}
            )
        return found

    def _hand_back(self, job: Import, path: Path) -> None:
        try:
            services.refused_workbook(job=job, path=path)
        except OSError as error:
            raise RegistryError(
                "cannot_write",
                _("The workbook of refused rows cannot be written to %(path)s.") % {"path": path},
            ) from error

    def _refuse(self, code: str, message: str, extra: dict[str, Any], options: dict[str, Any]) -> None:
        if options["json"]:
            error = {"code": code, "message": message, **extra}
            self.stdout.write(json.dumps({"error": error}, ensure_ascii=False, default=str))
        raise CommandError(message, returncode=REFUSED)


class _Bar:
    """How far it has come, on a terminal."""

    def tell(self, done: int, total: int) -> None:
        """Draw it afresh."""
        if total:
            part = min(done / total, 1.0)
            full = round(part * _WIDTH)
            sys.stderr.write(f"\r[{'█' * full}{'·' * (_WIDTH - full)}] {part:4.0%} {done:,} ")
        else:
            sys.stderr.write(f"\r{done:,} ")
        sys.stderr.flush()

    def close(self) -> None:
        """Leave the line to what follows."""
        sys.stderr.write("\r" + " " * (_WIDTH + 24) + "\r")
        sys.stderr.flush()
