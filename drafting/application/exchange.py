"""An application as the JSON object people exchange, and the JSON Schema of it, computed from the call."""

from __future__ import annotations

from typing import Any, Final

from pydantic import ValidationError

from drafting.application.whole_form import together
from drafting.form.draft import LEAD, PARTICIPANT, Draft
from drafting.kinds import kind_of
from drafting.kinds.kind import Json, described
from knowledge.call.definition import Call

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
SLIPS: Final = {
    "missing": "没有写",
    "extra_forbidden": "没有这一栏",
    "literal": f"应是{LEAD}或{PARTICIPANT}",
    "string": "应是文字",
    "bool": "应是 true 或 false",
    "int": "应是整数",
    "float": "应是数字",
    "finite": "应是数字",
    "than": "数字过大",
    "tuple": "应是列表",
    "dict": "应是一个对象",
    "model": "应是一个对象",
}


class FactsError(Exception):
    """Facts that are no application; the text says which key is wrong, in Chinese."""


def to_facts(draft: Draft, call: Call) -> dict[str, Any]:
    """The draft as the object: fields and narratives by id, tasks by number, members."""
    return together(kind_of(section).facts(section, draft, call) for section in call.sections)


def from_facts(facts: object, call: Call) -> Draft:
    """The draft that such an object says; keys the call doesn't know are ignored, FactsError names a bad value."""
    if not isinstance(facts, dict):
        raise FactsError("申报内容应是一个 JSON 对象")
    try:
        return Draft.model_validate(
            together(kind_of(section).stated(section, facts, call) for section in call.sections)
        )
    except ValidationError as error:
        first = error.errors()[0]
        said = next((text for kind, text in SLIPS.items() if kind in first["type"]), "不是这里能写的内容")
        raise FactsError(f"{'.'.join(map(str, first['loc'])) or 'members'} 的值不对：{said}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise FactsError("members 应是列表，tasks 应以任务编号为键") from error


# ---------------------------------------------------------------- its schema
def schema(call: Call) -> Json:
    """The schema: the keys of facts with the form's own words as titles; keys it doesn't name are ignored."""
    parts = {section: kind_of(section).schema(section, call) for section in call.sections}
    rules = _chains(call)
    return described({"$schema": DIALECT, "title": call.call.form_title}, call.call.title) | {
        "type": "object",
        "properties": together(parts.values()),
        "required": [key for section, keys in parts.items() if kind_of(section).needed for key in keys],
        **({"allOf": rules} if rules else {}),
    }


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
