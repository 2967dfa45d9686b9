"""Which figure belongs to which task, over a whole message."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from drafting.form.amounts import COUNTERS, canonical
from drafting.form.draft import Amount, Draft
from drafting.form.problem import Problem
from drafting.form.values import check_target, settle
from drafting.phrasebook import any_of, pattern, source
from drafting.reading.pairing import apart, borrowed, paired, pointed, respectively, shared, shares
from drafting.reading.quantities import COUNTERS as COUNTED
from drafting.reading.quantities import FOREIGN, MEASURES, Found, noted, scan, several
from drafting.reading.relative import applied, change, same
from drafting.reading.setting import Setting
from drafting.reading.task_references import REFERENCE, by_name, by_number, describe
from knowledge.call.definition import Call, Task

_LISTED = r"、(?=\D)|(?<=[\u4e00-\u9fff])、(?=\d)"
_COMMAS = rf"(?<!\d)[,，](?!\d)|(?<=\d)[,，](?!\d)|(?<!\d)[,，](?=\d)|(?<=\d)，(?=\d)|{_LISTED}"
# 2,400,000 条 is one figure; 12 项目… is not, so a unit counts only where no word goes on from it.
_ENDS = rf"(?:(?:{any_of((*COUNTED, *MEASURES, *FOREIGN))})(?=[\s，,；;。、！!的]|$)|[张帧幅篇]|条(?![件款例])|小时)"
_BLANKS = rf"(?<=[\d个项家件套TBtb万])\s+(?!左右|上下|以上|出头|{_ENDS})(?=[\u4e00-\u9fff])"
_SPLIT = re.compile(rf"{_COMMAS}|[；;。！!\n]|{_BLANKS}")
# 1.数据规模… 2.专利…: the numbers of a list, not of tasks.
_ENUMERATION = re.compile(r"(?:^|(?<=[\s；;，,：:]))\d{1,2}[.．、)）]\s*(?=[\u4e00-\u9fff])")
# 牵头单位承担1、4、8 gives out tasks, no figures.
_SHARE = re.compile(rf"(?:承担|负责)了?\s*{REFERENCE}(?!\s*(?:{any_of(COUNTED)}|\d))")
_FLAWS = {
    "range_not_exact": "任务目标要写一个确定的数，“{said}”是区间，请定一个数。",
    "approximate_target": "任务目标要写一个确定的数，“{said}”不够确切，请给出准数。",
    "negative_target": "任务目标不能是负数（“{said}”）。",
}


@dataclass
class _Gathered:
    call: Call
    draft: Draft
    amounts: dict[int, list[Amount]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    pending: list[tuple[str, tuple[int, int]]] = field(default_factory=list)
    loose: list[tuple[str, Found]] = field(default_factory=list)
    parts: int = 0
    kinds: frozenset[int] = frozenset()


def targets(text: str, setting: Setting) -> tuple[dict[int, tuple[Amount, ...]], tuple[Problem, ...]]:
    """The sound figures of a message by task, and a Problem for each figure that can't be taken."""
    call, asked = setting.call, setting.asked_task
    out = _Gathered(call, setting.draft)
    current = call.task_by_number.get(asked) if asked else None
    late = pattern("amounts.late").search(text)
    if late:
        current = call.task_by_number.get(int(late.group(1)))
        text = text.replace(late.group(), " ")
    out.kinds, text = several(text, call), pattern("amounts.span").sub(" ", text)
    text = _SHARE.sub(" ", _ENUMERATION.sub("；", text))
    for rewrite in (_between, paired, respectively, _twins, shared, apart):
        text = rewrite(text, call)
    for piece in _SPLIT.split(pattern("amounts.shift").sub("改成", text)):
        if piece and piece.strip():
            current = _piece(piece, current, out)
    _settle_pending(out)
    return {number: tuple(found) for number, found in out.amounts.items()}, tuple(out.problems)


def _between(text: str, _call: Call) -> str:
    """介于5和8之间 as the range it is."""
    return re.sub(r"介?于?(\d+)\s*[和与跟]\s*(\d+)\s*[个项家]?\s*之间", r"\1-\2", text)


