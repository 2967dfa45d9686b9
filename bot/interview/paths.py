"""What a path of the draft and what stands there are called to a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.turn.wording import say
from drafting.changes.history import ORDER
from drafting.form.amounts import write_amount
from drafting.form.draft import Choice, Member, Part
from drafting.form.duties import numbers
from drafting.form.values import full_label
from drafting.kinds import kind_of
from drafting.kinds.kind import shortened
from knowledge.call.definition import Call

MOST: Final = 6


def path_label(path: str, call: Call) -> str:
    """项目名称, 任务5, a unit's name, a section's title."""
    part, _, key = path.partition("/")
    if part == "fields" and key in call.field_by_id:
        return full_label(call.field_by_id[key])
    if part == "tasks":
        return say("paths.task", number=key)
    if part == "lead":
        return say("paths.lead")
    return section_label(path, call) if part in ("texts", "points", "promised") else key


def section_label(path: str, call: Call) -> str:
    """The title of the section a path belongs to, empty for one of another call."""
    part, _, key = path.partition("/")
    titles = (one.title for one in call.sections if one.id == key or part in kind_of(one).paths)
    return next(titles, "")


def labels(paths: Iterable[str], call: Call, most: int = MOST) -> str:
    """What the paths are called, in their order, each once, tasks together; many are counted."""
    there = [path for path in paths if path != ORDER]
    tasks = sorted(int(path.partition("/")[2]) for path in there if path.startswith("tasks/"))
    together = say("paths.task", number=numbers(tuple(tasks)))
    named = list(dict.fromkeys(together if path.startswith("tasks/") else path_label(path, call) for path in there))
    more = say("paths.more", count=len(named)) if len(named) > most else ""
    return "、".join(named[:most]) + more


def section_labels(paths: Iterable[str], call: Call) -> str:
    """The sections the paths belong to, each once."""
    found = (section_label(path, call) for path in paths if path != ORDER)
    return "、".join(dict.fromkeys(filter(None, found)))


def value_text(path: str, value: Any, call: Call) -> str:
    """What stands at a path, on one short line; empty for nothing and for what is not told."""
    if value is None or value is True:
        return ""
    part = path.partition("/")[0]
    if part == "tasks":
        choice = Choice.model_validate(value)
        mark = call.marks.of(choice.selected)
        return mark + "；".join(map(write_amount, choice.targets))
    if part == "lead":
        return _part(Part.model_validate(value))
    if part == "members":
        unit = Member.model_validate(value)
        return shortened("，".join(filter(None, (unit.intro, _part(unit.part)))), 40)
    if part in ("texts", "points"):
        lines = [one["text"] if isinstance(one, Mapping) else one for one in value]
        return shortened("".join(lines), 40)
    return shortened(str(value), 40)


def _part(part: Part) -> str:
    tasks = say("paths.task", number=numbers(part.tasks)) if part.tasks else ""
    return "，".join(filter(None, (tasks, part.duty)))
