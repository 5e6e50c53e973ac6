"""`celery -A tests.survives.worker …`: the registry's own worker, with short leases and many small slices.

What it is told to suffer from comes by environment: `BROKEN_RULE` (a rule that raises while it is judged) or
`DEADLY_RULE` (a rule that kills the process that judges it).
"""

import os
import signal
from datetime import date, timedelta
from typing import Any, NoReturn

import django

django.setup()

from django.db.backends.base.base import BaseDatabaseWrapper  # noqa: E402 - Django first
from django.db.backends.signals import connection_created  # noqa: E402
from django.db.models import IntegerField, Q  # noqa: E402
from django.db.models.expressions import RawSQL  # noqa: E402
from django.db.models.lookups import GreaterThan  # noqa: E402
from django.utils.translation import gettext_lazy  # noqa: E402

from registry import celery  # noqa: E402
from registry.findings import between, queue, runs  # noqa: E402
from registry.rules import catalogue  # noqa: E402
from registry.rules.rule import Rule, Severity, Subject  # noqa: E402

queue.LEASE = timedelta(seconds=4)
queue.MAX_ATTEMPTS = 3
runs.LOOK_ROWS = runs.SLICE_ROWS = 100
between.PIECE = 60

_TITLE = gettext_lazy("The account has one owner")
_assemble = catalogue.assemble


def _sign(connection: BaseDatabaseWrapper, **_more: Any) -> None:
    """Say in the database whose session this is, so that a test can kill the very process."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('application_name', %s, false)", [f"survives {os.getpid()}"])


def _divides_by_nothing(_as_of: date) -> Q:
    return Q(GreaterThan(RawSQL("1 / (standing - standing)", (), output_field=IntegerField()), 0))


def _kills(*_asked: Any) -> NoReturn:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _suffer() -> None:
    added: list[Rule] = []
    if os.environ.get("BROKEN_RULE"):
        added.append(
            Rule(
                code=os.environ["BROKEN_RULE"], bit=61, subject=Subject.ACCOUNT, version=1, title=_TITLE,
                own_severity=Severity.LOW, when=_divides_by_nothing,
            )
        )  # fmt: skip
    if os.environ.get("DEADLY_RULE"):
        added.append(
            Rule(
                code=os.environ["DEADLY_RULE"], bit=60, subject=Subject.ACCOUNT, version=1, title=_TITLE,
                own_severity=Severity.LOW, offenders=_kills, neighbours=_kills,
            )
        )  # fmt: skip
    catalogue.assemble = lambda rules: _assemble([*rules, *added])
    catalogue.catalogue.cache_clear()


connection_created.connect(_sign)
_suffer()
app = celery.app
