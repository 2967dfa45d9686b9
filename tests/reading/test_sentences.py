"""Sentences of every family (choice, correction, pairs, pointing, figures, units, cells, commands), one line each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bot.commands.understand import read
from knowledge.call.definition import Call
from knowledge.language.folding import fold

LINES = [json.loads(line) for line in Path(__file__).with_name("sentences.jsonl").read_text("utf-8").splitlines()]
PARTS = ("deselect", "fields", "remove_members", "intent", "problem")


@pytest.mark.parametrize("line", LINES, ids=[f"{one['family']}-{one['text']}" for one in LINES])
def test_a_sentence_says_what_it_is_meant_to(call: Call, line: dict[str, Any]) -> None:
    got = comparable(read(line, call))
    wanted = [comparable(one) for one in (line["expect"], *line.get("expect_also", ()))]
    assert any(same(got, one) for one in wanted), got


def comparable(said: dict[str, Any]) -> dict[str, Any]:
    """The parts of a reading that count, in a form two of them can be compared in."""
    units = {fold(unit["name"]): unit for unit in said.get("members", ())}
    parts = {key: said.get(key) or None for key in PARTS} | {"problem_on": str(said.get("problem_on", ""))}
    parts["fields"] = {key: fold(value) for key, value in said.get("fields", {}).items()}
    parts["remove_members"] = sorted(map(fold, said.get("remove_members", ())))
    figures = {
        task: sorted((one["value"], one["unit"]) for one in given) for task, given in said.get("targets", {}).items()
    }
    implied = {int(task) for task in figures}
    return parts | {"targets": figures, "members": units, "select": sorted({*said.get("select", ())} - implied)}


def same(got: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """True when nothing differs; a task number of a problem and a unit's tasks count where they are given."""
    on = wanted["problem_on"] in ("", got["problem_on"])
    plain = all(got[key] == wanted[key] for key in (*PARTS, "targets", "select"))
    return plain and on and got["members"].keys() == wanted["members"].keys() and shares(got, wanted)


def shares(got: dict[str, Any], wanted: dict[str, Any]) -> bool:
    """True when each unit has the role and the tasks it should have."""
    pairs = [(got["members"][name], unit) for name, unit in wanted["members"].items()]
    roles = all(one["role"] == other["role"] for one, other in pairs)
    return roles and all(set(other["tasks"]) == set(one.get("tasks", ())) for one, other in pairs if "tasks" in other)