def _twins(text: str, call: Call) -> str:
    """登记数和专利数一样，都是9个 without the words that only say that they are alike."""
    alike, each = source("amounts.alike"), source("amounts.each")
    found = re.search(rf"(?P<names>[^，,；;]*?)(?:{alike})多?[，,]\s*(?=(?:{each}|[是为]))", text)
    twins = found and len(by_name(found["names"], call)) > 1
    return text.replace(found.group(), found["names"] + "都", 1) if found and twins else text


def _piece(piece: str, current: Task | None, out: _Gathered) -> Task | None:
    """Gather the figures of one piece; the task it names (or carried over) is handed on."""
    call = out.call
    points = pointed(piece, current.number if current else None, call)
    if points:
        return _points(piece, points, out)
    compared = _compared(piece, current, out)
    if compared:
        return compared
    refs = by_number(piece, call, bare=False)
    named = refs.known or tuple(number for _, _, number in by_name(piece, call))
    starred = [number for number in named if call.task_by_number[number].starred]
    found = list(scan(refs.rest, _units(call)))
    task = call.task_by_number[(starred or list(named))[-1]] if named else _by_unit(found, call, current)
    found = noted(found, task, piece) if task and task.number in out.kinds else found
    if task and current and found and not refs.known and _of_open(found[0].amount.unit, current, task):
        task = current
    if task is None:
        out.loose += [(refs.rest, one) for one in found]
        return current
    if not named and not current:
        _take_loose(task, out)
    settled = (named and _rough(task, piece, out)) or _changed(task, piece, out)
    if settled or _said_again(task, piece, found, named, out) or (task.number in named and _opposed(task, found, out)):
        return task
    _take_all(task, found, refs.rest, out)
    vague = pattern("amounts.as_many").search(piece) or pattern("amounts.vague").search(piece)
    if not found and vague and (named or task is current):
        text = f"{describe(task)}要写具体数字，“{vague.group()}”填不进去。"
        out.problems.append(Problem("target_missing_number", str(task.number), text, call.clauses.get("star", "")))
    return task


def _compared(piece: str, current: Task | None, out: _Gathered) -> Task | None:
    """The task a piece only compares: 比原来多5个 behind its figure says no more; 企业比模型多10个 is asked back."""
    if not pattern("amounts.compared").search(piece):
        return None
    named = tuple(dict.fromkeys(number for _, _, number in by_name(piece, out.call)))
    if len(named) > 1:
        task = out.call.task_by_number[named[0]]
        text = f"{describe(task)}：“{piece.strip()}”算不出准数，请直接给一个数。"
        out.problems.append(Problem("target_missing_number", str(task.number), text, task.indicator))
        return task
    return current if current and not named and current.number in out.amounts else None


def _points(piece: str, points: tuple[int, int], out: _Gathered) -> Task:
    """Gather the figure a task takes from another; the task that what follows may speak of is handed on."""
    task, other = (out.call.task_by_number[number] for number in points)
    if not _rough(task, piece, out) and not _borrow(piece, points, out):
        out.pending.append((piece, points))
    return other if shares(piece) and other.number in out.amounts else task


def _rough(task: Task, piece: str, out: _Gathered) -> bool:
    """True, with its Problem, for a share that is only about right: 其中一大半."""
    rough = bool(pattern("amounts.roughly").search(piece))
    if rough:
        out.problems.append(_flawed(task, "approximate_target", piece.strip()))
    return rough


def _take_all(task: Task, found: list[Found], text: str, out: _Gathered) -> None:
    """Gather the figures of one piece: no part of the one before (12个模型里3个), no second one beside it."""
    for place, one in enumerate(found):
        word = text[found[place - 1].end : one.start] if place else ""
        if place and task.unit and pattern("amounts.within").search(word):
            continue
        if place and _bare(word) and _opposed(task, [one], out):
            return
        _take(task, one, text, out)


def _changed(task: Task, piece: str, out: _Gathered) -> bool:
    """True when a piece changes a figure that stands; what it becomes is gathered, or a Problem."""
    said = change(piece) if task.starred else None
    if not said:
        return False
    now = tuple(out.amounts.get(task.number, ()))
    choice = out.draft.tasks.get(task.number)
    base = now or (choice.targets if choice else ())
    if said.grows and now:
        return _contradicted(task, out)
    listed = out.amounts and not (
        by_name(piece[: said.at], out.call) or by_number(piece[: said.at], out.call, bare=False).known
    )
    if said.grows and (listed or not base):
        # 登记20个，再加5个开源 gives a figure of its own; nothing is added to nothing.
        return False
    new = applied(said, base)
    if new:
        out.amounts.pop(task.number, None)
        for amount in new:
            _take(task, Found(0, 0, amount), piece, out)
    else:
        text = f"{describe(task)}：“{piece.strip()}”算不出准数，请直接给改后的数。"
        out.problems.append(Problem("target_missing_number", str(task.number), text, task.indicator))
    return True


