"""A whole message: which parser it is for, and what they make of it together."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from drafting.draft import LEAD
from drafting.interview import uncovered
from drafting.names import place_outside
from drafting.problem import Problem
from drafting.reading import fields as said
from drafting.reading import members, tasks, texts
from drafting.reading.basic import answered, cells
from drafting.reading.intents import asks, command
from drafting.reading.mixed import beside_cells, table
from drafting.reading.pasted import rows
from drafting.reading.plain import plain
from drafting.reading.setting import Setting
from drafting.reading.understood import Understood, Unit, merged
from drafting.reading.words import either, pattern
from drafting.text import same

LONGEST_ASIDE: Final = 90


def understand(text: str, setting: Setting) -> Understood:
    """What the message says in this setting; empty when it says nothing that can be read.

    Refused parts stand under `problems` only. A question changes nothing.
    """
    shown = plain(text)
    readers: tuple[Callable[[str, str, Setting], Understood | None], ...] = (
        _command, _headed, _rows, _long_field, _pasted, _question, _promise, _units, _facts,
    )  # fmt: skip
    return next((got for read in readers if (got := read(shown, text, setting)) is not None), Understood())


def _command(shown: str, _raw: str, setting: Setting) -> Understood | None:
    name = command(shown)
    if name == "unsure":
        return None if setting.asked_task else Understood(intent="skip")
    if not name or (name in ("confirm", "deny") and setting.asks_kind("commitment")):
        return None
    return Understood(intent=name)


def _headed(_shown: str, raw: str, setting: Setting) -> Understood | None:
    found = texts.headed(raw.strip(), setting.call)
    if not found:
        return None
    lines = texts.paragraphs(found.body)
    return Understood(texts={found.section.id: lines}, aspect=found.aspect, manner=found.manner)


def _rows(shown: str, _raw: str, setting: Setting) -> Understood | None:
    return rows(shown, setting)


def _long_field(shown: str, raw: str, setting: Setting) -> Understood | None:
    """牵头单位基本情况：… takes the rest of the message as it was typed."""
    for field in setting.call.field_by_id.values():
        if field.kind != "long_text":
            continue
        ways = either({*field.ways, field.label})
        found = re.match(rf"\s*(?:{ways})[^：:\n]{{0,12}}[：:\n]\s*(?P<body>\S.{{9,}})", raw, re.DOTALL)
        if found:
            return Understood(fields={field.id: found["body"].strip()})
        about = len(shown) >= 20 and len(set(pattern("fields.profile").findall(shown))) >= 2
        if about and not members.looks_like_units(shown) and not asks(shown) and not setting.asks_kind("members"):
            return Understood(fields={field.id: raw.strip()}) if _about_lead(shown, setting) else None
        if setting.asking == field.id and len(shown) >= 12 and not (asks(shown) and len(shown) < 60):
            return None if _elsewhere(shown, setting) else Understood(fields={field.id: raw.strip()})
    return None


def _about_lead(shown: str, setting: Setting) -> bool:
    """True when a description opens with the lead itself: 我们公司, 本单位, its name."""
    lead = setting.call.field_of_kind("lead")
    name = setting.draft.fields.get(lead.id, "") if lead else ""
    return bool(pattern("fields.ourselves").match(shown)) or bool(name and shown.startswith(name))


def _elsewhere(shown: str, setting: Setting) -> bool:
    """True for a short message about another item than the text that was asked for: a cell by its label, a unit, or
    a correction (改, 错了, 去掉) of something the form holds."""
    if len(shown) > LONGEST_ASIDE or "\n" in shown:
        return False
    plain_setting = Setting(setting.call, setting.draft)
    labelled = {*said.labelled(shown, setting.call), *said.shaped(shown, setting.call)} - {setting.asking}
    if labelled or members.looks_like_units(shown) or members.removals(shown) or members.swaps(shown):
        return True
    got = table(shown, plain_setting)
    return bool(pattern("fields.corrects").search(shown)) and (got.says_facts or bool(got.problems))


def _pasted(shown: str, raw: str, setting: Setting) -> Understood | None:
    """Text for the narrative that was asked for, unless it is a short question or about another item."""
    id_, _, aspect = setting.asking.partition("/")
    section = next((one for one in setting.call.narratives() if one.id == id_), None)
    if (
        not section
        or len(shown) < (4 if aspect else 8)
        or (asks(shown) and len(shown) < 60)
        or _elsewhere(shown, setting)
    ):
        return None
    return Understood(texts={section.id: texts.paragraphs(raw)}, aspect=aspect)


def _question(shown: str, _raw: str, setting: Setting) -> Understood | None:
    return Understood(intent="ask_policy") if asks(shown) else None


def _promise(shown: str, _raw: str, setting: Setting) -> Understood | None:
    if not setting.asks_kind("commitment"):
        return None
    name = command(shown)
    if name == "confirm" or re.fullmatch(r"(?:全部|都)?(?:确认|属实|承诺|同意)+[。！]?", shown):
        return Understood(promised=True)
    return Understood(promised=False) if name == "deny" else None


# ---------------------------------------------------------------- members
def _units(shown: str, _raw: str, setting: Setting) -> Understood | None:
    if members.alone(shown):
        rule = setting.call.clauses.get("min_members", "")
        text = "不能一家单独申报，要有参与单位。"
        return Understood(problems=(Problem("too_few_members", "members", text, rule),))
    struck, swapped = members.removals(shown), members.swaps(shown)
    asked = setting.asks_kind("members") or setting.asking.partition("/")[0] in ("lead", "unit", "cover")
    told = struck or swapped or members.looks_like_units(shown)
    if not (told or asked) or (not told and said.labelled(shown, setting.call)):
        return None
    found = _owed(shown, setting) or members.units(shown, setting.call)
    gone = tuple(name for name in struck if name not in swapped)
    found = tuple(unit for unit in found if unit.name not in (*gone, *swapped))
    if swapped and not any(unit.name in swapped.values() for unit in found):
        found = (*found, *_successors(shown, swapped, setting))
    if not (found or gone or swapped):
        return None
    kept, problems = _members_checked(found, setting)
    return Understood(members=kept, remove_members=gone, rename=swapped, problems=problems)


def _owed(shown: str, setting: Setting) -> tuple[Unit, ...]:
    """A bare answer about the unit that was asked for: its tasks, its profile, or who takes what is left."""
    kind, _, name = setting.asking.partition("/")
    if kind == "lead":
        numbers = tasks.mentioned(shown, setting.call)
        return (Unit("", LEAD, tasks=numbers),) if numbers and not members.looks_like_units(shown) else ()
    if kind == "unit":
        return members.units(shown if name in shown else f"{name}，{shown}", setting.call)
    return _taker(shown, setting) if kind == "cover" else ()


def _taker(shown: str, setting: Setting) -> tuple[Unit, ...]:
    """Who takes the tasks nobody has yet, when the answer names one unit and no numbers."""
    left, draft = uncovered(setting.draft), setting.draft
    if tasks.mentioned(shown, setting.call):
        return ()
    for one in draft.members:
        if one.name in shown or (len(shown) > 1 and shown in one.name):
            return (Unit(one.name, tasks=(*one.part.tasks, *left)),)
    if re.search(r"牵头|我们|自己|本单位", shown):
        return (Unit("", LEAD, tasks=(*draft.lead.tasks, *left)),)
    return ()


def _members_checked(found: tuple[Unit, ...], setting: Setting) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The units that may take part; one whose name places it outside the region is refused (clause bodies)."""
    kept, problems = [], []
    for unit in found:
        problem = None if unit.leads else _may_not(unit, setting)
        if problem:
            problems.append(problem)
        else:
            kept.append(unit)
    return tuple(kept), tuple(problems)


