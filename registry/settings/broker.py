"""Celery: the broker is a bell, the database is the queue of record."""

from registry.settings.schedule import SCHEDULE

LONGEST_TASK_SECONDS = 30 * 60

CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_TASK_SERIALIZER = "json"
CELERY_RESULT_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_ENABLE_UTC = True
CELERY_TASK_ACKS_LATE = True  # a worker that dies mid-task gives the task back
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = LONGEST_TASK_SECONDS
CELERY_TASK_SOFT_TIME_LIMIT = LONGEST_TASK_SECONDS - 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1  # one task in the hand, the rest stay for others
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Above the longest task, or a task still running would be handed out twice.
    "visibility_timeout": LONGEST_TASK_SECONDS * 2,
    # How often unacknowledged tasks are looked for, in seconds; the default of 10 loses a bell for longer.
    "unacked_restore_interval": 1,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
}
