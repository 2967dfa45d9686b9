"""What no draft can hold, said in so many words: other words of the promise, two names for one thing."""

from __future__ import annotations

import re
from typing import Final

from drafting.problem import Problem
from drafting.reading.intents import asks
from drafting.reading.setting import Setting
from drafting.reading.understood import Understood
from drafting.reading.words import either, pattern, source
from drafting.text import fold, same
from knowledge.call import Call

# 承诺 alone may be anybody's.
LEAST: Final = 3
_QUOTED: Final = re.compile(r"[“\"「『](?P<words>[^”\"」』]{4,})[”\"」』]")


def refused(shown: str, setting: Setting) -> Understood | None:
    """The Problem of a message that wants such a thing, None for any other message."""
    problem = None if asks(shown) else _altered(shown, setting.call) or _two_names(shown, setting.call)
    return Understood(problems=(problem,)) if problem else None


def _altered(shown: str, call: Call) -> Problem | None:
    """commitment_altered: words of the printed promise are to be struck or changed (V19)."""
    section = call.of_kind("commitment")
    if section is None or not section.statements or not pattern("refused.alters").search(shown):
        return None
    printed = fold("".join(section.statements))
    quoted = any(fold(one["words"]) in printed for one in _QUOTED.finditer(shown))
    ways = {way for way in (section.title, *section.ways) if len(way) >= LEAST}
    named = re.search(rf"(?:{either(ways)}){source('refused.of_promise')}", shown)
    if not (quoted or named):
        return None
    text = "承诺书是印好的原文，不能增删改动；哪一条做不到，请先和推荐单位商量。"
    return Problem("commitment_altered", section.id, text, section.clause)


def _two_names(shown: str, call: Call) -> Problem | None:
    """consortium_name_mismatch and its like: another value on the cover than in section one (V01)."""
    for field in (call.field_by_id[key] for key in call.cover):
        wanted = source("refused.two_names").format(either({field.cover, field.label, *field.ways}))
        found = re.search(wanted, shown)
        if found and not same(found["cover"], found["form"]):
            text = f"封面写“{found['cover']}”，正文写“{found['form']}”，不一致；两处用同一个，请说定一个。"
            return Problem(f"{field.id}_mismatch", field.id, text, field.clause)
    return None