def _said_again(task: Task, piece: str, found: list[Found], named: tuple[int, ...], out: _Gathered) -> bool:
    """True for a piece that gives nothing new of its task: the same figure once more (就是1.2PB), or a part of it."""
    before = out.amounts.get(task.number)
    out.parts = 0 if named else out.parts
    if not before or not found or named:
        return False
    if pattern("amounts.part").search(piece) or out.parts == task.number:
        # 标准2项，其中国标1项、团标1项: what follows is part of it, too.
        out.parts = task.number
        return bool(task.unit)
    alike = [one.value for one in before if one.unit == found[0].amount.unit]
    if pattern("amounts.total").search(piece) and len(before) > 1 and (alike or task.unit):
        whole = sum(alike)
        return whole == found[0].amount.value or _contradicted(task, out)
    if pattern("amounts.restated").search(piece):
        return any(same(one, found[0].amount) for one in before) or _contradicted(task, out)
    return _bare(piece[: found[0].start]) and _opposed(task, found, out)


def _bare(word: str) -> bool:
    """True for words before a figure that don't tell what it counts; 国标1项，行标2项 are figures of two kinds."""
    return bool(pattern("amounts.filler").fullmatch(word))


def _borrow(piece: str, points: tuple[int, int], out: _Gathered) -> bool:
    """Gather the figure one task takes from another, whichever of the two is known; False when neither is."""
    for one, other in (points, points[::-1]):
        given = borrowed(piece, other, out.amounts, out.draft)
        for amount in given:
            _take(out.call.task_by_number[one], Found(0, 0, amount), piece, out)
        if given:
            return True
    return False


def _settle_pending(out: _Gathered) -> None:
    """Figures that point at one given later in the message; a Problem for each that finds none."""
    for piece, points in out.pending:
        if not _borrow(piece, points, out):
            task = out.call.task_by_number[points[0]]
            text = f"{describe(task)}要写具体数字，“{piece.strip()}”里说的那项还没有数字。"
            rule = out.call.clauses.get("star", "")
            out.problems.append(Problem("target_missing_number", str(task.number), text, rule))


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


def _take_loose(task: Task, out: _Gathered) -> None:
    """Figures said before the one whose unit gave the task away, in units it prints too: 图纸两千套、参数四百万条."""
    for text, one in out.loose:
        if one.amount.unit in task.units:
            _take(task, one, text, out)
    out.loose.clear()


def _of_open(unit: str, current: Task, named: Task) -> bool:
    """True for a figure in a unit that the task spoken of prints and the task a word names doesn't: 仿真模型八百套."""
    return current.number != named.number and unit in current.units and unit not in named.units


def _opposed(task: Task, found: list[Found], out: _Gathered) -> bool:
    """True, with its Problem, for a second, different figure of a task that counts one thing."""
    before = out.amounts.get(task.number)
    if not before or not task.unit or not found or found[0].amount.value == before[0].value or found[0].amount.note:
        return False
    return _contradicted(task, out)


def _contradicted(task: Task, out: _Gathered) -> bool:
    """True, with the Problem that a task's figures don't agree; none of them stands."""
    del out.amounts[task.number]
    text = f"{describe(task)}前后两个数字不一样，请说定一个。"
    out.problems.append(Problem("contradiction", str(task.number), text, task.indicator))
    return True


def _take(task: Task, one: Found, text: str, out: _Gathered) -> None:
    if one.flaw:
        out.problems.append(_flawed(task, one.flaw, text[one.start : one.end].strip()))
        return
    settled = settle(task, (one.amount,))
    problem = check_target(task, settled, out.call)
    if problem:
        out.problems.append(problem)
    elif not (task.unit and settled[0] in out.amounts.get(task.number, ())):
        out.amounts.setdefault(task.number, []).extend(settled)


def _flawed(task: Task, code: str, said: str) -> Problem:
    sentence = f"{describe(task)}：" + _FLAWS[code].format(said=said)
    return Problem(code, str(task.number), sentence, task.indicator)
