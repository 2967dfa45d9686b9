"""The JSON Schema of an application, computed from the call."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from drafting.form.draft import LEAD, PARTICIPANT
from drafting.form.values import full_label
from knowledge.call.definition import Call, Field, Section, Task

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SAID: Final = {"type": "string", "pattern": "\\S"}

Json = dict[str, Any]


def schema(call: Call) -> Json:
    """The schema: the keys of facts with the form's own words as titles; keys it doesn't name are ignored.

    Prose may be absent: it is often written into the Word file at the end.
    """
    parts: dict[str, Json] = {key: _field(field, call) for key, field in call.field_by_id.items()}
    parts |= {"tasks": _tasks(call), "members": _members(call)}
    needed = list(parts)
    parts |= {one.id: _prose(one) for one in call.narratives()}
    promise = call.of_kind("commitment")
    if promise:
        parts[promise.id] = {"type": "boolean", "title": promise.title, "description": "".join(promise.statements)}
    return _described({"$schema": DIALECT, "title": call.call.form_title}, call.call.title) | {
        "type": "object",
        "properties": parts,
        "required": needed,
        **({"allOf": rules} if (rules := _chains(call)) else {}),
    }


def _described(made: Json, text: str) -> Json:
    return made | ({"description": text} if text else {})


# ---------------------------------------------------------------- fields
def _field(field: Field, call: Call) -> Json:
    values: dict[str, Callable[[Call], Iterable[str]]] = {
        "recommender": lambda call: (one.name for one in call.recommenders),
        "cluster": lambda call: (one.name for one in call.clusters),
        "chain": lambda call: call.cluster_of_chain,
    }
    made: Json = {**SAID, "title": full_label(field)}
    if field.kind in values:
        made = {"type": "string", "title": full_label(field), "enum": list(values[field.kind](call))}
    if field.kind == "email":
        made["format"] = "email"
    return _described(made, field.clause or field.hint)


def _chains(call: Call) -> list[Json]:
    """Each cluster takes its own chains only."""
    home, line = call.field_of_kind("cluster"), call.field_of_kind("chain")
    if home is None or line is None:
        return []
    return [
        {
            "if": {"properties": {home.id: {"const": one.name}}, "required": [home.id]},
            "then": {"properties": {line.id: {"enum": list(one.chains)}}},
        }
        for one in call.clusters
    ]


# ---------------------------------------------------------------- tasks
def _tasks(call: Call) -> Json:
    section = call.of_kind("tasks")
    numbers = [str(task.number) for task in call.tasks]
    made: Json = {"type": "object", "title": section.title if section else "任务"}
    return _described(made, section.clause if section else "") | {
        "properties": {str(task.number): _task(task) for task in call.tasks},
        "required": numbers,
        "additionalProperties": False,
    }


def _task(task: Task) -> Json:
    chosen: Json = {"const": True} if task.required else {"type": "boolean"}
    made: Json = {"type": "object", "title": task.text, "properties": {"selected": {**chosen, "title": "任务选取"}}}
    made["required"] = ["selected"]
    if not task.starred:
        made["properties"]["targets"] = {"title": "任务目标", "maxItems": 0}
        return made
    made["properties"]["targets"] = _targets(task)
    taken = {"properties": {"selected": {"const": True}}, "required": ["selected"]}
    left = {"properties": {"targets": {"maxItems": 0}}}
    return made | {
        "if": taken,
        "then": {"required": ["targets"], "properties": {"targets": {"minItems": 1}}},
        "else": left,
    }


def _targets(task: Task) -> Json:
    value: Json = {"type": "integer" if task.whole else "number", "exclusiveMinimum": 0, "title": "数字"}
    amount: Json = {
        "type": "object",
        "properties": {
            "value": value,
            "unit": {"enum": list(task.units), "title": "单位"},
            "note": {"type": "string", "title": "说明"},
        },
        "required": ["value", "unit"],
        "additionalProperties": False,
    }
    return {"type": "array", "title": "任务目标", "description": task.indicator, "items": amount}


# ---------------------------------------------------------------- units and prose
def _members(call: Call) -> Json:
    section, bounds = call.of_kind("members"), call.consortium
    made: Json = {"type": "array", "title": section.title if section else "单位", "items": _unit(call)}
    least: Json = {"contains": _role(PARTICIPANT), "minContains": bounds.min_members}
    if bounds.max_members is not None:
        least["maxContains"] = bounds.max_members
    return _described(made, call.clauses.get("min_members", "")) | {
        "allOf": [{"contains": _role(LEAD), "minContains": 1, "maxContains": 1}, least]
    }


def _role(role: str) -> Json:
    return {"properties": {"role": {"const": role}}, "required": ["role"]}


def _unit(call: Call) -> Json:
    return {
        "type": "object",
        "properties": {
            "name": {**SAID, "title": "单位名称（全称）"},
            "role": {"enum": [LEAD, PARTICIPANT], "title": "承担角色"},
            "intro": {"type": "string", "title": "单位简介"},
            "tasks": {
                "type": "array",
                "title": "承担的任务编号",
                "items": {"enum": [task.number for task in call.tasks]},
                "uniqueItems": True,
            },
            "duty": {"type": "string", "title": "分工"},
        },
        "required": ["name", "role", "tasks"],
    }


def _prose(section: Section) -> Json:
    made: Json = {"type": "array", "title": section.title, "items": SAID, "minItems": 1}
    return _described(made, section.clause)
