"""The task table as people paste it: a line a task, with its mark and its figure."""

from __future__ import annotations

import re

from drafting.form.problem import Problem
from drafting.form.understood import Understood
from drafting.form.values import check_choice
from drafting.reading.setting import Setting
from drafting.reading.targets import targets

_YES = "√✓✔☑"
_NO = "×✗✘☒"
_LINE = re.compile(
    rf"\s*(?:任务)?\s*(?P<number>\d{{1,2}})[\s、.．:：)）]*(?P<text>[^\n]*?)(?P<mark>[{_YES}{_NO}])(?P<rest>[^\n]*)"
)
_LEAST = 3


def rows(shown: str, setting: Setting) -> Understood | None:
    """What a pasted table says; None for a message of fewer than three such lines."""
    found = [match for line in shown.split("\n") if (match := _LINE.fullmatch(line))]
    if len(found) < _LEAST:
        return None
    call, problems, marks = setting.call, [], {}
    for match in found:
        number, taken = int(match["number"]), match["mark"] in _YES
        task = call.task_by_number.get(number)
        problem = (
            check_choice(task, taken, call) if task else Problem("unknown_task", str(number), f"没有任务{number}。")
        )
        if problem:
            problems.append(problem)
        else:
            marks[number] = taken
    figures = "；".join(f"任务{match['number']}：{match['rest']}" for match in found if _figure(match, setting, marks))
    amounts, flawed = targets(figures, Setting(call, setting.draft)) if figures else ({}, ())
    return Understood(
        select=tuple(number for number, taken in marks.items() if taken),
        deselect=tuple(number for number, taken in marks.items() if not taken),
        targets=amounts,
        problems=(*problems, *flawed),
    )


def _figure(match: re.Match[str], setting: Setting, marks: dict[int, bool]) -> bool:
    task = setting.call.task_by_number.get(int(match["number"]))
    return bool(
        task and task.starred and marks.get(task.number) and re.search(r"\d|[一二三四五六七八九十百]", match["rest"])
    )