def _may_not(unit: Unit, setting: Setting) -> Problem | None:
    """Why a unit can't be a participant: from outside the region, or the lead itself without a share of its own."""
    call, place = setting.call, place_outside(unit.name, setting.call)
    if place:
        text = f"“{unit.name}”看名称是{place}的单位，联合体由{call.call.region}内的单位组建。"
        return Problem("member_not_in_province", unit.name, text, call.clauses.get("bodies", ""))
    lead = call.field_of_kind("lead")
    if lead and unit.tasks is None and same(unit.name, setting.draft.fields.get(lead.id, "")):
        text = f"“{unit.name}”是牵头单位，不再列为参与单位。"
        return Problem("lead_as_member", unit.name, text, call.clauses.get("min_members", ""))
    return None


def _successors(shown: str, swapped: dict[str, str], setting: Setting) -> tuple[Unit, ...]:
    """What the message says of a unit behind its new name."""
    out = []
    for new in swapped.values():
        tail = shown[shown.index(new) :]
        out += [unit for unit in members.units(tail.replace("\n", " "), setting.call)[:1] if unit.name == new]
    return tuple(out)


# ---------------------------------------------------------------- fields, marks, figures
def _facts(shown: str, _raw: str, setting: Setting) -> Understood:
    got = cells(shown, setting)
    if got.fields or got.problems:
        return merged(got, beside_cells(shown, setting))
    got = table(shown, setting)
    if got.says_facts or got.problems:
        return got
    if setting.asked_task:
        rule = setting.call.clauses.get("star", "")
        problem = Problem("target_missing_number", str(setting.asked_task), "请给一个数字。", rule)
        return Understood(problems=(problem,))
    return answered(shown, setting)
