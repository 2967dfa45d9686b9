"""What a change makes of an entry's words: a line a thing that changes, for whoever approves it."""

from __future__ import annotations

import re
from datetime import date
from difflib import SequenceMatcher
from typing import Final

from bot.desk.entries.entry import Words
from bot.turn.days import day_text
from bot.turn.wording import say

CLAUSE: Final = re.compile(r"[^，,。；;！!？?\n]*[，,。；;！!？?\n]+|[^，,。；;！!？?\n]+")
# An answer that changes in more places than this is easier to read whole.
PLACES: Final = 3


def differences(old: Words, new: Words) -> list[str]:
    """What was and what is to be: question, answer, ways of asking, last day, source; a line where nothing changes."""
    lines = [_line("question", old.question, new.question)]
    lines += [_line("answer", was, now) for was, now in _places(old.answer, new.answer)]
    lines += [_line("similar", one, "") for one in old.similar if one not in new.similar]
    lines += [_line("similar", "", one) for one in new.similar if one not in old.similar]
    lines.append(_line("until", until(old.valid_until), until(new.valid_until)))
    lines.append(_line("source", old.source, new.source))
    return [one for one in lines if one] or [say("faq.unchanged")]


def until(day: str) -> str:
    """The last day of an entry as it is read; `day` an ISO day or empty."""
    return day_text(date.fromisoformat(day)) if day else say("faq.lasting")


def _places(old: str, new: str) -> list[tuple[str, str]]:
    """Where two answers differ, clause by clause: what stood there and what is to stand there."""
    was, now = CLAUSE.findall(old), CLAUSE.findall(new)
    steps = SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
    found = [("".join(was[a:b]), "".join(now[c:d])) for kind, a, b, c, d in steps if kind != "equal"]
    return found if len(found) <= PLACES else [(old, new)]


def _line(what: str, old: str, new: str) -> str:
    """A change in one line; empty for none."""
    part, old, new = say(f"faq.part_{what}"), old.strip(), new.strip()
    if old == new:
        return ""
    if not old or not new:
        return say("faq.gained", part=part, new=new) if new else say("faq.lost", part=part, old=old)
    return say("faq.turned", part=part, old=old, new=new)
