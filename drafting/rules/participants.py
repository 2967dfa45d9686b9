"""The units: who takes part, with what profile, on which tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from drafting.form.cells import UnitRow
from drafting.form.draft import LEAD, PARTICIPANT, Draft, lead_name
from drafting.form.duties import read_duty, task_numbers
from drafting.form.organisations import place_outside, registered_outside
from drafting.form.problem import Finding, Problem
from drafting.rules.subject import Reading, finding, raised
from knowledge.call.definition import Call, Section
from knowledge.language.folding import fold, is_empty, same

EVERYTHING = re.compile(r"(?:全部|所有|各项|全面|全程|统筹各)")


def lead_agrees(reading: Reading, section: Section) -> Iterator[Finding]:
    """…_mismatch: the units' table has the lead that cover or section one names (V01)."""
    lead, leader = reading.call.field_of_kind("lead"), reading.units[0]
    if lead is None or leader is None or is_empty(reading.lead):
        return
    if not any(same(leader.name, values.get(lead.id, "")) for values in (reading.form.cover, reading.form.fields)):
        text = f"分工表中的牵头单位是“{leader.name}”，前面是“{reading.lead}”，不一致。"
        yield finding(f"{lead.id}_mismatch", _at(section, leader.label or lead.label), text, lead.clause)


def composition(reading: Reading, section: Section) -> Iterator[Finding]:
    """too_few_members, duplicate_member, lead_as_member (clause min_members, V09)."""
    for problem in check_members(reading.draft, reading.call):
        yield raised(problem, _at(section, PARTICIPANT if problem.on == "members" else problem.on))


def check_members(draft: Draft, call: Call) -> tuple[Problem, ...]:
    """Everything wrong with who takes part: too_few_members, too_many_members, duplicate_member, lead_as_member.

    `on` is the member's name, "members" for their number; counted besides the lead (clause min_members, Q01).
    """
    names = [member.name for member in draft.members if not is_empty(member.name)]
    problems = [_too_few(len({fold(name) for name in names}), call), _too_many(len(names), call)]
    leader = lead_name(draft, call)
    problems += [_repeated(name, names[:position], leader, call) for position, name in enumerate(names)]
    return tuple(problem for problem in problems if problem)


def _too_few(count: int, call: Call) -> Problem | None:
    least = call.consortium.min_members
    if count >= least:
        return None
    text = f"除牵头单位外现有{count}家参与单位，成员单位应不少于{least}家。"
    return Problem("too_few_members", "members", text, call.clauses.get("min_members", ""))


def _too_many(count: int, call: Call) -> Problem | None:
    most = call.consortium.max_members
    if most is None or count <= most:
        return None
    text = f"现有{count}家参与单位，成员单位应不超过{most}家。"
    return Problem("too_many_members", "members", text, call.clauses.get("max_members", ""))


def _repeated(name: str, before: list[str], leader: str, call: Call) -> Problem | None:
    rule = call.clauses.get("min_members", "")
    if leader and same(name, leader):
        return Problem("lead_as_member", name, f"“{name}”已是牵头单位，不能再列为参与单位。", rule)
    if any(same(name, other) for other in before):
        return Problem("duplicate_member", name, f"参与单位“{name}”重复。", rule)
    return None


def profiles(reading: Reading, section: Section) -> Iterator[Finding]:
    """member_profile_missing, member_duty_missing: participants say who they are and what they do (R18)."""
    leader, others = reading.units
    rule = reading.call.clauses.get("roles", "")
    for unit in others:
        if is_empty(unit.intro):
            text = f"参与单位“{unit.name}”没有写单位简介。"
            yield finding("member_profile_missing", _at(section, unit.name), text, rule)
    for unit in (*([leader] if leader else []), *others):
        if is_empty(unit.duty):
            text = f"“{unit.name}”没有写承担的任务和分工。"
            yield finding("member_duty_missing", _at(section, unit.name), text, rule)


def province(reading: Reading, section: Section) -> Iterator[Finding]:
    """member_not_in_province: by its name, or by what its profile says of its seat (clause bodies)."""
    region = reading.call.call.region
    for unit in reading.units[1]:
        place = place_outside(unit.name, reading.call) or registered_outside(unit.intro, reading.call)
        if place:
            text = f"参与单位“{unit.name}”看来在{place}，联合体应由{region}内的单位组成。"
            yield finding(
                "member_not_in_province", _at(section, unit.name), text, reading.call.clauses.get("bodies", "")
            )


def assignments(reading: Reading, section: Section) -> Iterator[Finding]:
    """task_without_unit, member_assigned_unselected_task, unknown_task: duties and marks agree (V08).

    Without numbers in some unit's duty nobody can say which task is without a unit.
    """
    leader, others = reading.units
    units = [unit for unit in (*([leader] if leader else []), *others) if not is_empty(unit.duty)]
    taken = {unit: read_duty(unit.duty, reading.call).tasks for unit in units}
    rule = reading.call.clauses.get("roles", "")
    yield from _idle(reading, section, taken)
    for unit, numbers in taken.items():
        for number in numbers:
            if reading.marks.get(number) is False and not reading.call.task_by_number[number].required:
                text = f"任务{number}没有选取，“{unit.name}”的分工里却有。"
                yield finding("member_assigned_unselected_task", _at(section, f"任务{number}"), text, rule)
        for number in sorted({*task_numbers(unit.duty)} - {*reading.call.task_by_number}):
            text = f"“{unit.name}”的分工里写了任务{number}，任务表只到{len(reading.call.tasks)}。"
            yield finding("unknown_task", _at(section, f"任务{number}"), text, rule)


def _idle(reading: Reading, section: Section, taken: dict[UnitRow, tuple[int, ...]]) -> Iterator[Finding]:
    clear = all(numbers and not _says_all(unit) for unit, numbers in taken.items())
    if not taken or not clear:
        return
    rule = reading.call.clauses.get("roles", "")
    assigned = {number for numbers in taken.values() for number in numbers}
    for number, chosen in sorted(reading.marks.items()):
        if chosen and number not in assigned:
            text = f"任务{number}已选取，但没有单位承担。"
            yield finding("task_without_unit", _at(section, f"任务{number}"), text, rule)


def _says_all(unit: UnitRow) -> bool:
    found = EVERYTHING.search(unit.duty)
    return found is not None and "任务" in unit.duty[found.start() : found.end() + 4]


def leftovers(reading: Reading, section: Section) -> Iterator[Finding]:
    """placeholder_left: rows printed for units that nobody filled or took out (V20)."""
    named = sum(not is_empty(unit.name) for unit in reading.form.units)
    left = [unit.label for unit in reading.form.units if unit.label and is_empty(unit.name) and unit.label != LEAD]
    if left and named > reading.call.consortium.min_members:
        text = f"分工表里还留着空行“{'”“'.join(left)}”。"
        yield finding("placeholder_left", _at(section, left[0]), text)


def _at(section: Section, item: str) -> str:
    return f"{section.number}/{item}"


RULES = (lead_agrees, composition, profiles, province, assignments, leftovers)
