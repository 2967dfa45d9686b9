"""A message that states something and asks something: 专利先填6个，授权的算不算？"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from drafting.form.understood import Understood
from drafting.phrasebook import pattern
from drafting.reading.intents import asks
from drafting.reading.setting import Setting

LONGEST: Final = 120
LEAST: Final = 2
_CLAUSE: Final = re.compile(r"(?<=[。！!；;])|(?<=[，,])(?!\d{3})")
_SOUND: Final = re.compile(r"[\u4e00-\u9fff\w]")


def told_and_asked(text: str) -> tuple[str, str]:
    """What is stated and what is asked behind it; both empty where there are no such two.

    可以吗 behind a statement asks about that statement, which then is none; lines are a list, not a question.
    """
    clauses = [one for one in _CLAUSE.split(text) if one.strip()]
    if len(text) > LONGEST or "\n" in text.strip() or len(clauses) < 2:
        return "", ""
    first = next((place for place in range(1, len(clauses)) if asks(_bare(clauses[place]))), 0)
    head, tail = "".join(clauses[:first]), "".join(clauses[first:])
    if not first or asks(head) or _of_statement(tail):
        return "", ""
    return _bare(head), tail.strip()


def _bare(clause: str) -> str:
    return clause.strip(" ，,。；;！!")


def _of_statement(tail: str) -> bool:
    """True for a question that has no subject of its own."""
    rest = pattern("question.about_it").sub("", tail)
    return len(_SOUND.findall(rest)) < LEAST


def stated(shown: str, setting: Setting, read: Callable[[str, Setting], Understood]) -> Understood | None:
    """The facts of a message with its question as the intent, None where it states nothing sound beside one."""
    head, _tail = told_and_asked(shown)
    got = read(head, setting) if head else Understood()
    return replace(got, intent="ask_policy") if got.says_facts and not got.problems else None
