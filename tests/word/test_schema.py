"""The schema of an application: the shipped example obeys it, slips don't, and its titles are the form's."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from drafting.application.exchange import schema, to_facts
from knowledge.call.pack import DEFAULT
from tests.commands import shenbao
from tests.conftest import YUNXI
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS

EXAMPLE: dict[str, Any] = json.loads((DEFAULT / "example.json").read_text("utf-8"))
CHECKED = Draft202012Validator(schema(PACKS["shipped"].call))


@pytest.mark.parametrize("name", PACKS)
def test_it_is_a_schema_and_a_complete_application_obeys_it(name: str) -> None:
    call = PACKS[name].call
    Draft202012Validator.check_schema(schema(call))
    Draft202012Validator(schema(call)).validate(to_facts(example(call), call))


def test_the_shipped_example_obeys_it_and_may_hold_more() -> None:
    CHECKED.validate(EXAMPLE)
    CHECKED.validate({**EXAMPLE, "remark": "另有一句"})


def slip(change: Callable[[dict[str, Any]], object]) -> list[str]:
    """Where the example breaks the schema after a change."""
    facts = copy.deepcopy(EXAMPLE)
    change(facts)
    return ["/".join(map(str, error.absolute_path)) for error in CHECKED.iter_errors(facts)]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        (lambda facts: facts["tasks"]["8"].pop("targets"), "tasks/8"),
        (lambda facts: facts["tasks"]["8"]["targets"][0].update(value=1.5), "tasks/8/targets/0/value"),
        (lambda facts: facts["tasks"]["8"]["targets"][0].update(unit="吨"), "tasks/8/targets/0/unit"),
        (lambda facts: facts["tasks"]["13"].update(selected=False), "tasks/13/selected"),
        (lambda facts: facts["tasks"].update({"16": {"selected": True}}), "tasks"),
        (lambda facts: facts["members"].pop(0), "members"),
        (lambda facts: facts["members"].__delitem__(slice(2, None)), "members"),
        (lambda facts: facts.update(recommender="火星市工业和信息化局"), "recommender"),
        (lambda facts: facts.update(cluster="人工智能"), "chain"),
        (lambda facts: facts.update(project_name=" "), "project_name"),
        (lambda facts: facts.update(plan="一段文字"), "plan"),
    ],
)
def test_a_slip_is_found_where_it_is(change: Callable[[dict[str, Any]], object], where: str) -> None:
    assert where in slip(change)


def test_titles_and_notes_are_the_forms_own_words() -> None:
    made = schema(PACKS["shipped"].call)
    assert made["properties"]["contact_phone"]["title"] == "联系人电话"
    assert made["properties"]["tasks"]["properties"]["8"]["properties"]["targets"]["description"] == (
        "登记高质量数据集数（单位：个）。"
    )
    assert "成员单位应不少于2家" in made["properties"]["members"]["description"]


def test_the_command_prints_the_schema_of_the_call_in_force(tmp_path: Any) -> None:
    told = shenbao("schema", data=tmp_path)
    assert (told.returncode, json.loads(told.stdout)) == (0, schema(PACKS["shipped"].call))
    other = shenbao("schema", data=tmp_path, SHENBAO_CALL=str(YUNXI))
    assert json.loads(other.stdout)["properties"]["members"]["allOf"][1]["maxContains"] == 6
    assert shenbao("schema", "extra", data=tmp_path).returncode == 2
