"""What a bureau says of itself, seen and changed in chat: what a setting is meant to be, and why it can't stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any, Final

from pydantic import ValidationError

from bot.desk.bureau.life import Settled
from bot.desk.case import Action, Case, action
from bot.desk.sayings import Shelved, of_settings
from bot.turn.days import day_text
from bot.turn.events import Turn
from bot.turn.wish import Nothing
from bot.turn.wording import say
from knowledge.answers.mentions import days_in
from knowledge.call.definition import Call

# Every setting by what people call it, and how it is shown.
NAMES: Final = {
    "名称": "name", "内部截止": "inner_deadline", "截止": "inner_deadline", "截止时间": "inner_deadline",
    "截止日期": "inner_deadline", "截止日": "inner_deadline", "报送时间": "inner_deadline", "期限": "inner_deadline",
    "收材料时间": "inner_deadline", "联系人": "contact", "经办人": "contact", "电话": "phone", "联系电话": "phone",
    "联系人电话": "phone", "电话号码": "phone", "联系方式": "phone", "手机": "phone", "手机号": "phone",
    "重点方向": "priorities", "欢迎语": "greeting", "字数容差": "tolerance", "字数误差": "tolerance",
    "提醒时限": "wait_hours", "填报": "drafting",
}  # fmt: skip
SHOWN: Final = {
    "内部截止": "inner_deadline", "联系人": "contact", "联系电话": "phone", "重点方向": "priorities",
    "欢迎语": "greeting", "字数容差": "tolerance", "提醒时限": "wait_hours", "填报": "drafting",
}  # fmt: skip
CALLED: Final = {**{key: name for name, key in SHOWN.items()}, "name": "名称"}
# What the province says of itself; the rest is each bureau's own.
PROVINCES: Final = ("wait_hours",)
_BECOMES: Final = "(?:改成|改为|改到|设成|设为|定为|定在|定到|[:：为是])?"
_NAMED: Final = re.compile(rf"({'|'.join(sorted(NAMES, key=len, reverse=True))})\s*{_BECOMES}\s*(.*)", re.DOTALL)
NONE: Final = ("无", "没有", "不设", "清空", "取消")
LASTING: Final = (*NONE, "长期", "一直")
SWITCH: Final = {"开": True, "打开": True, "开启": True, "关": False, "关闭": False}
# Settings that always say something.
FIRM: Final = ("drafting", "wait_hours")
_SHARE: Final = re.compile(r"[±]?\s*(\d+(?:\.\d+)?)\s*(%)?")
_HOURS: Final = re.compile(r"(\d+(?:\.\d+)?)\s*(小时|个小时|天)?")
_NUMBERS: Final = re.compile(r"(?=(?:\D*\d){7})[\d\-()\s转,、;/+]{7,60}")
_NAME_AND_NUMBER: Final = re.compile(r"(\D{2,20}?)[\s,、:]*((?=(?:\D*\d){7})[\d\-() 转]{7,40})")
_WEEKDAY: Final = re.compile(r"(下)?(?:本|这)?个?(?:周|星期|礼拜)([一二三四五六日天])")
_DASHES: Final = str.maketrans("–—－，；", "---,;")


# ---------------------------------------------------------------- what is meant
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
    if match := _WEEKDAY.search(said):
        return _weekday("一二三四五六日天".index(match[2]) % 7, today, later=bool(match[1]))
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


def last_day(said: str, today: date) -> str | None:
    """A last day that is meant, as an ISO day, empty for one that lasts; None for what names no day."""
    if said in LASTING:
        return ""
    day = to_come(said, today)
    return None if day is None else day.isoformat()


def _weekday(place: int, today: date, *, later: bool) -> date:
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=place + 7 * later)
    return day if day >= today else day + timedelta(days=7)


def _share(said: str, _today: date) -> float | None:
    match = _SHARE.fullmatch(said)
    if match is None:
        return None
    number = float(match[1])
    share = number / 100 if match[2] or number > 1 else number
    return share if share <= 1 else None


def _hours(said: str, _today: date) -> float | None:
    match = _HOURS.fullmatch(said)
    return None if match is None else float(match[1]) * (24 if match[2] == "天" else 1)


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


# ---------------------------------------------------------------- in chat
def show(case: Case[Nothing]) -> Turn:
    """A line a setting."""
    keys = ((name, key) for name, key in SHOWN.items() if key in PROVINCES or not case.above)
    lines = [say("desk.setting", name=name, value=shown(getattr(case.event.overlay, key))) for name, key in keys]
    return case.told("\n".join((case.office, *lines, say("desk.how_province" if case.above else "desk.how"))))


def shown(value: object) -> str:
    """A setting as it is read."""
    if isinstance(value, bool):
        return say("desk.on" if value else "desk.off")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, float):
        return say("desk.share", value=f"{value:.0%}") if value < 1 else say("desk.hours", value=f"{value:g}")
    return str(value) if value else say("desk.unset")


def change(case: Case[Nothing]) -> Turn:
    """One setting changed; what can't stand there is refused with what would do."""
    match, today, overlay = _NAMED.fullmatch(case.text), case.ground.today, case.event.overlay
    key = NAMES[match[1]] if match else ""
    if case.above and key not in PROVINCES:
        return case.told(say("desk.how_province"))
    values = read(key, match[2], today) if match else {}
    if not values:
        return case.told(say(f"desk.want_{WANTS.get(key, 'text')}"))
    if wrong := unfit(values.get("inner_deadline"), today, case.call):
        return case.told(say(f"desk.day_{wrong[0]}", day=day_text(wrong[1])))
    try:
        after = overlay.but(**values)
    except ValidationError:
        return case.told(say("desk.want_text"))
    plain = after.model_dump(mode="json", include=set(values))
    lines = [say("desk.set", name=CALLED[name], value=shown(getattr(after, name))) for name in values]
    settled = case.acting(Settled({name: plain[name] for name in values}))
    if not case.above:
        settled = settled.acting(Shelved(of_settings(after, case.office, today)))
    return settled.told("\n".join(lines))


WANTS: Final = {
    "inner_deadline": "day", "tolerance": "share", "wait_hours": "hours", "drafting": "switch", "phone": "phone",
}  # fmt: skip
ACTIONS: Final[Mapping[str, Action]] = {
    "settings": action("heads", Nothing, show),
    "set": action("heads", Nothing, change),
}
