"""What a model says a message means, held against the message and the form's rules: a value to propose, or nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from drafting.form.amounts import read_amounts
from drafting.form.draft import Amount
from drafting.form.organisations import is_short_name
from drafting.form.understood import Understood, Unit
from drafting.form.values import check_choice, check_target, settle
from drafting.narrative.grounded import numbers, strange
from drafting.reading.basic import checked
from drafting.reading.setting import Setting
from knowledge.call.definition import Call, Task
from knowledge.language.folding import fold

MOST_PARTS: Final = 40
Json = dict[str, Any]


def loose(text: str) -> Json:
    """The JSON object in a model's text, whatever stands around it; {} when there is none that can be read."""
    bare = re.sub(r"<think>.*?</think>", "", text, flags=re.S)
    start, end = bare.find("{"), bare.rfind("}")
    try:
        found = json.loads(bare[start : end + 1]) if 0 <= start < end else {}
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def proposed(text: str, said: str, setting: Setting) -> Understood:
    """What a model read in `said`, as far as it stands there word for word and keeps the form's rules.

    What breaks a rule is a problem; what was not said, or has no place in the form, is left out without a word.
    """
    raw, call = loose(text), setting.call
    fields = checked(_fields(raw.get("fields"), said, call), setting)
    take, targets = _tasks(raw.get("take"), said, call), dict(_targets(raw.get("targets"), said, call))
    leave = [one for one in _tasks(raw.get("leave"), said, call) if one not in take]
    problems = [problem for one in leave if (problem := check_choice(one, False, call))]
    problems += [problem for task, amounts in targets.items() if (problem := check_target(task, amounts, call))]
    good = {
        task.number: settle(task, amounts)
        for task, amounts in targets.items()
        if check_target(task, amounts, call) is None
    }
    return Understood(
        select=tuple(one.number for one in take if one.number not in good),
        deselect=tuple(one.number for one in leave if check_choice(one, False, call) is None),
        targets=good,
        fields=fields.fields,
        members=tuple(_units(raw.get("units"), said, setting)),
        remove_members=tuple(_gone(raw.get("remove"), said, setting)),
        texts=dict(_texts(raw.get("texts"), said, call)),
        problems=(*fields.problems, *problems),
    )


def _is_said(value: object, said: str) -> bool:
    return isinstance(value, str) and bool(fold(value)) and fold(value) in fold(said)


def _rows(value: object) -> list[Any]:
    return value[:MOST_PARTS] if isinstance(value, list) else []


def _pairs(value: object) -> list[tuple[Any, Any]]:
    return list(value.items())[:MOST_PARTS] if isinstance(value, dict) else []


def _fields(value: object, said: str, call: Call) -> dict[str, str]:
    """Cells by id; those about a person are never a model's."""
    known = call.field_by_id
    return {key: one for key, one in _pairs(value) if key in known and not known[key].personal and _is_said(one, said)}


# ---------------------------------------------------------------- tasks
def _tasks(value: object, said: str, call: Call) -> list[Task]:
    """The tasks among some numbers that the message speaks of, by number or in a word of their own."""
    wanted = dict.fromkeys(one for one in map(_number, _rows(value)) if one in call.task_by_number)
    return [call.task_by_number[one] for one in wanted if _named(call.task_by_number[one], said)]


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | str):
        return -1
    return int(value) if str(value).isdecimal() and len(str(value)) < 4 else -1


def _named(task: Task, said: str) -> bool:
    """True when a message has the task's number, or two characters running of what the task is called."""
    if task.number in {value for _, value, _ in numbers(said)}:
        return True
    names = "\n".join((task.short, task.measure, *task.ways, *task.nouns))
    shown = fold(said)
    return any(shown[at : at + 2] in names for at in range(len(shown) - 1) if shown[at : at + 2].isalpha())


def _targets(value: object, said: str, call: Call) -> Iterator[tuple[Task, tuple[Amount, ...]]]:
    """Figures that were said, with a unit that was said or that the row takes by itself."""
    known = {one for _, one, _ in numbers(said)}
    for key, one in _pairs(value):
        task = call.task_by_number.get(_number(key))
        if task is None or not isinstance(one, str | int) or isinstance(one, bool) or not _named(task, said):
            continue
        amounts = read_amounts(str(one), task).amounts
        if amounts and all(amount.value in known and _unit_said(amount, said) for amount in amounts):
            yield task, amounts


def _unit_said(amount: Amount, said: str) -> bool:
    return all(fold(part) in fold(said) for part in (amount.unit, amount.note))


# ---------------------------------------------------------------- units and texts
def _units(value: object, said: str, setting: Setting) -> Iterator[Unit]:
    lead = setting.call.field_of_kind("lead")
    leader = setting.draft.fields.get(lead.id, "") if lead else ""
    there = {value for _, value, _ in numbers(said)}
    for row in _rows(value):
        name = row.get("name") if isinstance(row, dict) else None
        if not isinstance(name, str) or not _is_said(name, said) or is_short_name(name) or fold(name) == fold(leader):
            continue
        tasks = [_number(one) for one in _rows(row.get("tasks"))]
        intro = row.get("intro")
        kept = tuple(one for one in tasks if one in setting.call.task_by_number and one in there)
        yield Unit(name.strip(), intro=intro if _is_said(intro, said) else None, tasks=kept or None)


def _gone(value: object, said: str, setting: Setting) -> Iterator[str]:
    """Recorded units that are said to leave, by their full name or a part of it that was said."""
    for row in _rows(value):
        yield from (
            one.name
            for one in setting.draft.members
            if _is_said(row, said) and fold(row) in fold(one.name) and len(fold(row)) > 1
        )


def _texts(value: object, said: str, call: Call) -> Iterator[tuple[str, tuple[str, ...]]]:
    ids = {section.id for section in call.narratives()}
    for key, rows in _pairs(value):
        lines = tuple(one.strip() for one in _rows(rows if isinstance(rows, list) else [rows]) if _is_said(one, said))
        lines = tuple(one for one in lines if len(fold(one)) > 3 and not strange(one, said))
        if key in ids and lines:
            yield key, lines
