"""Answers about time: the period, whether a day lies in it, whether a day is in time for a deadline."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, timedelta

from knowledge.answers.context import Ask, Found, day, month


def _day(year: int, month_: int, day_: int, *, last: bool) -> date:
    month_ = month_ or (12 if last else 1)
    most = calendar.monthrange(year, month_)[1]
    return date(year, month_, min(day_, most) if day_ else most if last else 1)


def within(ask: Ask) -> Found | None:
    """Whether a day or month the asker names lies in the period."""
    if not ask.reading.days:
        return None
    period = ask.call.period
    first = ask.reading.days[0]
    said = f"{first[0]}年" + (f"{first[1]}月" if first[1] else "") + (f"{first[2]}日" if first[2] else "")
    start, end = _day(*first, last=False), _day(*first, last=True)
    if start == end and any(one.day == start for one in ask.call.deadlines):
        return None
    variant = "early" if end < period.start else "late" if start > period.end else "inside"
    return Found(variant, {"day": said}, ("@period",))


def _named(ask: Ask) -> date | None:
    """The day that is asked about: one that is named, or today or tomorrow when that day is known."""
    if ask.reading.days and ask.holds("来得及", "能否", "是否", "晚交"):
        return _day(*ask.reading.days[0], last=False)
    if ask.today and ask.holds("今日", "明日"):
        return ask.today + timedelta(days=1 if ask.holds("明日") else 0)
    return None


def deadline(ask: Ask) -> Found | None:
    """The first deadline, or whether a day the asker names is in time for it."""
    if not ask.call.deadlines:
        return None
    due = ask.call.deadlines[0]
    values = {"deadline": day(due.day), "what": due.what}
    quotes = (f"@deadline:{due.id}",)
    if ask.today and ask.today > due.day and not ask.reading.days:
        return Found("past", values, quotes)
    if ask.today and ask.holds("剩几天"):
        return Found("left", {**values, "days": str((due.day - ask.today).days)}, quotes)
    named = _named(ask)
    if named is None:
        return Found("bureau" if due.binds == "bureau" else "all", values, quotes)
    whole = not ask.reading.days or ask.reading.days[0][2]
    values["day"] = f"{named.month}月{named.day}日" if whole else month(named)
    return Found("late" if named > due.day else "same" if named == due.day else "early", values, quotes)


RENDERERS: dict[str, Callable[[Ask], Found | None]] = {"period_day": within, "deadline_day": deadline}
