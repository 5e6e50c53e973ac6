"""The room's tasks: one line each."""

from celery import shared_task

from registry.evidence import services


@shared_task(name="evidence.look")  # type: ignore[untyped-decorator]  # Celery has no types
def look() -> None:
    """Look at pages that are due; beat rings every five minutes."""
    services.look()


@shared_task(name="evidence.look_at")  # type: ignore[untyped-decorator]  # likewise
def look_at(account_id: int) -> None:
    """Look at the page somebody asked about."""
    services.look_at(account_id=account_id)
