"""Answers about single tasks of the task table, and how tasks are written in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from knowledge.answers.context import Ask, Found, listed
from knowledge.call.definition import Task

LEAST = 3
HEAD = 6
NEW = "新增"


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
    found = values(task, ask) | {"further": _further(task, ask)}
    return Found(f"{kind}_{tone}", found, (*rows([task]), *(() if task.required else ("@clause:mark",))))


def _further(task: Task, ask: Ask) -> str:
    """What is to be filled in, when that was asked as well."""
    if not ask.holds("指标", "带星", "计量单位", "目标栏"):
        return ""
    return f"，目标填{task.indicator.rstrip('。')}" if task.starred else "，不填数字"


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
    tasks = ask.tasks or tuple(task for task in ask.call.tasks if task.library in ask.reading.libraries)
    if len(tasks) > 1:
        return _figures(tasks, ask)
    if not tasks:
        return None
    task = tasks[0]
    if not task.starred:
        return Found("none", values(task, ask), (*rows([task]), "@clause:star"))
    if ask.holds("打叉") and not task.required:
        return Found("crossed", values(task, ask), (*rows([task]), "@clause:mark"))
    variant = "required" if task.required else "optional"
    if ask.holds("空着"):
        variant += "_blank"
    return Found(variant, values(task, ask), (*rows([task]), "@clause:star"))


def _figures(tasks: tuple[Task, ...], ask: Ask) -> Found:
    lines = [
        f"任务{task.number}要填：{task.indicator.rstrip('。')}"
        if task.starred
        else f"任务{task.number}不用填（“{ask.call.marks.none}”）"
        for task in tasks[:5]
    ]
    return Found("several", {"lines": "；".join(lines)}, (*rows(tasks[:2]), "@clause:star"))


def unit(ask: Ask) -> Found | None:
    """The unit of a task's figure."""
    tasks = ask.tasks or _starred_of(ask)
    if len(tasks) != 1:
        return _figures(ask.tasks, ask) if ask.tasks else None
    task = tasks[0]
    variant = "none" if not task.starred else "one" if task.unit else "open"
    return Found(variant, values(task, ask), (*rows([task]), "@clause:star"))


def _starred_of(ask: Ask) -> tuple[Task, ...]:
    return tuple(task for task in ask.call.tasks if task.starred and task.library in ask.reading.libraries)


def counts(ask: Ask) -> Found | None:
    """The words of a task's figure, when it is asked whether something counts towards it."""
    task = next((one for one in ask.tasks if one.starred), None)
    return Found("", values(task, ask), rows([task])) if task else None


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


def library_work(ask: Ask) -> Found | None:
    """What the notice's text says about a group of tasks, beside the task table."""
    for clause in ask.clauses.items:
        for name in ask.reading.libraries:
            head, _, body = clause.text.partition(f"{name}。")
            if body and not clause.row and len(head.strip()) < HEAD:
                return Found("", {"work": body.strip().replace("\n", "")}, (body.strip().split("。")[0] + "。",))
    return None


def stock(ask: Ask) -> Found | None:
    """Whether what existed before may count towards a target."""
    fresh = [task for task in ask.tasks if task.indicator.startswith(NEW)]
    if fresh:
        return Found("new", values(fresh[0], ask), rows(fresh), "answered")
    tasks = ask.tasks or tuple(task for task in ask.call.tasks if task.indicator.startswith(NEW))
    return Found("open", {}, ("@period", *rows(tasks[:2])))


RENDERERS: dict[str, Callable[[Ask], Found | None]] = {
    "task_required": required,
    "task_figure": figure,
    "task_unit": unit,
    "task_show": show,
    "task_counts": counts,
    "task_strange": strange,
    "task_number": number_of,
    "library_work": library_work,
    "stock": stock,
}
