"""One line a task: the services do the work, the database keeps it."""

from celery import shared_task

from registry.exports import ordering


@shared_task(name="exports.make")  # type: ignore[untyped-decorator]  # Celery has no types
def make(order_id: int) -> None:
    """Make a list that waits."""
    ordering.make(order_id)


@shared_task(name="exports.tend")  # type: ignore[untyped-decorator]  # as above
def tend() -> None:
    """Look after lists whose worker or bell was lost; beat rings every minute."""
    ordering.resume_waiting()


@shared_task(name="exports.purge")  # type: ignore[untyped-decorator]  # as above
def purge() -> None:
    """Erase the files nobody fetches any more; beat rings every hour."""
    ordering.erase_old()
