"""Whether a text keeps to what was said: every number, date and name in it stands in the facts or the targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from drafting.amounts import write_amount
from drafting.draft import Draft
from drafting.numerals import to_number
from drafting.reading.names import ONE
from drafting.text import fold
from knowledge.call import Call

ORDINAL: Final = re.compile(r"(?m)^\s*(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[．.、](?!\d))")
DAY: Final = re.compile(r"20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?")
NUMBER: Final = re.compile(r"\d[\d,]*(?:\.\d+)?(?:万亿|[万亿千百])?")
COUNTED: Final = re.compile(
    r"[零〇一二两三四五六七八九十百千万亿]{1,9}(?=[个项家条件套台人名张次种类步成年月期天米元])"
)


def strange(text: str, said: str) -> tuple[str, ...]:
    """The numbers, dates and names of organisations in `text` that `said` doesn't have, as they are written."""
    known, body = fold(said), ORDINAL.sub("", text)
    values = set(_values(said))
    found = [word for word in DAY.findall(body) if fold(word) not in known]
    found += [word for word, value in _numbers(DAY.sub(" ", body)) if value not in values]
    return tuple(dict.fromkeys([*found, *(one for one in ONE.findall(body) if _name(one) not in known)]))


def _name(found: str) -> str:
    return fold(found)


def _values(text: str) -> Iterator[int | float | None]:
    yield from (value for _, value in _numbers(text))


def _numbers(text: str) -> Iterator[tuple[str, int | float | None]]:
    for pattern in (NUMBER, COUNTED):
        for word in pattern.findall(text):
            yield word, to_number(word)


def grounds(draft: Draft, call: Call) -> str:
    """All that was said, in one text: what a wording of this draft may rest on."""
    lines = [*draft.fields.values()]
    lines += [f"{one.name}，{one.intro}，{one.part.duty}" for one in draft.members]
    for number, choice in draft.tasks.items():
        task = call.task_by_number[number]
        lines.append(f"任务{number}（{task.short}）{task.measure}{'、'.join(map(write_amount, choice.targets))}")
    lines += [point.text for found in draft.points.values() for point in found]
    lines += [line for found in draft.texts.values() for line in found]
    return "\n".join(lines)
