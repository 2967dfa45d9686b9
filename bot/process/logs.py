"""Logs that can be shown to others: no tokens, no keys, phones and e-mail addresses masked."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final, Literal, TextIO

from pythonjsonlogger.json import JsonFormatter

from bot.process.masking import masked

Shape = Literal["text", "json"]

_REQUEST: Final[ContextVar[str]] = ContextVar("request", default="-")
LINE: Final = "%(asctime)s %(levelname)s %(name)s %(request)s %(message)s"

# At INFO these write whole addresses, and a Bot API address holds the token.
NOISY: Final = (
    "aiohttp",
    "httpx",
    "httpx2",
    "httpcore",
    "httpcore2",
    "telegram",
    "openai",
    "chromadb",
    "sqlalchemy",
    "uvicorn",
    "asyncio",
)


class Redaction(logging.Filter):
    """Masks every record that passes its handler, tracebacks too."""

    def __init__(self, secrets: Iterable[str] = ()):
        super().__init__()
        self._secrets = tuple(sorted(filter(None, secrets), key=len, reverse=True))

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the record in place; every record passes."""
        record.request = _REQUEST.get()
        record.msg = masked(record.getMessage(), self._secrets)
        record.args = None
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = masked(record.exc_text, self._secrets)
        return True


@contextmanager
def request(name: str) -> Iterator[None]:
    """Within the block, every line logged carries this name of what is being handled."""
    before = _REQUEST.set(name)
    try:
        yield
    finally:
        _REQUEST.reset(before)


def set_up(
    secrets: Iterable[str], level: int = logging.INFO, stream: TextIO | None = None, shape: Shape = "text"
) -> None:
    """Log to `stream` (standard error) from now on, masked; libraries only their warnings, whatever the level.

    A line is text, or a JSON object with time, level, logger, request and message.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.addFilter(Redaction(secrets))
    handler.setFormatter(_formatter(shape))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in NOISY:
        logging.getLogger(name).setLevel(logging.WARNING)


def _formatter(shape: Shape) -> logging.Formatter:
    if shape == "text":
        return logging.Formatter(LINE)
    renamed = {"asctime": "time", "levelname": "level", "name": "logger"}
    return JsonFormatter(LINE, rename_fields=renamed, json_ensure_ascii=False)
