"""Answers about several tasks: lists and counts, and what a choice of tasks requires."""

from __future__ import annotations

import re
from collections.abc import Callable

from knowledge.answers.context import Ask, Found, listed
from knowledge.answers.render.tasks import LEAST, names, rows
from knowledge.call.definition import Task
from knowledge.language.normal import normalise


def _wanted(ask: Ask) -> tuple[str, list[Task]]:
    required = True if ask.holds("必选") and not ask.holds("可选") else None
    required = False if ask.holds("可选", "不做") and not ask.holds("必选") else required
    counted = ask.holds("带星") or (ask.holds("量化词") and not ask.reading.libraries)
    starred = False if ask.holds("不带星") else True if counted else None
    chosen = [ask.call.task_by_number[one] for one in ask.call.numbers(required=required, starred=starred)]
    chosen = [task for task in chosen if not ask.reading.libraries or task.library in ask.reading.libraries]
    words = [listed(ask.reading.libraries)] if ask.reading.libraries else []
    marks = ask.call.marks
    words += [marks.required if required else marks.optional] if required is not None else []
    words += ["带“*”" if starred else "不带“*”"] if starred is not None else []
    return "、".join(words), chosen


def listing(ask: Ask) -> Found | None:
    """The tasks of a kind, counted and listed."""
    kind, chosen = _wanted(ask)
    if not chosen:
        return Found("empty", {"kind": kind}, ("@clause:star",)) if kind else None
    found = {
        "kind": kind,
        "count": str(len(chosen)),
        "names": listed([f"任务{task.number}{task.short}" for task in chosen]),
    }
    found |= {"must": str(sum(task.required for task in chosen)), "may": str(sum(not task.required for task in chosen))}
    starred = ("@clause:star",) if "“*”" in kind else ()
    if not kind:
        return Found("all", found, rows(chosen[:LEAST]))
    return Found("kind", found, (*rows(chosen[: LEAST - len(starred)]), *starred))


def both(ask: Ask) -> Found | None:
    """How many tasks are mandatory and how many optional."""
    must, may = ask.call.numbers(required=True), ask.call.numbers(required=False)
    by_number = ask.call.task_by_number
    musts, mays = [by_number[one] for one in must], [by_number[one] for one in may]
    found = {"n_must": str(len(must)), "n_may": str(len(may)), "must": names(musts), "may": names(mays)}
    return Found("", found, (*rows(musts[:1]), *rows(mays[:1])))


def star_and_need(ask: Ask) -> Found | None:
    """How the star and 必选/可选 relate: starred tasks of either kind."""
    numbers, by_number = ask.call.numbers, ask.call.task_by_number
    must = [by_number[one] for one in numbers(required=True, starred=True)]
    may = [by_number[one] for one in numbers(required=False, starred=True)]
    if not may:
        return None
    return Found("", {"must": names(must), "may": names(may)}, ("@clause:star", *rows(may[:1])))


def choice(ask: Ask) -> Found | None:
    """What a choice of tasks requires: how many ticks, crosses and figures."""
    chosen = [task for task in ask.call.tasks if task.number in _chosen(ask)]
    starred = [task for task in chosen if task.starred]
    left = [task for task in ask.call.tasks if task not in chosen]
    found = {
        "ticks": str(len(chosen)),
        "crosses": str(len(left)),
        "figures": str(len(starred)),
        "figure_tasks": names(starred),
        "tick_tasks": names(chosen),
        "cross_tasks": names(left) if left else "无",
        "chosen": ask.call.marks.chosen,
        "left": ask.call.marks.left,
    }
    if ask.holds("打叉", "打勾", "勾选栏") and not ask.holds("量化词", "带星"):
        return Found("marks", found, ("@clause:mark", *rows((left or chosen)[:2])))
    return Found("figures" if starred else "no_figures", found, ("@clause:star", *rows(starred[:2])))


def _chosen(ask: Ask) -> set[int]:
    must, every = set(ask.call.numbers(required=True)), set(ask.call.task_by_number)
    named = {task.number for task in ask.tasks}
    if ask.holds("不做") and named and not ask.holds("只做", "必选"):
        return every - named
    if ask.holds("全部") and not ask.holds("可选", "必选"):
        return every
    if ask.holds("可选全做"):
        return every
    return must | named


def mark(ask: Ask) -> Found | None:
    """How a task is marked, and that the mark may not be left out when that is asked."""
    return Found(
        "blank" if ask.holds("空着", "能否") and not ask.holds("打叉", "打勾") else "plain", {}, ("@clause:mark",)
    )


def left_out(ask: Ask) -> Found | None:
    """Whether mandatory tasks may be left out at all, no task being named."""
    must = [ask.call.task_by_number[one] for one in ask.call.numbers(required=True)]
    if not must:
        return None
    return Found("", {"names": names(must), "count": str(len(must))}, rows(must[:2]))


def libraries(ask: Ask) -> Found | None:
    """The groups of the task table with the tasks of each."""
    groups = {name: [task for task in ask.call.tasks if task.library == name] for name in ask.call.libraries}
    if len(groups) < 2:
        return None
    lines = "；".join(f"{name}（{names(tasks)}）" for name, tasks in groups.items())
    first = tuple(f"@task:{tasks[0].number}" for tasks in groups.values())
    return Found("", {"count": str(len(groups)), "lines": lines}, ("@clause:libraries", *first[:LEAST]))


def by_unit(ask: Ask) -> Found | None:
    """The tasks whose figure is counted in the unit that is named."""
    text = re.sub(r"(?:第|这|那|哪|几)[项个条]|一个", "", ask.reading.text)
    units = {unit for task in ask.call.tasks for unit in task.units if normalise(unit) in text}
    latin = {unit for unit in units if unit.isascii()} or units
    chosen = [task for task in ask.call.tasks if latin.intersection(task.units)]
    if not chosen:
        return None
    lines = "；".join(f"任务{task.number}{task.indicator.rstrip('。')}" for task in chosen[:LEAST])
    return Found("", {"names": names(chosen), "lines": lines}, rows(chosen[:LEAST]))


RENDERERS: dict[str, Callable[[Ask], Found | None]] = {
    "tasks_listing": listing,
    "tasks_both": both,
    "tasks_star": star_and_need,
    "tasks_choice": choice,
    "tasks_left": left_out,
    "mark_rule": mark,
    "libraries_all": libraries,
    "task_by_unit": by_unit,
}
