"""A line of the log: what happened and where in the code, never to whom.

The text of an exception may quote a name, an address or a letter, and a path may carry the key of a
receipt: a line tells the exception's type and its frames, and the page's name instead of its path.
"""

import logging
import traceback
from types import TracebackType

CELERY_TRACE = "celery.app.trace"
# For the settings.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "campaign.log_lines.LogLine"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Django's own handlers mail whole requests; urllib3 tells URLs, which carry keys and addresses.
    "loggers": {"django": {"handlers": []}}
    | dict.fromkeys(("django.request", "urllib3"), {"level": "ERROR"}),
}


class LogLine(logging.Formatter):
    """The formatter of every handler."""

    def __init__(self):
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's own name)
        told = _without_what_it_quotes(record)
        if told is not None:
            record.message = told
        return super().formatMessage(record)

    def formatException(self, exc_info) -> str:  # noqa: N802 (logging's own name)
        error: BaseException | None = exc_info[1]
        lines = []
        while error is not None:
            lines += [f"{type(error).__module__}.{type(error).__qualname__} at:"]
            lines += _frames(error.__traceback__)
            error = error.__cause__ or error.__context__
        return "\n".join(lines)


def _without_what_it_quotes(record: logging.LogRecord) -> str | None:
    """The message anew, where the one that Django or Celery wrote quotes a path or an exception."""
    request = getattr(record, "request", None)
    if request is not None:
        match = getattr(request, "resolver_match", None)
        status = getattr(record, "status_code", "")
        return f"{status} from {match.view_name if match else 'no page'}"
    if record.name == CELERY_TRACE and isinstance(record.args, dict):
        return "task {name}[{id}] {description}".format_map(record.args)
    return None


def _frames(start: TracebackType | None) -> list[str]:
    return [
        f"  {frame.filename}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(start)
    ]
