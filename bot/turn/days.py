"""Days and moments in China, as they are written."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))


def day_text(day: date) -> str:
    """2026年4月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def moment(at: float) -> str:
    """4月3日 14:05, in China, of a time in seconds since 1970."""
    when = datetime.fromtimestamp(at, CHINA)
    return f"{when.month}月{when.day}日 {when:%H:%M}"
