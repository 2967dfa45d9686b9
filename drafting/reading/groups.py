"""Shares of units said by a library or a group of tasks, written out in numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from drafting.phrasebook import source
from drafting.reading.setting import Setting
from drafting.reading.task_references import by_name, by_number, library_words, narrow, of_library, whole_library
from knowledge.call.definition import Call
from knowledge.language.numerals import to_number

_BEGINS: Final = re.compile("任务|工作")


def spelt(shown: str, setting: Setting) -> str:
    """负责其余的数据集库任务 as 负责任务7、8 …; words that mean no tasks that can be told stay as they are."""
    if not _BEGINS.search(shown):
        return shown
    for wanted in _ways(setting.call):
        shown = wanted.sub(lambda found: _numbers(found, setting), shown)
    return shown


def _numbers(found: re.Match[str], setting: Setting) -> str:
    tasks = _meant(found, setting.call)
    if found["rest"]:
        before = by_number(found.string[: found.start()], setting.call, bare=True).known
        tasks = tuple(number for number in tasks if number not in before)
    left = {number for number, choice in setting.draft.tasks.items() if not choice.selected}
    tasks = tuple(number for number in tasks if number not in left)
    verb = found.groupdict().get("verb") or ""
    return f"{verb}任务{'、'.join(map(str, tasks))}" if tasks else found.group()


def _meant(found: re.Match[str], call: Call) -> tuple[int, ...]:
    """The one task of that name where no size is given, else a whole library or group; nothing where sizes differ."""
    what = found["what"]
    names = {number for hit in by_name(what, call) if not of_library(hit, what, call) for number in hit[2:]}
    if len(names) == 1 and not found["count"]:
        return tuple(names)
    whole = narrow(what, call) or whole_library(what, call)
    size = to_number(found["count"][:-1]) if found["count"] else len(whole)
    return whole if size == len(whole) else ()


@lru_cache(maxsize=4)
def _ways(call: Call) -> tuple[re.Pattern[str], ...]:
    groups = f"{library_words(call)}|{source('marks.required')}|{source('marks.optional')}"
    tail = source("members.group_tail")
    return tuple(re.compile(source(f"members.{key}").format(groups, tail)) for key in ("group_taken", "group_given"))
