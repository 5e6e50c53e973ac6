"""The room's tasks: one line each. Their names are rung by other rooms."""

from celery import shared_task

from registry.notifications import services


@shared_task(name="notifications.send_waiting")  # type: ignore[untyped-decorator]  # Celery has no types
def send_waiting() -> None:
    """Send the letters that are due."""
    services.send_waiting()
