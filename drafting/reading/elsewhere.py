"""Whether a message speaks of something else than what was asked for, so plainly that it can't be the answer."""

from __future__ import annotations

from drafting.form.short_names import ONE, referred
from drafting.phrasebook import pattern
from drafting.reading import fields as said
from drafting.reading import members, task_references
from drafting.reading.setting import Setting
from knowledge.language.folding import same

LONGEST = 90


def elsewhere(shown: str, setting: Setting) -> bool:
    """True for a short message that names another item of the form: a cell, a task by number, a unit, the promise."""
    if not setting.asking or len(shown) > LONGEST or "\n" in shown:
        return False
    return _cell(shown, setting) or _task(shown, setting) or _unit(shown, setting) or _promise(shown, setting)


def _cell(shown: str, setting: Setting) -> bool:
    """A label of another cell opens the message, with a value behind it."""
    found = said.opening(shown, setting.call)
    return bool(found) and found != setting.asking


def _task(shown: str, setting: Setting) -> bool:
    """任务12 is spoken of, and neither ticks nor figures nor who takes it on were asked for."""
    kind = setting.asking.partition("/")[0]
    refs = task_references.by_number(shown, setting.call, bare=False)
    if kind != "target" and not setting.asks_kind("tasks") and pattern("marks.marked").search(shown):
        return True
    if not (refs.known or refs.unknown) or setting.asks_kind("tasks"):
        return False
    if kind in ("unit", "lead", "cover") or setting.asks_kind("members"):
        return bool(pattern("marks.ticked").search(shown))
    if kind == "target":
        return setting.asked_task not in refs.known
    return pattern("marks.task_first").match(shown) is not None


def _unit(shown: str, setting: Setting) -> bool:
    """Another unit than the one asked about opens the message, or we ourselves take something on."""
    kind, _, name = setting.asking.partition("/")
    if kind != "unit":
        return False
    if members.ours(shown) or (pattern("members.speaks").search(shown) and ONE.search(shown)):
        return True
    named = ONE.match(referred(shown, [one.name for one in setting.draft.members]))
    return named is not None and not same(named.group(), name)


def _promise(shown: str, setting: Setting) -> bool:
    return bool(pattern("clauses.promising").search(shown)) and not setting.asks_kind("commitment")
