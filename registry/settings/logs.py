"""Structured logs: readable lines for a developer, JSON lines for a log collector. Never a name or a link."""

import sys
from typing import Any

import structlog

_WITHOUT_VALUES = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]


def configure_logs(*, as_json: bool, level: str = "INFO") -> dict[str, Any]:
    """Set up structlog and return Django's LOGGING: both worlds leave through the same door, stderr."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    # Tracebacks without the values of variables: those are names, links, passwords; and to show a request is
    # to ask the very database that was lost.
    readable = structlog.dev.ConsoleRenderer(
        colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
    )
    render: Any = structlog.processors.JSONRenderer() if as_json else readable
    final = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, render]
    if as_json:
        final.insert(1, structlog.processors.ExceptionRenderer(_WITHOUT_VALUES))
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": final,
                "foreign_pre_chain": _SHARED,
            },
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stderr"], "level": level},
    }
