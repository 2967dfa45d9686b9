"""What somebody of a unit says of the unit itself: its profile, the tasks it takes on, its duty."""

from __future__ import annotations

import re
from dataclasses import replace

from drafting.draft import Draft, Member
from drafting.duties import task_numbers
from drafting.reading.intents import asks
from drafting.reading.marking import unknown_task
from drafting.reading.message import understand
from drafting.reading.setting import Setting
from drafting.reading.understood import Understood, Unit
from drafting.reading.words import pattern
from knowledge.call import Call

LEAST = 8


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
    if numbers and pattern("own.left").search(bare) and pattern("own.ours").match(bare):
        left = tuple(one for one in now.part.tasks if one not in numbers)
        return Understood(members=(Unit(unit, tasks=left),)) if left != now.part.tasks else Understood()
    duty = pattern("own.duty").match(bare)
    if duty and not numbers:
        return Understood(members=(Unit(unit, duty=duty["what"].strip(" 。")),))
    got = understand(pattern("own.subject").sub(unit, bare, count=1), Setting(call, draft))
    named = any(one.name == unit for one in got.members)
    if named or got.says_facts or got.problems:
        return _tasks_only(got, unit, bare) if named else got
    takes = pattern("own.takes").match(bare)
    if numbers and takes:
        return _checked(Unit(unit), {"tasks": bare}, call)
    return Understood(members=(Unit(unit, intro=bare),)) if not now.intro and len(bare) >= LEAST else got


def _labelled(text: str) -> dict[str, str]:
    """The values behind 简介：, 任务：, 分工：, by what they are."""
    found = list(pattern("own.label").finditer(text))
    if not found or text[: found[0].start()].strip(" ，,。；;"):
        return {}
    ends = [*(one.start() for one in found[1:]), len(text)]
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
    known = tuple(dict.fromkeys(one for one in numbers if one in call.task_by_number))
    whole = replace(unit, tasks=known or None)
    says = whole != Unit(unit.name)
    return Understood(members=(whole,) if says else (), problems=problems)


def _tasks_only(got: Understood, unit: str, text: str) -> Understood:
    """A subject that was left over as a profile is none."""
    kept = tuple(
        replace(one, intro=None) if one.name == unit and one.intro and len(one.intro) < 4 else one
        for one in got.members
    )
    return replace(got, members=kept)
