"""`manage.py demo`: invented people for a first look (`--first-run`) or for measuring (`--officials N`)."""

import sys
import time
from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from registry.demo import first_run, generating
from registry.demo.steps import Steps
from registry.findings import selectors, services


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ArgumentTypeError(text)
    return number


class Command(BaseCommand):
    """Only where the settings say `DEMO`: elsewhere it ends with exit code 2 and writes nothing."""

    help = "Fill the register with invented people."

    def add_arguments(self, parser: CommandParser) -> None:
        """One of the two ways, and how."""
        way = parser.add_mutually_exclusive_group(required=True)
        way.add_argument("--first-run", action="store_true", help="a small province, when nobody is there")
        way.add_argument("--officials", type=_count, metavar="N", help="N officials with 2.5 accounts each")
        parser.add_argument("--seed", type=int, default=1, help="of all chance (with --officials)")
        parser.add_argument("--no-check", action="store_true", help="leave the checking to the next run")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Fill, then say what there is."""
        if not getattr(settings, "DEMO", False):
            raise CommandError(
                _("This installation is not for demonstrations: nothing was written."), returncode=2
            )
        if options["first_run"]:
            for line in first_run.first_run():
                self.stdout.write(line)
            return
        steps = Steps(self.stdout.write, bar=sys.stderr if sys.stderr.isatty() else None)
        made = generating.generate(
            options["officials"], seed=options["seed"], step=steps, progress=steps.progress
        )
        steps.end()
        self.stdout.write(
            _("%(officials)d officials with %(accounts)d accounts written in %(seconds).0f s")
            % {"officials": made.officials, "accounts": made.accounts, "seconds": steps.seconds}
        )
        if not options["no_check"]:
            self._check()

    def _check(self) -> None:
        began = time.monotonic()
        # A register judged before is judged again as a whole: a sweep alone would look at no pairs of photos.
        run = services.start_rebuild() if selectors.last_checked() else services.start_sweep()
        services.work(run=run)
        run.refresh_from_db()
        self.stdout.write(
            _("Checked in %(seconds).0f s: %(opened)d findings opened, %(resolved)d resolved")
            % {"seconds": time.monotonic() - began, "opened": run.opened, "resolved": run.resolved}
        )
