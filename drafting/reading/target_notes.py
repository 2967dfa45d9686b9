"""Figures of one task told apart by the kinds its indicator lists: 国家标准1项、行业标准2项."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Final

from drafting.reading.quantities import Found
from knowledge.call.definition import Call, Task

_LIST: Final = re.compile(
    r"(?P<list>(?:[\u4e00-\u9fff]{2}、)+[\u4e00-\u9fff]{2}[或和][\u4e00-\u9fff]{2})(?P<what>[\u4e00-\u9fff]{2,4}?)数"
)


def several(text: str, call: Call) -> frozenset[int]:
    """The tasks of which a text names more than one kind."""
    pairs = [(task, wanted) for task in call.tasks if (wanted := _kinds(task.indicator))]
    return frozenset(task.number for task, wanted in pairs if len(set(wanted.findall(text))) > 1)


def noted(found: list[Found], task: Task, piece: str) -> list[Found]:
    """The figures of a piece with the kind that stands before each as its remark."""
    wanted = _kinds(task.indicator)
    return [_noted(one, wanted, piece) for one in found] if wanted else found


def _noted(one: Found, wanted: re.Pattern[str], piece: str) -> Found:
    kinds = set(wanted.findall(piece[: one.start]) or wanted.findall(piece[one.end :]))
    if len(kinds) != 1 or one.amount.note:
        return one
    return replace(one, amount=one.amount.model_copy(update={"note": kinds.pop()}))


@lru_cache(maxsize=64)
def _kinds(indicator: str) -> re.Pattern[str] | None:
    """The kinds that an indicator lists, also said short (国标); None for one that lists none."""
    found = _LIST.search(indicator)
    if not found:
        return None
    what = found["what"]
    ways = (f"{one}{what}|{one[0]}{what[0]}" for one in re.split("[、或和]", found["list"]))
    return re.compile("|".join(ways))
