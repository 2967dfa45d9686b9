"""What is known of an application so far: every fact once, each one already sound on its own."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from knowledge.call.definition import Call

LEAD: Final = "牵头单位"
PARTICIPANT: Final = "参与单位"

# How a message's lines come into a narrative section.
Manner = Literal["add", "front", "replace"]


# Room for a unit's conversion beyond what can be said; infinite and absurd numbers of a file are refused.
Number = Annotated[int | float, Field(allow_inf_nan=False, gt=-(10**24), lt=10**24)]


class Frozen(BaseModel):
    """Base of the draft's types: immutable, unknown keys refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Amount(Frozen):
    """A figure with its unit; `note` is what the person added (图像, 不少于), never a second figure."""

    value: Number
    unit: str
    note: str = ""

    @field_validator("value")
    @classmethod
    def _whole(cls, value: float) -> int | float:
        return int(value) if float(value).is_integer() else value


class Choice(Frozen):
    """The decision on one task; `targets` are its figures, only where the row asks for one."""

    selected: bool
    targets: tuple[Amount, ...] = ()


class Part(Frozen):
    """What one unit takes on: task numbers and, in words, its duty."""

    tasks: tuple[int, ...] = ()
    duty: str = ""


class Member(Frozen):
    """A participating unit; the lead is no Member: its name is a field, its part is `Draft.lead`."""

    name: str
    intro: str = ""
    part: Part = Part()


class Point(Frozen):
    """One thing said for a narrative section; `aspect` is the point of the section it belongs to, empty when open.

    A `worded` one stands in the section's prose already and is kept as its source: it changes, and the prose goes.
    """

    text: str
    aspect: str = ""
    worded: bool = Field(default=False, exclude_if=lambda worded: not worded)


class Draft(Frozen):
    """An application in the making; whatever is absent has not been said.

    `texts` are sections as finished prose, pasted or worded, `points` what was said for sections bit by bit.
    """

    fields: dict[str, str] = {}
    tasks: dict[int, Choice] = {}
    lead: Part = Part()
    members: tuple[Member, ...] = ()
    texts: dict[str, tuple[str, ...]] = {}
    points: dict[str, tuple[Point, ...]] = {}
    promised: bool = False


class _Target(Frozen):
    value: Number
    unit: str
    note: str = ""


class _Task(Frozen):
    selected: bool
    targets: tuple[_Target, ...] = ()


class _Unit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    name: str
    role: Literal["牵头单位", "参与单位"] = PARTICIPANT
    intro: str = ""
    tasks: tuple[int, ...] = ()
    duty: str = ""


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
    """The draft as the JSON object people exchange: fields and narratives by id, tasks by number, members."""
    facts: dict[str, Any] = {key: draft.fields[key] for key in call.field_by_id if key in draft.fields}
    facts["tasks"] = {str(number): _task(choice) for number, choice in sorted(draft.tasks.items())}
    lead = _field(call, "lead")
    units = [Member(name=draft.fields.get(lead, ""), intro=call.marks.none, part=draft.lead)] if lead else []
    facts["members"] = [
        {"name": unit.name, "role": role, "intro": unit.intro, "tasks": list(unit.part.tasks), "duty": unit.part.duty}
        for role, group in ((LEAD, units), (PARTICIPANT, draft.members))
        for unit in group
    ]
    facts |= {one.id: _narrative(draft, one.id) for one in call.narratives()}
    promise = call.of_kind("commitment")
    if promise:
        facts[promise.id] = draft.promised
    return facts


def _narrative(draft: Draft, id_: str) -> list[str]:
    return [*draft.texts.get(id_, ()), *(point.text for point in draft.points.get(id_, ()) if not point.worded)]


def _task(choice: Choice) -> dict[str, Any]:
    targets = [amount.model_dump(exclude_defaults=True) for amount in choice.targets]
    return {"selected": choice.selected} | ({"targets": targets} if targets else {})


def _field(call: Call, kind: Literal["lead"]) -> str:
    field = call.field_of_kind(kind)
    return field.id if field else ""


def _paragraphs(value: Any) -> tuple[Any, ...]:
    """A narrative as a list of paragraphs; one text is as many as it has lines."""
    return tuple(filter(str.strip, value.split("\n"))) if isinstance(value, str) else tuple(value)


def from_facts(facts: object, call: Call) -> Draft:
    """The draft that a facts object says; keys the call doesn't know are ignored, FactsError names a bad value."""
    if not isinstance(facts, dict):
        raise FactsError("申报内容应是一个 JSON 对象")
    try:
        units = [_Unit.model_validate(unit) for unit in facts.get("members", ())]
        tasks = {int(number): _Task.model_validate(task) for number, task in facts.get("tasks", {}).items()}
        lead = next((unit for unit in units if unit.role == LEAD), None)
        promise = call.of_kind("commitment")
        return Draft.model_validate(
            {
                "fields": {key: facts[key] for key in call.field_by_id if facts.get(key)},
                "tasks": {number: task.model_dump() for number, task in tasks.items()},
                "lead": Part(tasks=lead.tasks, duty=lead.duty) if lead else Part(),
                "members": tuple(
                    Member(name=unit.name, intro=unit.intro, part=Part(tasks=unit.tasks, duty=unit.duty))
                    for unit in units
                    if unit.role != LEAD
                ),
                "texts": {one.id: _paragraphs(facts[one.id]) for one in call.narratives() if facts.get(one.id)},
                "promised": bool(promise and facts.get(promise.id)),
            }
        )
    except ValidationError as error:
        first = error.errors()[0]
        said = next((text for kind, text in SLIPS.items() if kind in first["type"]), "不是这里能写的内容")
        raise FactsError(f"{'.'.join(map(str, first['loc'])) or 'members'} 的值不对：{said}") from error
    except (TypeError, ValueError, AttributeError) as error:
        raise FactsError("members 应是列表，tasks 应以任务编号为键") from error
