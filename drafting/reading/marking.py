"""Ticks and crosses in a message, checked against the rows that must be taken."""

from __future__ import annotations

import re

from drafting.form.problem import Problem
from drafting.form.understood import Understood
from drafting.form.values import check_choice
from drafting.phrasebook import pattern
from drafting.reading import task_references
from drafting.reading.choosing import bare, choices
from drafting.reading.quantities import scan
from drafting.reading.setting import Setting
from drafting.reading.task_counts import uncounted
from knowledge.call.definition import Call

_AFTER_NUMBER = re.compile(r"任务\s*\d{1,2}\s*[：:]\s*\d+(?!\d|、)")
_AFTER_NAME = re.compile(r"数?量?\s*(?:写|填|是|为|改成|改为|改|到|报|定)*\s*\d")


def about_marks(shown: str, setting: Setting) -> bool:
    """True when a message speaks of taking or leaving tasks, not of their figures."""
    if setting.asks_kind("tasks"):
        return True
    return speaks_of_marks(shown, setting.call) and not speaks_of_figures(shown, setting.call)


def speaks_of_marks(text: str, call: Call) -> bool:
    """True when a text names tasks and a word of taking or leaving them."""
    refs = task_references.by_number(text, call, bare=False)
    named = bool(refs.known or refs.unknown or task_references.by_name(text, call) or task_references.group(text, call))
    if named and pattern("marks.signs").search(text):
        return True
    if pattern("marks.marked").search(text) and any(pattern(f"marks.{key}").search(text) for key in ("rest", "except")):
        return True
    return bool(pattern("marks.numbered").search(text)) and not re.search(r"我们|负责|承担", text)


def speaks_of_figures(text: str, call: Call) -> bool:
    """True when a text without its task numbers still holds a figure: with a unit, too large, or behind a name."""
    if _AFTER_NUMBER.search(text):
        return True
    text = task_references.by_number(uncounted(text, call), call, bare=False).rest
    groups = task_references.group(text, call) is not None or pattern("marks.rest").search(text)
    amounts = any(one.amount.unit or one.amount.value > len(call.tasks) for one in scan(text))
    return gives_figures(text, call) or (not groups and (amounts or "目标" in text))


def gives_figures(text: str, call: Call) -> bool:
    """True when a number stands right behind a task's name, or a colon behind its number: 专利8, 任务3：5."""
    if _AFTER_NUMBER.search(text):
        return True
    return any(_AFTER_NAME.match(text, end) for _, end, _ in task_references.by_name(text, call))


def marks(shown: str, setting: Setting) -> Understood:
    """The decisions that may stand, and a problem for each that may not."""
    call = setting.call
    chosen = choices(shown, call)
    problems = [unknown_task(number, call) for number in chosen.unknown]
    kept = {}
    problems += [_opposed(number, call) for number in chosen.opposed]
    for number, mark in chosen.marks.items():
        if number in chosen.opposed:
            continue
        problem = check_choice(call.task_by_number[number], mark, call)
        if problem:
            problems.append(problem)
        else:
            kept[number] = mark
    spoken = pattern("marks.yes").search(shown) or pattern("marks.which").search(shown)
    if chosen.unclear and not kept and not problems and spoken:
        problems.append(Problem("ambiguous_task", "", "没听准是哪一项任务，请说任务编号。"))
    select = tuple(sorted(number for number, mark in kept.items() if mark))
    deselect = tuple(sorted(number for number, mark in kept.items() if not mark))
    return Understood(select=select, deselect=deselect, problems=tuple(problems))


def asked(shown: str, setting: Setting) -> Understood:
    """The decision on the task that was asked for when a message is nothing but one: 做 · 不做，没人手."""
    decisions = {mark for piece in re.split(r"[，,。；;！!]", shown) if (mark := bare(piece)) is not None}
    mark, number = bare(shown), setting.asked_task
    mark = decisions.pop() if mark is None and len(decisions) == 1 else mark
    if mark is None or number not in setting.call.task_by_number:
        return Understood()
    problem = check_choice(setting.call.task_by_number[number], mark, setting.call)
    if problem:
        return Understood(problems=(problem,))
    return Understood(select=(number,)) if mark else Understood(deselect=(number,))


def _opposed(number: int, call: Call) -> Problem:
    text = f"{task_references.describe(call.task_by_number[number])}前面说做，后面又说不做，请说定一种。"
    return Problem("contradiction", str(number), text)


def unknown_task(number: int, call: Call) -> Problem:
    """The Problem of a number no task has."""
    text = f"没有任务{number}，项目任务一共{len(call.tasks)}项（1至{len(call.tasks)}）。"
    return Problem("unknown_task", str(number), text)
