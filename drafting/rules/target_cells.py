"""The task table: rows, marks and targets."""

from __future__ import annotations

from collections.abc import Iterator

from drafting.form.amounts import canonical, read_amounts
from drafting.form.cells import TaskRow
from drafting.form.problem import Finding
from drafting.form.values import check_choice, check_target
from drafting.rules.subject import Reading, finding, raised
from knowledge.call.definition import Section, Task


def rows(reading: Reading, section: Section) -> Iterator[Finding]:
    """task_row_missing, unknown_task: the table has the call's rows and no others (V05)."""
    if not reading.form.tasks:
        return
    for task in reading.call.tasks:
        if task.number not in reading.rows:
            text = f"任务表缺少第{task.number}行“{task.short}”，全表应有{len(reading.call.tasks)}项任务。"
            yield finding("task_row_missing", _at(section, task.number), text, task.text)
    for row in reading.form.tasks:
        if not row.task:
            text = f"任务表里没有第{row.number}项任务。"
            yield finding("unknown_task", _at(section, row.number), text, section.clause)


def marks(reading: Reading, section: Section) -> Iterator[Finding]:
    """task_mark_missing, mandatory_task_deselected: every row is decided, mandatory ones are taken (V05, V06)."""
    signs = reading.call.marks
    for task in reading.call.tasks:
        if task.number not in reading.rows:
            continue
        chosen = reading.marks[task.number]
        where = _at(section, task.number)
        if chosen is None:
            said = reading.rows[task.number].mark
            written = f"写的是“{said}”" if said.strip() else "空着"
            text = f"任务{task.number}的选取栏{written}，应填“{signs.chosen}”或“{signs.left}”。"
            yield finding("task_mark_missing", where, text, reading.call.clauses.get("mark", ""))
            continue
        problem = check_choice(task, chosen, reading.call)
        if problem:
            yield raised(problem, where)


def targets(reading: Reading, section: Section) -> Iterator[Finding]:
    """target_… and the like: figures stand exactly where the row wants them, in its units (V07, clause star)."""
    for task in reading.call.tasks:
        chosen = reading.marks.get(task.number)
        if chosen is None:
            continue
        row, where = reading.rows[task.number], _at(section, task.number)
        yield from _wanted(reading, task, row, where) if chosen else _unwanted(reading, task, row, where)


def _wanted(reading: Reading, task: Task, row: TaskRow, where: str) -> Iterator[Finding]:
    figures = read_amounts(row.target, task)
    if figures.code and task.starred:
        word = "区间" if figures.code == "range_not_exact" else "约数"
        text = f"任务{task.number}的目标“{row.target}”是{word}，要一个确切数字。"
        yield finding(figures.code, where, text, reading.call.clauses.get("star", ""))
        return
    fitting = tuple(one for one in figures.amounts if canonical(task, one.unit) is not None)
    problem = check_target(task, fitting or figures.amounts, reading.call)
    if problem:
        yield raised(problem, where)


def _unwanted(reading: Reading, task: Task, row: TaskRow, where: str) -> Iterator[Finding]:
    figures = read_amounts(row.target, task)
    if figures.amounts or figures.code:
        signs = reading.call.marks
        text = (
            f"任务{task.number}选取栏是“{row.mark.strip()}”，任务目标却填了“{row.target}”；不承担的写“{signs.none}”。"
        )
        yield finding("target_on_deselected_task", where, text, reading.call.clauses.get("mark", ""))


def _at(section: Section, number: int | str) -> str:
    return f"{section.number}/任务{number}"


RULES = (rows, marks, targets)
