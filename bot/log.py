"""Where the log goes and how it looks; the token is taken out of every line.

What is written while an update is handled, or a message said, has its number: `update` leads from what
came in to all that went out for it.
"""

import logging
import sys
from collections.abc import Sequence

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

_CHATTY = ("aiosqlite", "asyncio", "httpcore", "httpx", "telegram")
_SCHEDULER = "apscheduler"
_HIDDEN = "***"


def start(level: str, form: str, secrets: Sequence[str]) -> None:
    """Send the log to stderr as `text` or `json`, from a level on, without the secrets."""
    stamped: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.ExtraAdder(),
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
    ]
    shown: list[Processor] = [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        _Hiding(secrets),
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty()),
    ]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(foreign_pre_chain=stamped, processors=shown)
    )
    logging.basicConfig(level=level.upper(), handlers=[handler], force=True)
    for name in _CHATTY:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger(_SCHEDULER).setLevel(logging.ERROR)  # it tells of what it leaves out


class _Hiding:
    def __init__(self, secrets: Sequence[str]) -> None:
        self._secrets = secrets

    def __call__(self, _: WrappedLogger, __: str, event: EventDict) -> EventDict:
        return {key: self._without_secrets(value) for key, value in event.items()}

    def _without_secrets(self, value: object) -> object:
        if isinstance(value, int | float):
            return value
        text = value if isinstance(value, str) else str(value)
        for secret in self._secrets:
            text = text.replace(secret, _HIDDEN)
        return text
