"""`manage.py check_register`: judge what changed, then sweep the register or one branch, now and here."""

import json
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import Agency, AgencyRecord
from registry.findings import selectors, services
from registry.findings.wording import title_of


class Command(BaseCommand):
    """One run in this process; it ends with exit code 0 whatever is found, 2 when the agency is unknown."""

    help = "Check the register, or one branch of it, now."

    def add_arguments(self, parser: CommandParser) -> None:
        """The branch, and the form of the answer."""
        parser.add_argument("--agency", default="", help="code of the agency; its branch is checked")
        parser.add_argument("--json", action="store_true", help="one object for machines")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run, then print."""
        began = time.monotonic()
        scope, path = self._scope(options["agency"])
        changed = services.run_changed()
        sweep = services.start_sweep(scope=scope)
        services.work(run=sweep)
        sweep.refresh_from_db()
        counts = selectors.counters(path)
        for code, subjects in selectors.subjects_of_broken_rules(sweep).items():
            counts.setdefault(code, selectors.Count()).unchecked = subjects
        answer = {
            "run": sweep.pk,
            "subjects": sweep.subjects,
            "opened": sweep.opened + (changed.opened if changed else 0),
            "resolved": sweep.resolved + (changed.resolved if changed else 0),
            "open": {code: count.open for code, count in counts.items() if count.open},
            "unchecked": {code: count.unchecked for code, count in counts.items() if count.unchecked},
            "seconds": round(time.monotonic() - began, 3),
        }
        if options["json"]:
            self.stdout.write(json.dumps(answer, ensure_ascii=False))
        else:
            self._table(answer)

    def _scope(self, code: str) -> tuple[Agency | None, str]:
        if not code:
            return None, ""
        record = AgencyRecord.objects.current().filter(agency__code=code).select_related("agency").first()
        if record is None:
            raise CommandError(_("No agency has the code %(code)s.") % {"code": code}, returncode=2)
        return record.agency, record.path

    def _table(self, answer: dict[str, Any]) -> None:
        self.stdout.write(
            _("Run %(run)s: %(subjects)s checked, %(opened)s opened, %(resolved)s resolved, %(seconds)s s")
            % answer
        )
        codes = sorted({*answer["open"], *answer["unchecked"]})
        if not codes:
            self.stdout.write(_("Everything is in line."))
            return
        self.stdout.write(f"{'':8}{_('Open'):>12}{_('Could not be checked'):>24}")
        for code in codes:
            opened, unchecked = answer["open"].get(code, 0), answer["unchecked"].get(code, 0)
            self.stdout.write(f"{code:8}{opened:>12}{unchecked:>24}  {title_of(code)}")
