"""What Celery beat rings, and when (in the project's time zone). The tasks are one line each."""

from typing import Any

from celery.schedules import crontab

SCHEDULE: dict[str, dict[str, Any]] = {
    "what-changed": {"task": "findings.changed", "schedule": crontab(), "options": {"expires": 55}},
    "runs-in-trouble": {"task": "findings.tend", "schedule": crontab(), "options": {"expires": 55}},
    "comparisons-in-trouble": {
        "task": "findings.tend_comparisons",
        "schedule": crontab(),
        "options": {"expires": 55},
    },
    "comparisons-done-with": {
        "task": "findings.erase_comparisons",
        "schedule": crontab(hour="4", minute="0"),
    },
    "imports-in-trouble": {"task": "intake.tend", "schedule": crontab(), "options": {"expires": 55}},
    "imports-done-with": {"task": "intake.purge", "schedule": crontab(hour="3", minute="40")},
    "exports-in-trouble": {"task": "exports.tend", "schedule": crontab(), "options": {"expires": 55}},
    "exports-done-with": {"task": "exports.purge", "schedule": crontab(minute="50")},
    "acts-in-trouble": {"task": "bulk.tend", "schedule": crontab(), "options": {"expires": 55}},
    "acts-done-with": {"task": "bulk.purge", "schedule": crontab(hour="3", minute="50")},
    "mergers-due": {"task": "accounts.reorganise", "schedule": crontab(), "options": {"expires": 55}},
    "spellings": {"task": "lookup.refresh", "schedule": crontab(), "options": {"expires": 55}},
    "letters": {"task": "notifications.send_waiting", "schedule": crontab(), "options": {"expires": 55}},
    "pages-looked-at": {
        "task": "evidence.look",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 290},
    },
    "nightly-sweep": {"task": "findings.sweep", "schedule": crontab(hour="1", minute="10")},
    "weekly-rebuild": {
        "task": "findings.rebuild",
        "schedule": crontab(hour="2", minute="30", day_of_week="sun"),
    },
}
