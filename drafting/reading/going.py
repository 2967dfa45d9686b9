"""Which place of the form a few words name: 第五部分, 先填参与单位吧, 联系人电话."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from drafting.reading.words import pattern
from knowledge.call import Call

LONGEST: Final = 24
LEAST: Final = 2


def place(text: str, call: Call) -> str:
    """The section, field or aspect that a message names and does nothing else with; empty for any other message."""
    bare = text.strip(" 。.!！~～\n")
    if len(bare) > LONGEST or "\n" in bare:
        return ""
    led = pattern("clauses.goto").sub("", bare)
    names = (bare, led, pattern("clauses.goto_tail").sub("", led))
    known = dict(reversed([*_places(call)]))
    return next((known[name] for name in names if name in known and len(name) >= LEAST), "")


def _places(call: Call) -> Iterator[tuple[str, str]]:
    """Every (name, item) that can be gone to, sections before what stands in them."""
    for section in call.sections:
        if section.kind == "opinion":
            continue
        numbered = (f"第{section.number}部分", f"{section.number}、{section.title}", f"第{section.number}项")
        yield from ((name, section.id) for name in (*numbered, section.title, *section.ways))
    for section in call.sections:
        for field in section.fields:
            yield from ((name, field.id) for name in (f"{field.group}{field.label}", field.label, *field.ways))
        for one in section.aspects:
            yield from ((name, f"{section.id}/{one.name}") for name in (one.name, *one.ways))
