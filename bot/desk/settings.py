"""What a bureau says of itself, seen and changed in chat."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from pydantic import ValidationError

from bot import filling
from bot.desk.crew import done, title
from bot.desk.sayings import of_settings
from bot.desk.scope import PROVINCE
from bot.events import Consulted, Turn
from bot.filling import Ground
from bot.session import Session
from bot.standing import day_text
from bot.wording import say

# Every setting by what people call it, and how it is shown.
NAMES: Final = {
    "名称": "name", "内部截止": "inner_deadline", "截止": "inner_deadline", "报送时间": "inner_deadline",
    "联系人": "contact", "电话": "phone", "联系电话": "phone", "重点方向": "priorities", "欢迎语": "greeting",
    "字数容差": "tolerance", "提醒时限": "wait_hours", "填报": "drafting",
}  # fmt: skip
SHOWN: Final = {
    "内部截止": "inner_deadline", "联系人": "contact", "联系电话": "phone", "重点方向": "priorities",
    "欢迎语": "greeting", "字数容差": "tolerance", "提醒时限": "wait_hours", "填报": "drafting",
}  # fmt: skip
# What the province says of itself; the rest is each bureau's own.
PROVINCES: Final = ("wait_hours",)
_NAMED: Final = re.compile(f"({'|'.join(sorted(NAMES, key=len, reverse=True))})[\\s:：为是]*(.*)", re.DOTALL)
_DAY: Final = re.compile(r"(?:(\d{4})\s*[年\-/.])?\s*(\d{1,2})\s*[月\-/.]\s*(\d{1,2})\s*[日号]?")
NONE: Final = ("无", "没有", "不设", "清空", "取消")


def show(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A line a setting."""
    province = event.scope.bureau == PROVINCE
    keys = ((name, key) for name, key in SHOWN.items() if key in PROVINCES or not province)
    lines = [say("desk.setting", name=name, value=shown(getattr(event.overlay, key))) for name, key in keys]
    how = say("desk.how_province" if province else "desk.how")
    return filling.told(session, "\n".join((title(event.scope.bureau, ground.call), *lines, how)), ground)


def shown(value: object) -> str:
    """A setting as it is read."""
    if isinstance(value, bool):
        return say("desk.on" if value else "desk.off")
    if isinstance(value, date):
        return day_text(value)
    if isinstance(value, float):
        return say("desk.share", value=f"{value:.0%}") if value < 1 else say("desk.hours", value=f"{value:g}")
    return str(value) if value else say("desk.unset")


def change(session: Session, event: Consulted, ground: Ground) -> Turn:
    """One setting changed; what can't stand there is refused with what would do."""
    found = _NAMED.fullmatch(event.wish.text)
    key = NAMES[found[1]] if found else ""
    if event.scope.bureau == PROVINCE and key not in PROVINCES:
        return filling.told(session, say("desk.how_province"), ground)
    got = read(key, found[2].strip() if found else "", ground.today)
    if not got:
        return filling.told(session, say(f"desk.want_{WANTS.get(key, 'text')}"), ground)
    try:
        after = event.overlay.but(**{key: got[0]})
    except ValidationError:
        return filling.told(session, say("desk.want_text"), ground)
    plain = after.model_dump(mode="json")[key]
    kept = settled(session, event, ground, {key: plain})
    told = say("desk.set", name=found[1] if found else "", value=shown(getattr(after, key)))
    return filling.told(kept, told, ground)


SWITCH: Final = {"开": True, "打开": True, "开启": True, "关": False, "关闭": False}


def settled(session: Session, event: Consulted, ground: Ground, changes: dict[str, Any]) -> Session:
    """The session with settings changed, and what follows from them said in the bureau's voice."""
    after = event.overlay.but(**changes)
    kept = done(session, event, ground, "settle", **changes)
    if event.scope.bureau == PROVINCE:
        return kept
    said = of_settings(after, title(event.scope.bureau, ground.call), ground.today)
    return done(kept, event, ground, "shelve", sayings=[one.model_dump() for one in said])


WANTS: Final = {"inner_deadline": "day", "tolerance": "share", "wait_hours": "hours", "drafting": "switch"}


def read(key: str, said: str, today: date) -> tuple[Any, ...]:
    """What somebody means a setting to be, alone in a tuple; an empty one for what can't be read as one."""
    if said in NONE and key not in ("drafting", "wait_hours"):
        return (None if key in ("inner_deadline", "tolerance") else "",)
    if key == "inner_deadline":
        got: Any = day_of(said, today)
    elif key == "drafting":
        got = SWITCH.get(said)
    elif key in ("tolerance", "wait_hours"):
        number = re.fullmatch(r"[±]?\s*(\d+(?:\.\d+)?)\s*(%|％|小时|个小时|天)?", said)
        got = _number(key, float(number[1]), number[2] or "") if number else None
    else:
        got = said or None
    return () if got is None else (got,)


def _number(key: str, number: float, unit: str) -> float | None:
    if key == "tolerance":
        share = number / 100 if unit in ("%", "％") or number > 1 else number
        return share if unit not in ("小时", "个小时", "天") and share <= 1 else None
    return number * 24 if unit == "天" else number


def day_of(said: str, today: date) -> date | None:
    """The day that is meant, the nearest one to come where no year is said; None for what is no day."""
    found = _DAY.fullmatch(said.rstrip("前。 "))
    if found is None:
        return None
    year, month, day = found.groups()
    try:
        meant = date(int(year) if year else today.year, int(month), int(day))
        return meant if year or meant >= today else date(today.year + 1, int(month), int(day))
    except ValueError:
        return None


HANDLERS = {"settings": show, "set": change}
