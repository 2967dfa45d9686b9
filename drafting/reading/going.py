"""Which place of the form a few words name: 第五部分, 先填参与单位吧, 联系人电话."""

from __future__ import annotations

from typing import Final

from drafting.phrasebook import pattern
from knowledge.call.definition import Call

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
