"""What several commands need of a line: the day, the bureau, settings that fail in one line."""

from __future__ import annotations

from datetime import date

from bot.commands import UsageError
from bot.commands.lines import LineError, Row
from bot.hearing.cities import meant
from bot.process import settings as configured
from bot.process.settings import Settings
from knowledge.call.definition import Call, Recommender


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
