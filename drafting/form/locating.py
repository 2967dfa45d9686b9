"""Which place of the form somebody names, as findings do (五/项目概算) or as people do (项目概算, 第五部分, 任务5)."""

from __future__ import annotations

import re
from typing import Final

from knowledge.call.definition import Call

SLASH: Final = re.compile(r"\s*[/／]\s*")
TASK: Final = re.compile(r"(?:任务|第)\s*(\d{1,3})(?:项任务|项|号)?(?:的?(?:任务)?目标)?")
HEAD: Final = re.compile(r"\s*(?:\d{1,2}[.、)）]\s*)?([^：:\n]{1,40}?)\s*[：:]\s*(.+)", re.DOTALL)
PIECES: Final = re.compile(r"[；;]+")


def item_at(where: str, call: Call) -> str:
    """The item that is asked for a place named like that (a field, a section, a figure); empty for no such place."""
    parts = [one for one in SLASH.split(where.strip(" “”。")) if one]
    if not parts:
        return ""
    task = TASK.fullmatch(parts[-1])
    if task and int(task[1]) in call.task_by_number:
        return f"target/{int(task[1])}"
    named = ("".join(parts[-2:]), parts[-1], *(f"第{one}部分" for one in reversed(parts)), parts[0])
    return next((call.places[one] for one in named if one in call.places), "")


def remarks(text: str, call: Call) -> tuple[tuple[str, str, str], ...]:
    """What is said of which place, a (place, its item, remark) each; a place that the form doesn't have is none.

    A part behind a semicolon that names no place goes on with the remark before it.
    """
    return tuple(one for line in text.splitlines() for one in _line(line, call))


def _line(line: str, call: Call) -> list[tuple[str, str, str]]:
    found: list[tuple[str, str, str]] = []
    for piece in filter(None, (one.strip() for one in PIECES.split(line))):
        head = HEAD.fullmatch(piece)
        item = item_at(head[1], call) if head else ""
        if head and item:
            found.append((head[1], item, head[2].strip()))
        elif found:
            where, before, said = found.pop()
            found.append((where, before, f"{said}；{piece}"))
        else:
            found.append(("", "", piece))
    return found
