"""Units joining, leaving and changing places in a message, checked against the rules of the consortium."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from drafting.form.draft import LEAD
from drafting.form.duties import uncovered
from drafting.form.organisations import place_outside
from drafting.form.problem import Problem
from drafting.form.short_names import NAME, ONE
from drafting.form.understood import Understood, Unit
from drafting.phrasebook import source
from drafting.reading import fields as said
from drafting.reading import members, task_references
from drafting.reading.marking import unknown_task
from drafting.reading.setting import Setting
from drafting.reading.task_references import spelt
from knowledge.language.folding import same


def joining(shown: str, setting: Setting) -> Understood | None:
    """What a message says of the units taking part; None when it says nothing of them."""
    if members.alone(shown):
        rule = setting.call.clauses.get("min_members", "")
        text = "不能一家单独申报，要有参与单位。"
        return Understood(problems=(Problem("too_few_members", "members", text, rule),))
    shown = members.turned(spelt(shown, setting))
    alone = _rest(shown, setting) or _described(shown, setting)
    given = (alone,) if alone else _profiles(shown)
    if given:
        return Understood(members=given)
    struck, swapped = members.removals(shown), members.swaps(shown)
    asked = setting.asks_kind("members") or setting.asking.partition("/")[0] in ("lead", "unit", "cover")
    if setting.asks_kind("tasks") and not ONE.search(shown) and not re.search(source("members.shares"), shown):
        # 我们只做12, where the tasks were asked for, says which are done, not by whom.
        return None
    told = struck or swapped or members.looks_like_units(shown)
    if not (told or asked) or (not told and said.labelled(shown, setting.call)):
        return None
    found = (
        _less(shown, setting) or _like(shown, setting) or _owed(shown, setting) or members.units(shown, setting.call)
    )
    gone = tuple(name for name in struck if name not in swapped)
    found = _together(found)
    found = tuple(unit for unit in found if unit.name not in (*gone, *swapped))
    if swapped and not any(unit.name in swapped.values() for unit in found):
        found = (*found, *_successors(shown, swapped, setting))
    if not (found or gone or swapped):
        return None
    if re.search(source("members.adds"), shown):
        found = tuple(_with_more(unit, setting) for unit in found)
    kept, problems = _members_checked(_named(found, shown, setting), shown, setting)
    unknown = tuple(unknown_task(number, setting.call) for number in members.strangers(shown, setting.call))
    return Understood(members=kept, remove_members=gone, rename=swapped, problems=(*problems, *unknown))


def _together(found: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """A unit that is only named, and told of again in the next words, once: 某某学院是参与单位，它负责3和9."""
    pairs = pairwise(found)
    kept = (one for one, behind in pairs if one.tasks is not None or one.name != behind.name)
    return (*kept, *found[-1:])


def _rest(shown: str, setting: Setting) -> Unit | None:
    """The lead or a recorded unit taking whatever nobody has yet: 剩下的我们自己做."""
    left, bare = uncovered(setting.draft), re.sub(source("members.hem"), "", shown.strip(" ，,。！!"))
    if not left or not re.fullmatch(source("members.rest"), bare):
        return None
    named = next((one for one in setting.draft.members if one.name in shown), None)
    if named:
        return Unit(named.name, tasks=tuple(sorted({*named.part.tasks, *left})))
    ours = re.search(source("members.itself"), shown)
    return Unit("", LEAD, tasks=tuple(sorted({*setting.draft.lead.tasks, *left}))) if ours else None


def _described(shown: str, setting: Setting) -> Unit | None:
    """A recorded unit of which a message tells what it is, and nothing of tasks: 某某学院是省属高校，有两个实验室."""
    one = next((one for one in setting.draft.members if shown.startswith(one.name)), None)
    told = shown.removeprefix(one.name).strip(" ，,：:") if one else ""
    known = told and re.match(source("members.profile"), told) and not re.search(source("members.roles"), told)
    return Unit(one.name, intro=told) if one and known else None


def _profiles(shown: str) -> tuple[Unit, ...]:
    """Units with the profile that each is given by name: 某某学院的简介：……。某某公司的简介：……"""
    if not re.search(source("members.called"), shown):
        return ()
    found = list(re.finditer(rf"(?P<name>{NAME})的?(?:单位)?{source('members.called')}[：:，,是为]+", shown))
    ends = [*(one.start() for one in found), len(shown)][1:]
    texts = [shown[one.end() : end].strip(" 。；;，,\n") for one, end in zip(found, ends, strict=True)]
    pairs = zip(found, texts, strict=True)
    return tuple(Unit(members.bare(one["name"]), intro=text) for one, text in pairs if len(text) > 3)


def renamed(shown: str, setting: Setting) -> dict[str, str]:
    """A recorded unit whose name was wrong, and the right one: ……名字弄错了，正式名称是某某协会."""
    old = next((one.name for one in setting.draft.members if one.name in shown), "")
    rest = shown.partition(old)[2] if old else ""
    found = re.search(rf"{source('members.misnamed')}.*?(?P<new>{NAME})", rest, re.DOTALL)
    return {old: found["new"]} if found and not same(found["new"], old) else {}


def _owed(shown: str, setting: Setting) -> tuple[Unit, ...]:
    """A bare answer about the unit that was asked for: its tasks, its profile, or who takes what is left."""
    kind, _, name = setting.asking.partition("/")
    if kind == "lead":
        numbers = task_references.mentioned(shown, setting.call)
        return (Unit("", LEAD, tasks=numbers),) if numbers and not members.looks_like_units(shown) else ()
    if kind == "unit" and not re.sub(rf"{task_references.REFERENCE}|[，,、吧了呢啊]", "", shown).strip():
        return (Unit(name, tasks=task_references.mentioned(shown, setting.call)),)
    if kind == "unit":
        return members.units(shown if name in shown else f"{name}，{shown}", setting.call)
    return _taker(shown, setting) if kind == "cover" else ()


def _less(shown: str, setting: Setting) -> tuple[Unit, ...]:
    """A recorded unit without the tasks it gives back: 某某学院不干9了."""
    if "不" not in shown:
        return ()
    found = re.search(source("members.less").format(NAME, task_references.REFERENCE), shown)
    one = next((one for one in setting.draft.members if found and same(one.name, found["one"])), None)
    if not (found and one) or members.numbered(shown[found.end() :]):
        return ()
    left = task_references.mentioned(found["what"], setting.call)
    return (Unit(one.name, tasks=tuple(number for number in one.part.tasks if number not in left)),)


def _like(shown: str, setting: Setting) -> tuple[Unit, ...]:
    """A unit that takes on what a recorded one does: 甲单位跟乙单位分工一样."""
    found = re.search(rf"(?P<one>{NAME}){source('members.alike').format(NAME)}", shown)
    by = next((one for one in setting.draft.members if found and same(one.name, found["by"])), None)
    return (Unit(found["one"], tasks=by.part.tasks),) if found and by and by.part.tasks else ()


def _with_more(unit: Unit, setting: Setting) -> Unit:
    """The unit with the tasks it had beside those it takes on now: 甲单位再加一个任务10."""
    old = next((one.part.tasks for one in setting.draft.members if same(one.name, unit.name)), ())
    return replace(unit, tasks=tuple(sorted({*old, *unit.tasks}))) if unit.tasks else unit


def _taker(shown: str, setting: Setting) -> tuple[Unit, ...]:
    """Who takes the tasks nobody has yet, when the answer names one unit and no numbers."""
    left, draft = uncovered(setting.draft), setting.draft
    if task_references.mentioned(shown, setting.call):
        return ()
    for one in draft.members:
        if one.name in shown or (len(shown) > 1 and shown in one.name):
            return (Unit(one.name, tasks=(*one.part.tasks, *left)),)
    if re.search(r"牵头|我们|自己|本单位", shown):
        return (Unit("", LEAD, tasks=(*draft.lead.tasks, *left)),)
    return ()


def _named(found: tuple[Unit, ...], shown: str, setting: Setting) -> tuple[Unit, ...]:
    """The units with the lead's own row known by the lead's name, too, unless it is announced as a participant."""
    lead = setting.call.field_of_kind("lead")
    name = setting.draft.fields.get(lead.id, "") if lead else ""
    return tuple(
        replace(unit, name="", role=LEAD)
        if name and unit.tasks and same(unit.name, name) and not _announced(unit.name, shown)
        else unit
        for unit in found
    )


def _announced(name: str, shown: str) -> bool:
    """True for a name with a word right before it that makes it a participant: 参与单位再添一个……"""
    return bool(re.search(rf"(?:{source('members.announced')})\s*$", shown.partition(name)[0]))


def _members_checked(
    found: tuple[Unit, ...], shown: str, setting: Setting
) -> tuple[tuple[Unit, ...], tuple[Problem, ...]]:
    """The units that may take part; one from outside the region (clause bodies) or named twice is refused."""
    kept: list[Unit] = []
    problems = []
    for unit in found:
        problem = None if unit.leads else _may_not(unit, shown, setting) or _twice(unit, kept, shown, setting)
        if problem:
            problems.append(problem)
            continue
        left = tuple(one for one in unit.tasks or () if _left(one, setting))
        problems += [_unselected(one, setting) for one in left]
        rest = tuple(one for one in unit.tasks or () if one not in left)
        kept.append(replace(unit, tasks=rest or None) if left else unit)
    return tuple(kept), tuple(problems)


def _left(task: int, setting: Setting) -> bool:
    """True for a task that the draft marks as left out."""
    choice = setting.draft.tasks.get(task)
    return choice is not None and choice.selected is False


def _unselected(task: int, setting: Setting) -> Problem:
    rule = setting.call.clauses.get("roles", "")
    text = f"任务{task}现在打的是“{setting.call.marks.left}”，不能分给单位；要做请先选上它。"
    return Problem("member_assigned_unselected_task", str(task), text, rule)


def _twice(unit: Unit, before: list[Unit], shown: str, setting: Setting) -> Problem | None:
    """duplicate_member for a unit added although it is on the list, or listed twice in one message."""
    recorded = any(same(unit.name, one.name) for one in setting.draft.members)
    added = recorded and unit.tasks is None and not _told(unit) and re.search(source("members.more"), shown)
    listed = any(same(unit.name, one.name) and unit.tasks is None for one in before)
    if not (added or listed):
        return None
    rule = setting.call.clauses.get("min_members", "")
    return Problem("duplicate_member", unit.name, f"“{unit.name}”已经在参与单位里了，不用再加。", rule)


def _told(unit: Unit) -> bool:
    """True when a message describes a unit beside saying that it joins."""
    return bool(unit.intro and not re.match(rf"[也还再就]*(?:{source('members.more')})", unit.intro))


def _may_not(unit: Unit, shown: str, setting: Setting) -> Problem | None:
    """Why a unit can't be a participant: from outside the region, or the lead itself without a share of its own."""
    call, place = setting.call, place_outside(unit.name, setting.call)
    if place:
        text = f"“{unit.name}”看名称是{place}的单位，联合体由{call.call.region}内的单位组建。"
        return Problem("member_not_in_province", unit.name, text, call.clauses.get("bodies", ""))
    lead = call.field_of_kind("lead")
    if (
        lead
        and (unit.tasks is None or _announced(unit.name, shown))
        and same(unit.name, setting.draft.fields.get(lead.id, ""))
    ):
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
