"""What the record says of an act, in the words of those who read it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from bot.desk.bureau.life import ROLES, Record
from bot.desk.bureau.profile import NAMES, shown
from bot.desk.case import Action, Case, action
from bot.desk.display_names import named
from bot.turn.days import moment
from bot.turn.events import Turn
from bot.turn.wording import say, sentences

GROUPS: Final = {"staff": "工作群", "public": "咨询群"}


def audit(case: Case[Record]) -> Turn:
    """The last acts, newest first."""
    lines = [
        say("desk.act", at=moment(line.at), who=named(line.name), act=say(f"acts.{line.act}"))
        + (f" {line.number}" if line.number else "")
        + (f"：{text}" if (text := detail(line.act, line.detail)) else "")
        for line in case.seen.lines
    ]
    return case.told("\n".join(lines) or say("desk.no_acts"))


def detail(act: str, kept: str) -> str:
    """The detail of a line; what nobody has words for is left as it was kept."""
    return READ[act](kept) if kept and act in READ else kept


def _known(key: str, kept: str) -> str:
    return say(key) if key in sentences() else kept


def _parts(kept: str) -> str:
    """The parts of an entry that were changed."""
    return "、".join(_known(f"faq.part_{part.removeprefix('valid_')}", part) for part in kept.split("、"))


def _role(kept: str) -> str:
    return say(ROLES[kept]) if kept in ROLES else kept


def _settled(kept: str) -> str:
    """Settings, each with its value; which group it is says nothing."""
    try:
        values: Mapping[str, Any] = json.loads(kept)
    except ValueError:
        return kept
    return "、".join(_setting(key, value) for key, value in values.items())


def _setting(key: str, value: object) -> str:
    if key == "staff_chat":
        return GROUPS["staff"]
    if key == "active":
        return say("recorded.active" if value else "recorded.idle")
    if key == "inner_deadline" and isinstance(value, str):
        value = date.fromisoformat(value)
    return f"{next((name for name, setting in NAMES.items() if setting == key), key)} {shown(value)}"


READ: Final[Mapping[str, Callable[[str], str]]] = {
    "faq_edit": _parts, "settle": _settled, "recruit": _role, "join": _role,
    "tend": lambda kept: _known(f"tended.{kept}", kept), "send": lambda kept: _known(f"recorded.{kept}", kept),
    "bind": lambda kept: GROUPS.get(kept, kept),
}  # fmt: skip
ACTIONS: Final[Mapping[str, Action]] = {"audit": action("heads", Record, audit)}
