"""The office: every process of the register, and the project itself."""

from registry.celery import app as celery_app  # so that a web process rings the right bell

__all__ = ["celery_app"]
