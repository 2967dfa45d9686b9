"""What the record says of an act, in the words of those who read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from bot.desk.bureau import NAMES, shown
from bot.desk.crew import ROLES, Line
from bot.interview import filling
from bot.turn.days import moment
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.session import Session
from bot.turn.wish import Consulted
from bot.turn.wording import say, sentences

GROUPS: Final = {"staff": "工作群", "public": "咨询群"}


def audit(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The last acts, newest first."""
    lines: Sequence[Line] = event.found
    told = [
        say("desk.act", at=moment(one.at), who=one.name or say("desk.nameless"), act=say(f"acts.{one.act}"))
        + (f" {one.number}" if one.number else "")
        + (f"：{told}" if (told := detail(one.act, one.detail)) else "")
        for one in lines
    ]
    return filling.told(session, "\n".join(told) or say("desk.no_acts"), ground)


def detail(act: str, told: str) -> str:
    """The detail of a line; what nobody has words for is left as it was kept."""
    return READ[act](told) if told and act in READ else told


def _known(key: str, told: str) -> str:
    return say(key) if key in sentences() else told


def _parts(told: str) -> str:
    """The parts of an entry that were changed."""
    return "、".join(_known(f"faq.part_{one.removeprefix('valid_')}", one) for one in told.split("、"))


def _role(told: str) -> str:
    return say(ROLES[told]) if told in ROLES else told


def _settled(told: str) -> str:
    """Settings, each with its value; which group it is says nothing."""
    try:
        values: Mapping[str, Any] = json.loads(told)
    except ValueError:
        return told
    return "、".join(_setting(key, value) for key, value in values.items())


def _setting(key: str, value: object) -> str:
    if key == "staff_chat":
        return GROUPS["staff"]
    if key == "active":
        return say("recorded.active" if value else "recorded.idle")
    if key == "inner_deadline" and isinstance(value, str):
        value = date.fromisoformat(value)
    named = next((name for name, one in NAMES.items() if one == key), key)
    return f"{named} {shown(value)}"


READ: Final[Mapping[str, Callable[[str], str]]] = {
    "faq_edit": _parts, "settle": _settled, "recruit": _role, "join": _role,
    "tend": lambda told: _known(f"tended.{told}", told), "send": lambda told: _known(f"recorded.{told}", told),
    "bind": lambda told: GROUPS.get(told, told),
}  # fmt: skip
HANDLERS: Final = {"audit": audit}
