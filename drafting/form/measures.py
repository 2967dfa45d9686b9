"""Units of figures: which ones a task takes, and which word of the form each one stands for."""

from __future__ import annotations

import re
from typing import Final

from knowledge.call.definition import Task

DATA: Final = ("KB", "MB", "GB", "TB", "PB", "EB", "ZB")
COUNTED: Final = "个 项 件 家 款 种 类 份 套 部 篇 户 批 例 台 只 所"
OTHERS: Final = "家 户 所 项 款 元 人 名 % ％ 天 日 次 平方米 公里 倍 个百分点"
COUNTERS: Final = tuple(COUNTED.split())
FOREIGN: Final = tuple(OTHERS.split())
OPEN = re.compile(r"单位[:：][^）)]*等")


def is_open(task: Task) -> bool:
    """True when the printed units are examples (…等), so that others of their kind will do."""
    return OPEN.search(task.indicator) is not None


def canonical(task: Task, unit: str) -> str | None:
    """The unit as this row writes it (家 becomes 个), "" when it must still be said, None when it doesn't fit."""
    word = unit.strip()
    if not word:
        return task.unit or ""
    known = _known(word)
    if known in task.units:
        return known
    if task.unit in COUNTERS and known in COUNTERS:
        return task.unit
    if known in DATA and any(own in DATA for own in task.units):
        return known
    return known if is_open(task) and known.lstrip("十百千万亿") not in FOREIGN else None


def _known(word: str) -> str:
    upper = word.upper()
    return upper if upper in DATA else f"{upper}B" if f"{upper}B" in DATA and len(upper) == 1 else word
