"""Wake a worker by the name of its task, once the transaction has committed.

The database is the queue of record; the broker is only a bell. So a broker that is gone costs time, never
work: the ringing is logged and the next scheduled run picks the work up.
"""

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


def ring(task: str, *args: int | str) -> None:
    """Send the task named `task` with ids as arguments after commit.

    Services ring by name so that they never import tasks.
    """

    def send() -> None:
        try:
            current_app.send_task(task, args=args, retry=False)
        except (OperationalError, OSError) as error:
            log.warning("bell_silent", task=task, reason=type(error).__name__)

    transaction.on_commit(send)
