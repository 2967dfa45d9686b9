"""Commands run within the process of the tests, where it is about what they do and not about processes.

That they start as processes, and how those end, is told in core/test_commands.py.
"""

from __future__ import annotations

import io
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bot.cli import main
from tests.furnished import furnished

PREFIX = "SHENBAO_"


def rows(text: str) -> list[dict[str, object]]:
    """The objects of lines of JSON."""
    return [json.loads(line) for line in text.splitlines()]


def settings(data: Path, **more: str) -> dict[str, str]:
    """What a command finds set in a test, and nothing of this machine's settings beside it."""
    return {"SHENBAO_DATA": str(data), "SHENBAO_TODAY": "2026-03-28", "SHENBAO_OFFICE": "off", **more}


def shenbao(*arguments: str, given: str = "", data: Path, **more: str) -> CompletedProcess[str]:
    """Run a command with streams, settings and a working folder of its own, in a data folder that was used before."""
    with _within(furnished(data), given, settings(data, **more)) as (out, errors):
        try:
            code = main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
    return CompletedProcess(["shenbao", *arguments], code, _told(out), _told(errors))


@contextmanager
def _within(data: Path, given: str, set_: dict[str, str]) -> Iterator[tuple[io.TextIOWrapper, io.TextIOWrapper]]:
    source, out, errors = (io.TextIOWrapper(io.BytesIO(raw), "utf-8") for raw in (given.encode(), b"", b""))
    with pytest.MonkeyPatch.context() as patch, chdir(data):
        for name in [name for name in os.environ if name.startswith(PREFIX)]:
            patch.delenv(name)
        for name, value in set_.items():
            patch.setenv(name, value)
        for name, stream in (("stdin", source), ("stdout", out), ("stderr", errors)):
            patch.setattr(sys, name, stream)
        # Without handlers a logged warning goes to standard error, as in a process of its own.
        patch.setattr(logging.getLogger(), "handlers", [])
        yield out, errors


def _told(stream: io.TextIOWrapper) -> str:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue().decode()
