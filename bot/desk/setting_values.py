"""What somebody means a setting to be, and why it can't stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final

from knowledge.answers.mentions import days_in
from knowledge.call.definition import Call

NONE: Final = ("无", "没有", "不设", "清空", "取消")
SWITCH: Final = {"开": True, "打开": True, "开启": True, "关": False, "关闭": False}
# Settings that always say something.
FIRM: Final = ("drafting", "wait_hours")
_SHARE: Final = re.compile(r"[±]?\s*(\d+(?:\.\d+)?)\s*(%)?")
_HOURS: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(小时|个小时|天)?")
_NUMBERS: Final = re.compile(r"(?=(?:\D*\d){7})[\d\-()\s转,、;/+]{7,60}")
_NAME_AND_NUMBER: Final = re.compile(r"(\D{2,20}?)[\s,、:]*((?=(?:\D*\d){7})[\d\-() 转]{7,40})")
_WEEKDAY: Final = re.compile(r"(下)?(?:本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_DASHES: Final = str.maketrans("–—－，；", "---,;")


def read(key: str, said: str, today: date) -> dict[str, Any]:
    """The settings that are meant, mostly that of `key` alone; empty for what can't be read as one."""
    said = unicodedata.normalize("NFKC", said).strip().rstrip("。")
    if said in NONE and key not in FIRM:
        return {key: None if key in ("inner_deadline", "tolerance") else ""}
    if key == "contact" and (both := _NAME_AND_NUMBER.fullmatch(said.translate(_DASHES))):
        return {"contact": both[1].strip(), "phone": both[2].strip()}
    got = READERS[key](said, today) if key in READERS else said or None
    return {} if got is None else {key: got}


def day_of(said: str, today: date) -> date | None:
    """The one day that is meant, in this year where none is said; None for what names no day, or several."""
    said = unicodedata.normalize("NFKC", said)
    if found := _WEEKDAY.search(said):
        return _weekday("一二三四五六日天".index(found[2]) % 7, today, later=bool(found[1]))
    days = set(days_in(said, today.year))
    if len(days) != 1:
        return None
    try:
        return date(*days.pop())
    except ValueError:
        return None


def to_come(said: str, today: date) -> date | None:
    """The same, next year's where no year is said and this year's is past."""
    day = day_of(said, today)
    if day is None or day >= today or re.search(r"\d{4}|今年|去年", said):
        return day
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return None


def _weekday(place: int, today: date, *, later: bool) -> date:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=place + 7 * later)
    return day if day >= today else day + timedelta(days=7)


def _share(said: str, _today: date) -> float | None:
    found = _SHARE.fullmatch(said)
    if found is None:
        return None
    number = float(found[1])
    share = number / 100 if found[2] or number > 1 else number
    return share if share <= 1 else None


def _hours(said: str, _today: date) -> float | None:
    found = _HOURS.fullmatch(said)
    return None if found is None else float(found[1]) * (24 if found[2] == "天" else 1)


def _phone(said: str, _today: date) -> str | None:
    plain = said.translate(_DASHES)
    return plain if _NUMBERS.fullmatch(plain) else None


READERS: Final[dict[str, Callable[[str, date], Any]]] = {
    "inner_deadline": day_of, "tolerance": _share, "wait_hours": _hours, "phone": _phone,
    "drafting": lambda said, _today: SWITCH.get(said),
}  # fmt: skip


def unfit(day: date | None, today: date, call: Call) -> tuple[str, date] | None:
    """Why a bureau can't take in material until that day, as a code with the day that matters; None when it can."""
    last = min((one.day for one in call.deadlines), default=None)
    if day is None:
        return None
    if day < today:
        return "past", day
    return ("late", last) if last and day > last else None
