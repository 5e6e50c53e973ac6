"""One line a task: the services do the work, the database keeps it."""

from celery import shared_task

from registry.bulk import services


@shared_task(name="bulk.work")  # type: ignore[untyped-decorator]  # Celery has no types
def work(act_id: int) -> None:
    """Do an act that waits."""
    services.work(act_id)


@shared_task(name="bulk.tend")  # type: ignore[untyped-decorator]  # as above
def tend() -> None:
    """Look after acts whose worker or bell was lost; beat rings every minute."""
    services.resume_waiting()


@shared_task(name="bulk.purge")  # type: ignore[untyped-decorator]  # as above
def purge() -> None:
    """Erase whom old acts passed over; beat rings every night."""
    services.purge()
