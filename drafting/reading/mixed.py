"""A message of several kinds taken apart: which pieces speak of ticks, which of figures."""

from __future__ import annotations

import re

from drafting.reading import tasks
from drafting.reading.basic import cells
from drafting.reading.marking import about_marks, marks, speaks_of_figures, speaks_of_marks
from drafting.reading.setting import Setting
from drafting.reading.targets import targets
from drafting.reading.understood import Understood

_PIECES = re.compile(r"(?<!\d)[，,]|[，,](?!\d)|[；;。！!\n]")


def table(shown: str, setting: Setting) -> Understood:
    """What a message says of the task table: decisions, figures, or both."""
    ticks, figures = _sorted(shown, setting)
    marked = marks(ticks, setting) if ticks else Understood()
    amounts, problems = targets(figures, setting.call, setting.asked_task) if figures else ({}, ())
    return Understood(
        select=marked.select,
        deselect=marked.deselect,
        targets=amounts,
        problems=(*marked.problems, *problems),
    )


def beside_cells(shown: str, setting: Setting) -> Understood:
    """What a message that fills cells says of the task table in its other pieces."""
    left = [piece for piece in _PIECES.split(shown) if _names_tasks(piece, setting) and not _fills(piece, setting)]
    text = "，".join(left)
    return table(text, Setting(setting.call, setting.draft)) if text else Understood()


def _sorted(shown: str, setting: Setting) -> tuple[str, str]:
    """(text on ticks, text on figures); pieces that say neither may belong to both."""
    pieces = [piece for piece in _PIECES.split(shown) if piece.strip()]
    figures = [speaks_of_figures(piece, setting.call) for piece in pieces]
    ticks = [not figure and speaks_of_marks(piece, setting.call) for piece, figure in zip(pieces, figures, strict=True)]
    if any(figures) and any(ticks):
        return (
            "，".join(piece for piece, figure in zip(pieces, figures, strict=True) if not figure),
            "，".join(piece for piece, tick in zip(pieces, ticks, strict=True) if not tick),
        )
    if any(figures):
        return "", shown
    if about_marks(shown, setting):
        got = marks(shown, setting)
        return (shown, "") if got.says_facts or got.problems else ("", shown)
    return "", shown


def _names_tasks(piece: str, setting: Setting) -> bool:
    call = setting.call
    refs = tasks.by_number(piece, call, bare=False)
    named = refs.known or refs.unknown or tasks.by_name(piece, call) or tasks.group(piece, call)
    return bool(named) and (speaks_of_figures(piece, call) or speaks_of_marks(piece, call))


def _fills(piece: str, setting: Setting) -> bool:
    got = cells(piece, Setting(setting.call, setting.draft))
    return bool(got.fields or got.problems)
