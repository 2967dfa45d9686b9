"""Figures that reach their tasks by a list of pairs or by another task's figure, rewritten one task a piece."""

from __future__ import annotations

import re
from collections.abc import Iterable

from drafting.form.draft import Amount, Draft
from drafting.phrasebook import any_of, pattern, source
from drafting.reading.quantities import NUMERAL
from drafting.reading.task_references import by_name, by_number
from knowledge.call.definition import Call
from knowledge.language.numerals import to_number

_PIECES = re.compile(
    r"[，,；;。\n]+|\s+(?=(?:任务|第)?\d+\s*[号项]?\s*[填报写是为：:=])|、(?=\s*(?:任务|第)?\s*\d+\s*[号：:填])"
)
_TASK = r"(?:任务|第)?\s*(?P<task>\d{1,2}|[一二三四五六七八九十]{1,3})"
_FIGURE = rf"(?P<figure>{NUMERAL}[^，,；;。\n]*)"


def paired(text: str, call: Call) -> str:
    """3填6，8填9 as 任务3：6；任务8：9; the text as it is when it is no list of such pairs."""
    pairs = pairs_of(text, call)
    return "；".join(f"任务{number}：{figure}" for number, figure in pairs) if pairs else text


def pairs_of(text: str, call: Call) -> tuple[tuple[int, str], ...]:
    """(task, figure as said) for each pair of a text that is a list of such pairs, however it is put; else none."""
    body = re.sub(r"^[^\d：:]{0,8}[：:]\s*", "", text.strip())
    pieces = [piece.strip() for piece in _PIECES.split(body) if piece.strip()]
    pieces = pieces[:1] + [piece for piece in pieces[1:] if not _is_remark(piece, call)]
    found = [re.fullmatch(rf"{_TASK}{source('amounts.pair')}{_FIGURE}", piece) for piece in pieces]
    numbers = [int(to_number(match["task"]) or 0) for match in found if match]
    if not found or not all(found) or not all(number in call.task_by_number for number in numbers):
        return ()
    if len(found) == 1 and re.search(r"\d\s*[-—~]", text):
        return ()
    return tuple((number, match["figure"]) for number, match in zip(numbers, found, strict=True) if match)


def _is_remark(piece: str, call: Call) -> bool:
    """True for a piece behind a list of pairs that gives nothing itself: 别弄反了."""
    others = pattern("marks.rest").search(piece) or pattern("marks.open").search(piece)
    figures = re.search(NUMERAL, re.sub("千万|万万|万一|一定", "", piece))
    return not others and not figures and not by_name(piece, call)


def respectively(text: str, call: Call) -> str:
    """8、9、14分别是15、4、60 one task a piece; the text as it is when the two lists don't match."""
    found = pattern("amounts.respectively").search(text)
    if not found:
        return text
    named = _named(text[: found.start()], call)
    tail = re.split(r"[、，,和；;\s]+", text[found.end() :].strip("。 "))
    figures = [one for one in tail if re.search(r"[\d一二两三四五六七八九十百]", one)]
    return _listed(zip(named, figures, strict=True)) if len(named) == len(figures) > 1 else text


def apart(text: str, call: Call) -> str:
    """测评3个开源2个 with a comma where the next task's name follows a figure."""
    names = any_of({way for task in call.tasks for way in (*task.ways, *task.nouns)})
    # 12个模型里3个开源 speaks of two tasks, 12个模型里3个是新的 of one.
    text = re.sub(
        rf"({NUMERAL}\s*[个项家件款](?:{names}))(?:里[面头]?|当中|中)(?={NUMERAL}\s*[个项家件款]\S{{0,4}}?(?:{names}))",
        r"\1，",
        text,
    )
    return re.sub(rf"((?:{names})[^，,；;。、\d]{{0,6}}{NUMERAL}\s*[个项家件款])(?=(?:{names}))", r"\1，", text)


def shared(text: str, call: Call) -> str:
    """3、8、9都填10个 one task a piece; the text as it is when no several tasks share a figure."""
    pieces = [piece for piece in re.split(r"[；;。\n]+", text) if piece.strip()]
    spread = [_spread(piece, call) for piece in pieces]
    return text if spread == pieces else "；".join(spread)


def _spread(piece: str, call: Call) -> str:
    found = re.search(rf"(?:{source('amounts.each')})[^\d，,]{{0,4}}(?P<figure>{NUMERAL}\s*\S{{0,2}})$", piece)
    if not found:
        return piece
    head, figure = piece[: found.start()], found["figure"]
    named = [n for n in _named(head, call) if call.task_by_number[n].starred]
    return _listed((number, figure) for number in named) if len(named) > 1 else piece


def _named(head: str, call: Call) -> tuple[int, ...]:
    said = pattern("amounts.alike").sub(" ", head)
    names = by_number(said, call, bare=False).known or tuple(number for _, _, number in by_name(said, call))
    return names or by_number(said, call, bare=True).known


def _listed(pairs: Iterable[tuple[int, str]]) -> str:
    return "；".join(f"任务{number}：{figure}" for number, figure in pairs)


def pointed(piece: str, current: int | None, call: Call) -> tuple[int, int] | None:
    """(task, task whose figure it takes) of a piece without a figure of its own: 智能体跟模型一样多."""
    alike = pattern("amounts.alike").search(piece) or pattern("amounts.times").search(piece)
    alike = alike or pattern("amounts.like").search(piece)
    bare = pattern("amounts.alike").sub(" ", piece)
    every = (*_named(piece, call), *(number for _, _, number in by_name(bare, call)))
    named = list(dict.fromkeys(number for number in every if call.task_by_number[number].starred))
    if current and len(named) == 1 and re.search("[跟和与同是]它", piece):
        named.append(current)
    if current and len(named) == 1 and named[0] != current and shares(piece):
        return named[0], current
    if not alike or len(named) != 2 or re.search(r"\d\s*[^\s\d倍，]?$", piece):
        return None
    return named[0], named[1]


def shares(piece: str) -> bool:
    """True for a piece that gives a part of the figure before it: 其中一半送第三方测评."""
    times = pattern("amounts.times").search(piece)
    return bool(times and not times["number"] and not pattern("amounts.halved").search(piece))


def borrowed(piece: str, source_: int, known: dict[int, list[Amount]], draft: Draft) -> tuple[Amount, ...]:
    """The figures a pointing piece takes over, doubled or halved where it says so; none when they are unknown."""
    choice = draft.tasks.get(source_)
    given = tuple(known.get(source_, ())) or (choice.targets if choice else ())
    times = pattern("amounts.times").search(piece)
    if not times:
        return given
    factor = _factor(times)
    return tuple(one.model_copy(update={"value": _whole(round(one.value * factor, 6))}) for one in given)


def _factor(times: re.Match[str]) -> float:
    if times["part"]:
        return 0.5
    if times["tenths"]:
        return (to_number(times["tenths"]) or 1) / 10
    if times["percent"]:
        return int(times["percent"]) / 100
    if times["base"]:
        return (to_number(times["share"]) or 1) / (to_number(times["base"]) or 1)
    return to_number(times["number"]) or 1


def _whole(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value
