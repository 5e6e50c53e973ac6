"""One line a task: the services do the work, the database keeps it."""

from celery import shared_task
from django.utils import timezone

from registry.findings import services


@shared_task(name="findings.changed")  # type: ignore[untyped-decorator]
def changed() -> None:
    """Judge what changed; beat rings every minute."""
    services.run_changed()


@shared_task(name="findings.sweep")  # type: ignore[untyped-decorator]
def sweep() -> None:
    """Begin the nightly sweep: one a day, however many schedulers ring."""
    services.start_sweep(period_key=f"sweep:{timezone.localdate()}")


@shared_task(name="findings.rebuild")  # type: ignore[untyped-decorator]
def rebuild() -> None:
    """Begin the weekly rebuild: one a week, however many schedulers ring."""
    services.start_rebuild(period_key=f"rebuild:{timezone.localdate():%G-W%V}")


@shared_task(name="findings.work")  # type: ignore[untyped-decorator]
def work() -> None:
    """Do the slices that wait."""
    services.work()


@shared_task(name="findings.tend")  # type: ignore[untyped-decorator]
def tend() -> None:
    """Look after runs whose worker or bell was lost."""
    services.tend()


@shared_task(name="findings.compare")  # type: ignore[untyped-decorator]
def compare(comparison_id: int) -> None:
    """Compare two days of a large branch."""
    services.compare(comparison_id)


@shared_task(name="findings.tend_comparisons")  # type: ignore[untyped-decorator]
def tend_comparisons() -> None:
    """Look after comparisons whose worker or bell was lost; beat rings every minute."""
    services.resume_comparisons()


@shared_task(name="findings.erase_comparisons")  # type: ignore[untyped-decorator]
def erase_comparisons() -> None:
    """Erase comparisons nobody opens any more; beat rings every night."""
    services.erase_comparisons()
