"""Answers about the task table: single tasks, several together, lists and counts, what a choice of tasks requires."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from knowledge.call import Task
from knowledge.context import Ask, Found, listed
from knowledge.normal import normalise

LEAST = 3
HEAD = 6


def names(tasks: Iterable[Task]) -> str:
    """The tasks as `任务1、3、4`."""
    return "任务" + listed([str(task.number) for task in tasks])


def shorts(tasks: Iterable[Task]) -> str:
    """What the tasks are about, in order."""
    return listed([task.short for task in tasks])


def rows(tasks: Iterable[Task]) -> tuple[str, ...]:
    """References to the rows of the tasks."""
    return tuple(f"@task:{task.number}" for task in tasks)


def need(task: Task, ask: Ask) -> str:
    """The form's word for a task that must, or may, be done."""
    return ask.call.marks.required if task.required else ask.call.marks.optional


def values(task: Task, ask: Ask) -> dict[str, str]:
    """What a sentence about one task may say."""
    return {
        "n": str(task.number),
        "short": task.short,
        "text": task.text.rstrip("。"),
        "library": task.library,
        "kind": need(task, ask),
        "star": "带“*”" if task.starred else "不带“*”",
        "indicator": task.indicator.rstrip("。"),
        "measure": task.indicator.partition("（")[0] or task.measure,
        "unit": "/".join(task.units),
        "target": task.indicator.rstrip("。") or f"“{ask.call.marks.none}”",
    }


def required(ask: Ask) -> Found | None:
    """Whether the task may be left out; several tasks are told apart."""
    if len(ask.tasks) > 1:
        return _apart(ask)
    if not ask.tasks:
        return None
    task = ask.tasks[0]
    kind = "required" if task.required else "starred" if task.starred and ask.holds("指标", "打勾") else "optional"
    tone = "skip" if ask.holds("不做") and not ask.holds("必选") else "must"
    return Found(f"{kind}_{tone}", values(task, ask), rows([task]))


def _apart(ask: Ask) -> Found:
    must = [task for task in ask.tasks if task.required]
    may = [task for task in ask.tasks if not task.required]
    variant = "mixed" if must and may else "all_required" if must else "all_optional"
    return Found(
        variant,
        {"must": names(must), "may": names(may), "must_short": shorts(must), "may_short": shorts(may)},
        rows((may + must)[:LEAST]),
    )


def figure(ask: Ask) -> Found | None:
    """Whether the task wants a figure, and which; a rule of all starred tasks when no task is named."""
    if len(ask.tasks) > 1:
        return _figures(ask)
    if not ask.tasks:
        return None
    task = ask.tasks[0]
    if not task.starred:
        return Found("none", values(task, ask), (*rows([task]), "@clause:star"))
    variant = "required" if task.required else "optional"
    if ask.holds("空着"):
        variant += "_blank"
    return Found(variant, values(task, ask), (*rows([task]), "@clause:star"))


def _figures(ask: Ask) -> Found:
    lines = [
        f"任务{task.number}填{task.indicator.rstrip('。')}"
        if task.starred
        else f"任务{task.number}不用填（“{ask.call.marks.none}”）"
        for task in ask.tasks[:5]
    ]
    return Found("several", {"lines": "；".join(lines)}, (*rows(ask.tasks[:2]), "@clause:star"))


def unit(ask: Ask) -> Found | None:
    """The unit of a task's figure."""
    tasks = ask.tasks or _starred_of(ask)
    if len(tasks) != 1:
        return _figures(ask) if ask.tasks else None
    task = tasks[0]
    variant = "none" if not task.starred else "one" if task.unit else "open"
    return Found(variant, values(task, ask), (*rows([task]), "@clause:star"))


def _starred_of(ask: Ask) -> tuple[Task, ...]:
    return tuple(task for task in ask.call.tasks if task.starred and task.library in ask.reading.libraries)


def show(ask: Ask) -> Found | None:
    """What a task is: its text, whether it is mandatory, its star and target."""
    if not ask.tasks:
        return None
    if len(ask.tasks) > 1:
        lines = [f"任务{task.number} {task.short}（{need(task, ask)}）" for task in ask.tasks[:6]]
        return Found("several", {"lines": "；".join(lines)}, rows(ask.tasks[:LEAST]))
    return Found("one", values(ask.tasks[0], ask), rows(ask.tasks))


def strange(ask: Ask) -> Found | None:
    """That the call has no task of this number."""
    if not ask.reading.strange or not ask.call.tasks:
        return None
    return Found("", {"n": str(ask.reading.strange[0])}, rows(ask.call.tasks[-1:]))


def number_of(ask: Ask) -> Found | None:
    """The number and library of a task that is called by its subject."""
    tasks = [ask.call.task_by_number[number] for number in ask.reading.named] or list(ask.tasks)
    if not tasks:
        return None
    if len(tasks) > 1:
        lines = "；".join(f"任务{task.number}是{task.text.rstrip('。')}" for task in tasks[:LEAST])
        return Found("several", {"lines": lines}, rows(tasks[:LEAST]))
    return Found("one", values(tasks[0], ask), rows(tasks[:1]))


def _wanted(ask: Ask) -> tuple[str, list[Task]]:
    required = True if ask.holds("必选") and not ask.holds("可选") else None
    required = False if ask.holds("可选", "不做") and not ask.holds("必选") else required
    starred = False if ask.holds("不带星") else True if ask.holds("带星") else None
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
    found = {"kind": kind, "count": str(len(chosen)), "names": names(chosen), "shorts": shorts(chosen)}
    found |= {"must": str(sum(task.required for task in chosen)), "may": str(sum(not task.required for task in chosen))}
    starred = ("@clause:star",) if ask.holds("带星", "不带星") else ()
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
    return Found("", {"count": str(len(groups)), "lines": lines}, first[:LEAST])


def library_work(ask: Ask) -> Found | None:
    """What the notice's text says about a group of tasks, beside the task table."""
    for clause in ask.clauses.items:
        for name in ask.reading.libraries:
            head, _, body = clause.text.partition(f"{name}。")
            if body and not clause.row and len(head.strip()) < HEAD:
                return Found("", {"work": body.strip().replace("\n", "")}, (body.strip().split("。")[0] + "。",))
    return None


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


def stock(ask: Ask) -> Found | None:
    """Whether what existed before may count towards a target."""
    fresh = [task for task in ask.tasks if task.indicator.startswith("新增")]
    if fresh:
        return Found("new", values(fresh[0], ask), rows(fresh), "answered")
    tasks = ask.tasks or tuple(task for task in ask.call.tasks if task.indicator.startswith("新增"))
    return Found("open", {}, ("@period", *rows(tasks[:2])))


RENDERERS: dict[str, Callable[[Ask], Found | None]] = {
    "task_required": required,
    "task_figure": figure,
    "task_unit": unit,
    "task_show": show,
    "task_strange": strange,
    "task_number": number_of,
    "tasks_listing": listing,
    "tasks_both": both,
    "tasks_star": star_and_need,
    "tasks_choice": choice,
    "tasks_left": left_out,
    "libraries_all": libraries,
    "library_work": library_work,
    "stock": stock,
    "task_by_unit": by_unit,
}
