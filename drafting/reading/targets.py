"""Which figure belongs to which task, over a whole message."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafting.draft import Amount
from drafting.problem import Problem
from drafting.reading.amounts import Found, scan
from drafting.reading.tasks import by_name, by_number, describe
from drafting.reading.words import pattern
from drafting.units import COUNTERS, canonical
from drafting.values import check_target, settle
from knowledge.call import Call, Task

_COMMAS = r"(?<!\d)[,，](?!\d)|(?<=\d)[,，](?!\d)|(?<!\d)[,，](?=\d)|(?<=\d)，(?=\d)|、(?=\D)"
_BLANKS = r"(?<=[\d个项家件套TBtb万])\s+(?=[\u4e00-\u9fff])"
_SPLIT = re.compile(rf"{_COMMAS}|[；;。！!\n]|{_BLANKS}")
# 1.数据规模… 2.专利…: the numbers of a list, not of tasks.
_ENUMERATION = re.compile(r"(?:^|(?<=[\s；;，,：:]))\d{1,2}[.．、)）]\s*(?=[\u4e00-\u9fff])")
_FLAWS = {
    "range_not_exact": "任务目标要写一个确定的数，“{said}”是区间，请定一个数。",
    "approximate_target": "任务目标要写一个确定的数，“{said}”不够确切，请给出准数。",
    "negative_target": "任务目标不能是负数（“{said}”）。",
}


@dataclass
class _Gathered:
    call: Call
    amounts: dict[int, list[Amount]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def targets(text: str, call: Call, asked: int | None) -> tuple[dict[int, tuple[Amount, ...]], tuple[Problem, ...]]:
    """The sound figures of a message by task, and a Problem for each figure that can't be taken."""
    out = _Gathered(call)
    current = call.task_by_number.get(asked) if asked else None
    late = pattern("amounts.late").search(text)
    if late:
        current = call.task_by_number.get(int(late.group(1)))
        text = text.replace(late.group(), " ")
    text = _ENUMERATION.sub("；", text)
    each = _respectively(text, call)
    if each:
        return targets("；".join(f"任务{number}：{said}" for number, said in each), call, asked)
    for piece in _SPLIT.split(pattern("amounts.shift").sub("改成", text)):
        if piece and piece.strip():
            current = _piece(piece, current, out)
    return {number: tuple(found) for number, found in out.amounts.items()}, tuple(out.problems)


def _respectively(text: str, call: Call) -> tuple[tuple[int, str], ...]:
    """8、9、14分别是15、4、60 as (task, figure) pairs; empty when the two lists don't match."""
    found = pattern("amounts.respectively").search(text)
    if not found:
        return ()
    head, tail = text[: found.start()], text[found.end() :]
    named = by_number(head, call, bare=True).known or tuple(number for _, _, number in by_name(head, call))
    figures = [
        one
        for one in re.split(r"[、，,和；;\s]+", tail.strip("。 "))
        if re.search(r"[\d一二两三四五六七八九十百]", one)
    ]
    return tuple(zip(named, figures, strict=True)) if len(named) == len(figures) > 1 else ()


def _piece(piece: str, current: Task | None, out: _Gathered) -> Task | None:
    """Gather the figures of one piece; the task it names (or carried over) is handed on."""
    call = out.call
    refs = by_number(piece, call, bare=False)
    named = refs.known or tuple(number for _, _, number in by_name(piece, call))
    starred = [number for number in named if call.task_by_number[number].starred]
    found = list(scan(refs.rest, _units(call)))
    task = call.task_by_number[(starred or list(named))[-1]] if named else _by_unit(found, call, current)
    if task is None:
        return current
    for one in found:
        _take(task, one, refs.rest, out)
    vague = pattern("amounts.vague").search(piece)
    if not found and vague and (named or task is current):
        text = f"{describe(task)}要写具体数字，“{vague.group()}”填不进去。"
        out.problems.append(Problem("target_missing_number", str(task.number), text, call.clauses.get("star", "")))
    return task


def _units(call: Call) -> tuple[str, ...]:
    return tuple(unit for task in call.tasks for unit in task.units)


def _by_unit(found: list[Found], call: Call, current: Task | None) -> Task | None:
    """The task a figure without a name belongs to: the one carried over, or the only one with such a unit."""
    if current or not found:
        return current
    unit = found[0].amount.unit
    fitting = [
        task
        for task in call.tasks
        if task.starred and unit not in ("", *COUNTERS) and not task.unit and canonical(task, unit)
    ]
    return fitting[0] if len(fitting) == 1 else None


def _take(task: Task, one: Found, text: str, out: _Gathered) -> None:
    if one.flaw:
        said = text[one.start : one.end].strip()
        sentence = f"{describe(task)}：" + _FLAWS[one.flaw].format(said=said)
        out.problems.append(Problem(one.flaw, str(task.number), sentence, task.indicator))
        return
    settled = settle(task, (one.amount,))
    problem = check_target(task, settled, out.call)
    if problem:
        out.problems.append(problem)
    else:
        out.amounts.setdefault(task.number, []).extend(settled)
