"""JSON lines in, JSON lines out: a bad line is answered with its error and the run goes on."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from typing import Any

from bot.commands import UsageError

Row = dict[str, Any]


class LineError(Exception):
    """A line that can't be answered; the text says why, in Chinese."""


def each(handle: Callable[[Row], Row]) -> int:
    """Answer every line of standard input in order; exit code 0."""
    for line in sys.stdin:
        if line.strip():
            sys.stdout.write(json.dumps(_answer(line, handle), ensure_ascii=False) + "\n")
            sys.stdout.flush()
    return 0


def _answer(line: str, handle: Callable[[Row], Row]) -> Row:
    row: Any = None
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise LineError("应是一个 JSON 对象")
        return handle(row)
    except (json.JSONDecodeError, RecursionError):
        return {"id": None, "error": "这一行不是 JSON"}
    except LineError as error:
        return {"id": row.get("id") if isinstance(row, dict) else None, "error": str(error)}


def text_of(row: Row, key: str) -> str:
    """The text under a key; LineError when it is missing or no text."""
    value = row.get(key)
    if not isinstance(value, str):
        raise LineError(f"缺少 {key}，或 {key} 不是文字")
    return value


def given(value: str | None, what: str) -> str:
    """A positional argument that --jsonl would have made unnecessary; UsageError when neither is there."""
    if not value:
        raise UsageError(f"请给出{what}，或用 --jsonl 从标准输入读")
    return value
