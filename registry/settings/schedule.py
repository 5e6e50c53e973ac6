"""What Celery beat rings, and when (in the project's time zone). The tasks live in their rooms."""

from typing import Any

SCHEDULE: dict[str, dict[str, Any]] = {}
