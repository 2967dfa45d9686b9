"""What a bureau says of itself, seen and changed in chat."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from pydantic import ValidationError

from bot.desk.crew import done, title
from bot.desk.sayings import of_settings
from bot.desk.setting_values import read, unfit
from bot.interview import filling
from bot.turn.days import day_text
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.scope import PROVINCE
from bot.turn.session import Session
from bot.turn.wish import Consulted
from bot.turn.wording import say

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
    got = read(key, found[2], ground.today) if found else {}
    if not got:
        return filling.told(session, say(f"desk.want_{WANTS.get(key, 'text')}"), ground)
    if wrong := unfit(got.get("inner_deadline"), ground.today, ground.call):
        return filling.told(session, say(f"desk.day_{wrong[0]}", day=day_text(wrong[1])), ground)
    try:
        after = event.overlay.but(**got)
    except ValidationError:
        return filling.told(session, say("desk.want_text"), ground)
    plain = {one: after.model_dump(mode="json")[one] for one in got}
    lines = [say("desk.set", name=CALLED[one], value=shown(getattr(after, one))) for one in got]
    return filling.told(settled(session, event, ground, plain), "\n".join(lines), ground)


def settled(session: Session, event: Consulted, ground: Ground, changes: dict[str, Any]) -> Session:
    """The session with settings changed, and what follows from them said in the bureau's voice."""
    after = event.overlay.but(**changes)
    kept = done(session, event, ground, "settle", **changes)
    if event.scope.bureau == PROVINCE:
        return kept
    said = of_settings(after, title(event.scope.bureau, ground.call), ground.today)
    return done(kept, event, ground, "shelve", sayings=[one.model_dump() for one in said])


WANTS: Final = {
    "inner_deadline": "day", "tolerance": "share", "wait_hours": "hours", "drafting": "switch", "phone": "phone",
}  # fmt: skip
HANDLERS = {"settings": show, "set": change}
