"""Which place of the form somebody names: as findings do (五/项目概算), as people do (项目概算, 先填参与单位吧)."""

from __future__ import annotations

import re
from typing import Final

from drafting.phrasebook import pattern
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


LONGEST: Final = 24
LEAST: Final = 2


def place(text: str, call: Call) -> str:
    """The section, field or aspect that a message names and does nothing else with; empty for any other message."""
    bare = text.strip(" 。.!！~～\n")
    if len(bare) > LONGEST or "\n" in bare:
        return ""
    led = pattern("clauses.goto").sub("", bare)
    names = (bare, led, pattern("clauses.goto_tail").sub("", led))
    return next((call.places[name] for name in names if name in call.places and len(name) >= LEAST), "")
