"""What several commands share: settings, JSON lines in and out, the day and the bureau that a line names."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

from bot.commands import UsageError
from bot.hearing.cities import meant
from bot.process import settings as configured
from bot.process.settings import Settings
from knowledge.call.definition import Call, Recommender

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


def settings() -> Settings:
    """The settings in force; SettingsError in one line."""
    return configured.load()


def day(row: Row, otherwise: date) -> date:
    """The day a line names, or the other one; LineError for what is no date."""
    value = row.get("today")
    if value is None:
        return otherwise
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise LineError("today 应写成 2026-04-03 的日期") from None


def bureau(said: object, call: Call) -> str:
    """The code of the bureau meant by code, city or full name; empty for none, LineError for an unknown one."""
    if not said:
        return ""
    if one := meant(said, call):
        return one.code
    raise LineError(f"没有“{said}”这个工信局，可用城市名，例如{call.recommenders[0].city}")


def recommender(said: str, call: Call) -> Recommender:
    """The bureau an option means; UsageError for an unknown one."""
    code = asker(said, call)
    if not code:
        raise UsageError(f"请用 --bureau 给出推荐单位，例如{call.recommenders[0].city}")
    return next(one for one in call.recommenders if one.code == code)


def asker(said: str, call: Call) -> str:
    """The code of the bureau an option or setting means; UsageError for an unknown one."""
    try:
        return bureau(said, call)
    except LineError as error:
        raise UsageError(str(error)) from None
