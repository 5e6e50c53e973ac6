"""The book's tasks: one line each."""

from celery import shared_task

from accounts import services


@shared_task(name="accounts.reorganise")  # type: ignore[untyped-decorator]  # Celery has no types
def reorganise() -> None:
    """Carry out the mergers whose day has come; beat rings every minute."""
    services.carry_out_due()
