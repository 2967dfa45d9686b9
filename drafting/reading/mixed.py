"""A message of several kinds taken apart: which pieces speak of ticks, which of figures."""

from __future__ import annotations

import re

from drafting.form.problem import Problem
from drafting.form.understood import Understood
from drafting.phrasebook import pattern
from drafting.reading import task_counts, task_references
from drafting.reading.basic import cells
from drafting.reading.cutting import polarity
from drafting.reading.doubts import empty, firm
from drafting.reading.marking import about_marks, gives_figures, marks, speaks_of_figures, speaks_of_marks
from drafting.reading.pairing import paired, pairs_of, shared
from drafting.reading.quantities import scan
from drafting.reading.setting import Setting
from drafting.reading.sounds import respelt
from drafting.reading.targets import targets
from drafting.reading.task_counts import unnumbered, whole_said
from knowledge.call.definition import Call

_PIECES = re.compile(r"(?<!\d)[，,]|[，,](?!\d)|[；;。！!\n]")


def table(shown: str, setting: Setting) -> Understood:
    """What a message says of the task table: decisions, figures, or both."""
    shown = unnumbered(whole_said(respelt(shown, setting.call), setting.call), setting.call)
    unmarked = empty(shown, setting.call)
    if unmarked:
        return Understood(problems=unmarked)
    said = firm(shown, setting.call)
    ticks, figures = _sorted(said.text, setting) if said.text else ("", "")
    marked = marks(ticks, setting) if ticks else Understood()
    amounts, problems = targets(figures, setting) if figures else ({}, ())
    left = {number: _left(number, setting) for number in amounts if _is_left(number, marked, setting)}
    return Understood(
        select=marked.select,
        deselect=marked.deselect,
        targets={number: given for number, given in amounts.items() if number not in left},
        problems=(*marked.problems, *problems, *left.values(), *said.problems),
    )


def _is_left(number: int, marked: Understood, setting: Setting) -> bool:
    """True for a task that the message leaves, or that was left before and isn't taken back now."""
    choice = setting.draft.tasks.get(number)
    was_left = bool(choice and not choice.selected)
    return number in marked.deselect or (was_left and number not in marked.select)


def _left(number: int, setting: Setting) -> Problem:
    call = setting.call
    task = task_references.describe(call.task_by_number[number])
    text = f"{task}打的是“{call.marks.left}”，不填目标；要做的话，请先说做任务{number}。"
    return Problem("target_on_deselected_task", str(number), text, call.clauses.get("mark", ""))


def beside_cells(shown: str, setting: Setting) -> Understood:
    """What a message that fills cells says of the task table in its other pieces."""
    left = [piece for piece in _PIECES.split(shown) if _names_tasks(piece, setting) and not _fills(piece, setting)]
    text = "，".join(left)
    return table(text, Setting(setting.call, setting.draft)) if text else Understood()


def _sorted(shown: str, setting: Setting) -> tuple[str, str]:
    """(text on ticks, text on figures); pieces that say neither may belong to both."""
    listed = len(pairs_of(shown, setting.call)) > 1 or any(
        rewrite(shown, setting.call) != shown for rewrite in (paired, shared)
    )
    if listed and not setting.asks_kind("tasks"):
        return "", shown
    pieces = [piece for piece in _PIECES.split(shown) if piece.strip()]
    figures = [_of_figures(piece, setting) for piece in pieces]
    ticks = [_of_ticks(place, pieces, figures, setting.call) for place in range(len(pieces))]
    if any(figures) and any(ticks):
        return (
            "，".join(piece for piece, figure in zip(pieces, figures, strict=True) if not figure),
            "，".join(_carried(place, pieces, ticks, setting.call) for place in range(len(pieces)) if not ticks[place]),
        )
    if any(figures):
        return "", shown
    if about_marks(shown, setting):
        got = marks(shown, setting)
        return (shown, "") if got.says_facts or got.problems else ("", shown)
    return "", shown


def _carried(place: int, pieces: list[str], ticks: list[bool], call: Call) -> str:
    """A piece on figures, with the task that the decision before it names where it names none: 12打叉，但填2个."""
    before = pieces[place - 1] if place and ticks[place - 1] else ""
    bare = before and not _names(pieces[place], call) and not pairs_of(pieces[place], call)
    numbers = task_counts.named(before, call).known if bare else ()
    return f"任务{numbers[0]}：{pieces[place]}" if len(numbers) == 1 else pieces[place]


def _of_ticks(place: int, pieces: list[str], figures: list[bool], call: Call) -> bool:
    """True for a piece on ticks; one that only names the task of the figure beside it is none: 任务3，我填8个."""
    piece = pieces[place]
    if figures[place] or not speaks_of_marks(piece, call):
        return False
    beside = [other for other in (place - 1, place + 1) if 0 <= other < len(pieces) and figures[other]]
    return polarity(piece) is not None or all(_names(pieces[other], call) for other in beside)


def _names(piece: str, call: Call) -> bool:
    refs = task_references.by_number(piece, call, bare=False)
    return bool(refs.known or refs.unknown or task_references.by_name(piece, call))


def _of_figures(piece: str, setting: Setting) -> bool:
    """True for a piece on figures; where ticks were asked for, a number without a unit is a task's."""
    found = speaks_of_figures(piece, setting.call) or bool(pattern("amounts.as_many").search(piece))
    bare = not any(one.amount.unit for one in scan(piece)) and not gives_figures(piece, setting.call)
    return found and not (bare and setting.asks_kind("tasks"))


def _names_tasks(piece: str, setting: Setting) -> bool:
    call = setting.call
    refs = task_references.by_number(piece, call, bare=False)
    named = refs.known or refs.unknown or task_references.by_name(piece, call) or task_references.group(piece, call)
    return bool(named) and (speaks_of_figures(piece, call) or speaks_of_marks(piece, call))


def _fills(piece: str, setting: Setting) -> bool:
    got = cells(piece, Setting(setting.call, setting.draft))
    return bool(got.fields or got.problems)
