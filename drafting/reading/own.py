"""What somebody of a unit says of the unit itself: its profile, the tasks it takes on, its duty."""

from __future__ import annotations

import re
from dataclasses import replace

from drafting.form.draft import Draft, Member
from drafting.form.duties import task_numbers
from drafting.form.understood import Understood, Unit
from drafting.phrasebook import pattern
from drafting.reading.intents import asks
from drafting.reading.marking import unknown_task
from drafting.reading.message import understand
from drafting.reading.setting import Setting
from knowledge.call.definition import Call

LEAST = 8
SHORTEST = 4


def own(text: str, unit: str, draft: Draft, call: Call) -> Understood:
    """What the message says of the unit, under its name; what it says of anything else stands beside that."""
    bare = text.strip()
    labelled = _labelled(bare)
    now = next((one for one in draft.members if one.name == unit), Member(name=unit))
    if labelled:
        return _checked(Unit(unit, intro=labelled.get("intro"), duty=labelled.get("duty")), labelled, call)
    if asks(bare):
        return Understood()
    numbers = tuple(task_numbers(bare))
    if numbers and pattern("own.left").search(bare) and pattern("own.ours").search(bare):
        return Understood(members=(Unit(unit, tasks=tuple(one for one in now.part.tasks if one not in numbers)),))
    duty = pattern("own.duty").match(bare)
    if duty and not numbers:
        return Understood(members=(Unit(unit, duty=duty["what"].strip(" 。")),))
    got = understand(pattern("own.subject").sub(unit, bare, count=1), Setting(call, draft))
    if numbers and replace(got, select=(), problems=()) == Understood() and pattern("own.takes").search(bare):
        more = now.part.tasks if pattern("own.more").search(bare) else ()
        return _checked(Unit(unit, tasks=more), {"tasks": bare}, call)
    named = any(one.name == unit for one in got.members)
    if named or got.says_facts or got.problems:
        return replace(got, members=tuple(_tidy(one, now, bare) if one.name == unit else one for one in got.members))
    bare = pattern("own.is").sub("", bare)
    return Understood(members=(Unit(unit, intro=bare),)) if not now.intro and len(bare) >= LEAST else got


def _labelled(text: str) -> dict[str, str]:
    """The values behind 简介：, 任务：, 分工：, by what they are."""
    found = list(pattern("own.label").finditer(text))
    if not found or text[: found[0].start()].strip(" ，,。；;"):
        return {}
    # The full stop in front of the next label belongs to the sentence before it.
    ends = [*(one.start() + (text[one.start()] == "。") for one in found[1:]), len(text)]
    said = {}
    for one, end in zip(found, ends, strict=True):
        kind = "intro" if one["intro"] else "duty" if one["duty"] else "tasks"
        said[kind] = text[one.end() : end].strip(" ，,；;\n")
    return {kind: value for kind, value in said.items() if value}


def _checked(unit: Unit, said: dict[str, str], call: Call) -> Understood:
    """The unit with its tasks; a number no task has is refused."""
    text = said.get("tasks", "")
    numbers = tuple(task_numbers(text)) or tuple(map(int, re.findall(r"\d{1,2}", text)))
    unknown = [one for one in numbers if one not in call.task_by_number]
    problems = tuple(unknown_task(one, call) for one in unknown)
    known = (one for one in numbers if one in call.task_by_number)
    whole = replace(unit, tasks=tuple(dict.fromkeys((*(unit.tasks or ()), *known))) or None)
    says = whole != Unit(unit.name)
    return Understood(members=(whole,) if says else (), problems=problems)


def _tidy(said: Unit, now: Member, text: str) -> Unit:
    """The unit without what is left over of a subject; tasks that come on top of those it has."""
    intro = (said.intro or "").removeprefix("是")
    more = now.part.tasks if said.tasks and pattern("own.more").search(text) else ()
    tasks = tuple(dict.fromkeys((*more, *said.tasks))) if said.tasks is not None else None
    return replace(
        said, intro=intro if len(intro) >= SHORTEST else None, tasks=tasks, duty=said.duty and said.duty.lstrip("的")
    )
