"""What a message said beside the facts that were read in it: the clauses nothing was made of."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from drafting.form.short_names import distinctive
from drafting.form.understood import Understood
from drafting.narrative.grounded import numbers
from drafting.phrasebook import pattern
from drafting.reading.intents import aside, asks, command
from drafting.reading.message import understand
from drafting.reading.setting import Setting
from knowledge.call.definition import Call
from knowledge.language.folding import fold
from knowledge.language.plain import plain

LONGEST: Final = 400
MOST: Final = 10
LEAST: Final = 4
_CLAUSE: Final = re.compile(r"[，,。！!；;？?\n]+")
_SOUND: Final = re.compile(r"[\u4e00-\u9fff]|\d")


def unused(text: str, got: Understood, setting: Setting) -> tuple[str, ...]:
    """The clauses of a message that no fact came from, in order; small talk and mere connecting words are none.

    Only a message with facts of its own has any, and only while it is short: a doubt names nothing.
    """
    if not got.says_facts or len(text) > LONGEST or got.texts or got.problems:
        return ()
    clauses = [one.strip() for one in _CLAUSE.split(plain(text)) if one.strip()]
    if not 1 < len(clauses) <= MOST:
        return ()
    left = [one for one in clauses if not idle(one) and not _evident(one, got, setting)]
    return tuple(one for one in left if not _told(one, clauses, got, setting))


def idle(clause: str) -> bool:
    """True for a clause that would not be missed: a greeting, a command, a question, words that only connect."""
    if command(clause) or aside(clause) or asks(clause) or pattern("clauses.chatter").fullmatch(clause):
        return True
    rest = pattern("unused.filler").sub("", clause)
    return len(_SOUND.findall(rest)) < LEAST


def _evident(clause: str, got: Understood, setting: Setting) -> bool:
    """True when something that was read stands in the clause: a value, a unit, a figure, a task or its name."""
    shown = fold(clause)
    fields = setting.call.field_by_id
    words = [fold(one) for one in (*got.fields.values(), *got.remove_members, *got.rename, *got.rename.values())]
    words += [
        fold(part) for one in got.members for part in (one.name, distinctive(one.name), one.intro, one.duty) if part
    ]
    words += [fold(way) for key in got.fields for way in (fields[key].label, *fields[key].ways)]
    if any(one and (one in shown or shown in one) for one in words):
        return True
    return _of_tasks(clause, got, setting.call)


def _of_tasks(clause: str, got: Understood, call: Call) -> bool:
    shares = {number for unit in got.members for number in unit.tasks or ()}
    touched = {*got.select, *got.deselect, *got.targets, *shares}
    values = {amount.value for found in got.targets.values() for amount in found} | touched
    if {value for _, value, _ in numbers(clause)} & values:
        return True
    names = [
        way
        for number in touched
        for task in (call.task_by_number[number],)
        for way in (task.short, *task.ways, *task.nouns)
    ]
    return any(fold(one) in fold(clause) for one in names if one)


def _told(clause: str, clauses: list[str], got: Understood, setting: Setting) -> bool:
    """True when a clause says something by itself, or the message something else without it."""
    alone = understand(clause, Setting(setting.call, setting.draft))
    if alone.says_facts or alone.problems or alone.intent:
        return True
    rest = "，".join(one for one in clauses if one is not clause)
    return replace(understand(rest, setting), intent="") != replace(got, intent="")
