"""The worker that does acts on many, in tests."""

from typing import Any

from registry.bulk import services
from registry.bulk.models import BulkAct


def work_off() -> None:
    """Do all acts that wait."""
    for pk in BulkAct.objects.filter(state=BulkAct.State.WAITING).values_list("pk", flat=True):
        services.work(pk)


def after_work(answer: Any) -> tuple[str, str]:
    """Do the act a page asked for; return where it is told, and the query of that address."""
    assert answer.status_code == 302
    assert BulkAct.objects.filter(state=BulkAct.State.WAITING).count() == 1
    work_off()
    address, _mark, query = answer["Location"].partition("?")
    return address, query
