"""One line a task: the services do the work, the database keeps it."""

from celery import shared_task

from registry.intake import services


@shared_task(name="intake.work")  # type: ignore[untyped-decorator]  # Celery has no types
def work(import_id: int) -> None:
    """Plan or apply an import that waits."""
    services.work(import_id)


@shared_task(name="intake.tend")  # type: ignore[untyped-decorator]  # as above
def tend() -> None:
    """Look after imports whose worker or bell was lost; beat rings every minute."""
    services.resume_waiting()


@shared_task(name="intake.purge")  # type: ignore[untyped-decorator]  # as above
def purge() -> None:
    """Erase what imports no longer need; beat rings every night."""
    services.purge()
