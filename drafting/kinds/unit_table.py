"""The table of units: who takes part, and who does what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

from drafting.form.cells import Form, UnitRow, split_units
from drafting.form.draft import LEAD, PARTICIPANT, Draft, Member, Part, lead_name
from drafting.form.duties import numbers, read_duty, uncovered, write_duty
from drafting.kinds.kind import Asked, FileParts, Json, Kind, Parts, Said, Words, described, shortened
from drafting.ooxml.unit_rows import UnitRows, unit_rows
from drafting.rules import participants
from drafting.rules.subject import Reading
from knowledge.call.definition import Call, Section
from knowledge.language.folding import is_empty, tidy


class _Unit(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")
    name: str
    role: Literal["牵头单位", "参与单位"] = PARTICIPANT
    intro: str = ""
    tasks: tuple[int, ...] = ()
    duty: str = ""

    @property
    def part(self) -> Part:
        return Part(tasks=self.tasks, duty=self.duty)


LEADS: Final = "lead"
LABELS: Final = {"unit": "{}的简介或分工", LEADS: "牵头单位的分工", "cover": "任务分工"}


class UnitTable(Kind):
    """One section: the lead's row, then a row a participant."""

    labels = LABELS
    content = "units"
    paths = ("lead", "members")
    stepwise = True
    needed = True
    rules = participants.RULES

    def items(self, section: Section, draft: Draft, call: Call) -> Iterator[tuple[str, bool]]:
        """Enough participants, each with profile and tasks, the lead's own tasks, every chosen task with a unit."""
        yield section.id, len(draft.members) >= call.consortium.min_members
        for member in draft.members:
            yield f"unit/{member.name}", bool(member.intro and member.part.tasks)
        if call.field_of_kind("lead"):
            yield LEADS, bool(draft.lead.tasks)
        if draft.members and draft.lead.tasks:
            yield "cover", not uncovered(draft)

    def asked(self, section: Section, item: str, draft: Draft, call: Call) -> Asked:
        """More participants, what one of them lacks, the lead's tasks, or the tasks nobody has."""
        kind, _, name = item.partition("/")
        if kind == LEADS:
            return Asked((Said("ask.lead"),))
        if kind == "cover":
            return Asked((Said("ask.cover", {"tasks": numbers(uncovered(draft))}),))
        if kind == "unit":
            return Asked((_wanting(next(one for one in draft.members if one.name == name)),))
        if not draft.members:
            return super().asked(section, item, draft, call)
        counted = {"count": len(draft.members), "least": call.consortium.min_members}
        return Asked((Said("ask.members_more", counted), section.hint))

    def preview(self, section: Section, draft: Draft, call: Call) -> Iterator[Words]:
        """A line a unit, and the tasks nobody has."""
        if call.field_of_kind("lead"):
            yield f"牵头：{lead_name(draft, call) or '未填'}，任务{numbers(draft.lead.tasks) or '未定'}"
        for member in draft.members:
            intro = shortened(member.intro or "简介未填", 30)
            yield f"参与：{member.name}，{intro}，任务{numbers(member.part.tasks) or '未定'}"
        if left := uncovered(draft):
            yield f"还没有单位承担：任务{numbers(left)}"
        elif not draft.members and not call.field_of_kind("lead"):
            yield "未填"

    def cells(self, section: Section, draft: Draft, call: Call) -> Parts:
        """The rows as they are printed."""
        lead = UnitRow(LEAD, lead_name(draft, call), call.marks.none, write_duty(LEAD, draft.lead))
        others = (
            UnitRow(f"{PARTICIPANT}{place}", one.name, one.intro, write_duty(PARTICIPANT, one.part))
            for place, one in enumerate(draft.members, 1)
        )
        return {"units": (lead, *others)}

    def kept(self, section: Section, form: Form, call: Call) -> Parts:
        """The units with a name."""
        leader, others = split_units(form, call)
        lead = read_duty(leader.duty, call) if leader else Part()
        return {"lead": lead, "members": tuple(_member(unit, call) for unit in others)}

    def facts(self, section: Section, draft: Draft, call: Call) -> Json:
        """The units in one list, the lead first."""
        lead = Member(name=lead_name(draft, call), intro=call.marks.none, part=draft.lead)
        units = [(LEAD, lead)] if call.field_of_kind("lead") else []
        return {
            "members": [_fact(role, unit) for role, unit in (*units, *((PARTICIPANT, one) for one in draft.members))]
        }

    def stated(self, section: Section, facts: Json, call: Call) -> Parts:
        """The first lead's part, and all others."""
        units = [_Unit.model_validate(unit) for unit in facts.get("members", ())]
        lead = next((unit.part for unit in units if unit.role == LEAD), Part())
        others = (unit for unit in units if unit.role != LEAD)
        return {"lead": lead, "members": tuple(Member(name=one.name, intro=one.intro, part=one.part) for one in others)}

    def schema(self, section: Section, call: Call) -> Json:
        """A list with one lead and as many participants as may be."""
        bounds = call.consortium
        made: Json = {"type": "array", "title": section.title, "items": _unit_schema(call)}
        least: Json = {"contains": _role(PARTICIPANT), "minContains": bounds.min_members}
        if bounds.max_members is not None:
            least["maxContains"] = bounds.max_members
        one_lead = {"contains": _role(LEAD), "minContains": 1, "maxContains": 1}
        return {"members": described(made, call.clauses.get("min_members", "")) | {"allOf": [one_lead, least]}}

    def texts(self, section: Section, reading: Reading) -> Iterator[tuple[str, str]]:
        """All cells of a unit, at its name."""
        for unit in reading.form.units:
            yield from ((f"{section.number}/{unit.name}", text) for text in (unit.name, unit.intro, unit.duty))

    def place(self, section: Section, found: FileParts) -> UnitRows:
        """The rows of the section's table."""
        return unit_rows(found.under(section).rows)


def _wanting(unit: Member) -> Said:
    """What a participant still owes, as one sentence that names both where both are missing."""
    wants = [Said("ask.unit_intro")] * (not unit.intro) + [Said("ask.unit_tasks")] * (not unit.part.tasks)
    return Said("ask.unit", {"name": unit.name, "what": tuple(wants)})


def _member(unit: UnitRow, call: Call) -> Member:
    intro = "" if is_empty(unit.intro) else unit.intro
    return Member(name=tidy(unit.name), intro=intro, part=read_duty(unit.duty, call))


def _fact(role: str, unit: Member) -> Json:
    part = {"tasks": list(unit.part.tasks), "duty": unit.part.duty}
    return {"name": unit.name, "role": role, "intro": unit.intro, **part}


def _role(role: str) -> Json:
    return {"properties": {"role": {"const": role}}, "required": ["role"]}


def _unit_schema(call: Call) -> Json:
    tasks = {"type": "array", "title": "承担的任务编号", "items": {"enum": [task.number for task in call.tasks]}}
    properties = {
        "name": {"type": "string", "pattern": "\\S", "title": "单位名称（全称）"},
        "role": {"enum": [LEAD, PARTICIPANT], "title": "承担角色"},
        "intro": {"type": "string", "title": "单位简介"},
        "tasks": tasks | {"uniqueItems": True},
        "duty": {"type": "string", "title": "分工"},
    }
    return {"type": "object", "properties": properties, "required": ["name", "role", "tasks"]}
