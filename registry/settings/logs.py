"""Structured logs: readable lines for a developer, JSON lines for a log collector. Never a name or a link."""

import io
import re
import sys
from types import TracebackType
from typing import Any, TextIO

import structlog

_WITHOUT_VALUES = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
]


# An invitation's token opens a login; PostgreSQL's DETAIL quotes the row it refused.
_SECRETS = (
    (re.compile(r"/invitation/[^/\s?\"']+"), "/invitation/…"),
    (re.compile(r"\n?DETAIL:.*?(?=\n\nThe above exception|\n\nDuring handling|\Z)", re.DOTALL), ""),
)


def conceal(value: Any) -> Any:
    """The value without what no log may hold, however deep it lies."""
    if isinstance(value, str):
        for secret, instead in _SECRETS:
            value = secret.sub(instead, value)
        return value
    if isinstance(value, dict):
        return {key: conceal(each) for key, each in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(conceal(each) for each in value)
    return value


def _concealed(_logger: Any, _name: str, event: dict[str, Any]) -> dict[str, Any]:
    return {key: each if key == "exc_info" else conceal(each) for key, each in event.items()}


def _plain_trace(
    stream: TextIO, what: tuple[type[BaseException], BaseException, TracebackType | None]
) -> None:
    whole = io.StringIO()
    structlog.dev.plain_traceback(whole, what)
    stream.write(conceal(whole.getvalue()))


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
    readable = structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_plain_trace)
    render: Any = structlog.processors.JSONRenderer() if as_json else readable
    traces = [structlog.processors.ExceptionRenderer(_WITHOUT_VALUES)] if as_json else []
    final = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *traces, _concealed, render]
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
