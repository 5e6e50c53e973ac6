"""The registry as its developers run it, with schedulers in a hurry: seconds for minutes."""

from registry.settings.dev import *  # noqa: F403 - a settings module is its base plus a few lines

CELERY_BEAT_SCHEDULE = {
    "what-changed": {"task": "findings.changed", "schedule": 1.0, "options": {"expires": 5}},
    "comparisons-in-trouble": {
        "task": "findings.tend_comparisons",
        "schedule": 1.0,
        "options": {"expires": 5},
    },
    "runs-in-trouble": {"task": "findings.tend", "schedule": 1.0, "options": {"expires": 5}},
    "nightly-sweep": {"task": "findings.sweep", "schedule": 2.0, "options": {"expires": 5}},
}
