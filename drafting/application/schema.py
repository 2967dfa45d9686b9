"""The JSON Schema of an application, computed from the call."""

from __future__ import annotations

from typing import Final

from drafting.application.sections import together
from drafting.kinds import kind_of
from drafting.kinds.base import Json, described
from knowledge.call.definition import Call

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"


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
