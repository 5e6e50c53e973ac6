"""One line a task: the services do the work, the database keeps it."""

from celery import shared_task

from registry.lookup.spelling import refresh


@shared_task(name="lookup.refresh")  # type: ignore[untyped-decorator]
def spellings() -> None:
    """Bring the spellings in line with the book; beat rings every minute."""
    refresh()
