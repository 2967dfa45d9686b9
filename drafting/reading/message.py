"""A whole message: which parser it is for, and what they make of it together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from drafting.draft import LEAD, Draft
from drafting.interview import uncovered
from drafting.names import place_outside
from drafting.problem import Problem
from drafting.reading import fields as said
from drafting.reading import members, tasks, texts
from drafting.reading.amounts import scan
from drafting.reading.intents import asks, command
from drafting.reading.plain import plain
from drafting.reading.targets import targets
from drafting.reading.understood import Understood, Unit
from drafting.reading.words import either, pattern
from drafting.values import check_choice, check_field
from knowledge.call import Call, Field


@dataclass(frozen=True)
class Setting:
    """What a message is read against: the call, what is known, and the item that was just asked for."""

    call: Call
    draft: Draft = Draft()
    asking: str = ""

    @property
    def asked_field(self) -> Field | None:
        """The cell that was asked for, None when something else was."""
        return self.call.field_by_id.get(self.asking)

    @property
    def asked_task(self) -> int | None:
        """The task whose figure was asked for."""
        kind, _, number = self.asking.partition("/")
        return int(number) if kind == "target" else None

    def asks_kind(self, kind: str) -> bool:
        """True when a section of this kind was asked for."""
        section = self.call.of_kind(kind)  # type: ignore[arg-type]
        return bool(section and self.asking.split("/")[0] == section.id)


def understand(text: str, setting: Setting) -> Understood:
    """What the message says in this setting; empty when it says nothing that can be read.

    Refused parts stand under `problems` only. A question changes nothing.
    """
    shown = plain(text)
    readers: tuple[Callable[[str, str, Setting], Understood | None], ...] = (
        _command, _headed, _long_field, _pasted, _question, _promise, _units, _facts,
    )  # fmt: skip
    return next((got for read in readers if (got := read(shown, text, setting)) is not None), Understood())


def _command(shown: str, _raw: str, setting: Setting) -> Understood | None:
    name = command(shown)
    if not name or (name in ("confirm", "deny") and setting.asks_kind("commitment")):
        return None
    return Understood(intent=name)


def _headed(_shown: str, raw: str, setting: Setting) -> Understood | None:
    found = texts.headed(raw.strip(), setting.call)
    if not found:
        return None
    section, body = found
    return Understood(texts={section.id: texts.paragraphs(body)})


def _long_field(shown: str, raw: str, setting: Setting) -> Understood | None:
    """牵头单位基本情况：… takes the rest of the message as it was typed."""
    for field in setting.call.field_by_id.values():
        if field.kind != "long_text":
            continue
        ways = either({*field.ways, field.label})
        found = re.match(rf"\s*(?:{ways})[^：:\n]{{0,12}}[：:\n]\s*(?P<body>\S.{{9,}})", raw, re.DOTALL)
        if found:
            return Understood(fields={field.id: found["body"].strip()})
        if setting.asking == field.id and len(shown) >= 12 and not (asks(shown) and len(shown) < 60):
            return Understood(fields={field.id: raw.strip()}) if not _labelled_only(shown, setting) else None
    return None


def _labelled_only(shown: str, setting: Setting) -> bool:
    """True when the message names another cell of the form, so that it is no free text for this one."""
    return any(key != setting.asking for key in said.labelled(shown, setting.call)) or members.looks_like_units(shown)


def _pasted(shown: str, raw: str, setting: Setting) -> Understood | None:
    """Text for the narrative that was asked for, unless it is a short question."""
    section = next((one for one in setting.call.narratives() if one.id == setting.asking), None)
    if not section or len(shown) < 8 or (asks(shown) and len(shown) < 60):
        return None
    return Understood(texts={section.id: texts.paragraphs(raw)})


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
    if not (asked or struck or swapped or members.looks_like_units(shown)):
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
    call, kept, problems = setting.call, [], []
    for unit in found:
        place = "" if unit.leads else place_outside(unit.name, call)
        if place:
            text = f"“{unit.name}”看名称是{place}的单位，联合体由{call.call.region}内的单位组建。"
            problems.append(Problem("member_not_in_province", unit.name, text, call.clauses.get("bodies", "")))
        else:
            kept.append(unit)
    return tuple(kept), tuple(problems)


def _successors(shown: str, swapped: dict[str, str], setting: Setting) -> tuple[Unit, ...]:
    """What the message says of a unit behind its new name."""
    out = []
    for new in swapped.values():
        tail = shown[shown.index(new) :]
        out += [unit for unit in members.units(tail.replace("\n", " "), setting.call)[:1] if unit.name == new]
    return tuple(out)


# ---------------------------------------------------------------- fields, marks, figures
def _facts(shown: str, raw: str, setting: Setting) -> Understood:
    got = _fields(shown, setting)
    if got.fields or got.problems:
        return got
    if _on_marks(shown, setting):
        marked = _marks(shown, setting)
        if marked.says_facts or marked.problems:
            return marked
    amounts, problems = targets(shown, setting.call, setting.asked_task)
    if amounts or problems:
        return Understood(targets=amounts, problems=problems)
    return _asked(shown, setting)


def _fields(shown: str, setting: Setting) -> Understood:
    call = setting.call
    raw = said.labelled(shown, call)
    raw = said.leader(shown, call) | said.shaped(shown, call) | said.person(shown, call) | raw
    industry = said.industry(shown, call)
    kinds = {key: call.field_by_id[key].kind for key in raw}
    speaks = any(kind in ("cluster", "chain") for kind in kinds.values())
    asked = setting.asked_field
    if industry and (speaks or (asked and asked.kind in ("cluster", "chain")) or _is_industry(shown, industry)):
        raw = {key: value for key, value in raw.items() if kinds[key] not in ("cluster", "chain")} | industry
    return _checked(raw, setting)


def _is_industry(shown: str, named: dict[str, str]) -> bool:
    """True when little else stands in the message than names of the table."""
    rest = shown
    for name in named.values():
        rest = rest.replace(name, "")
    return len(rest) <= 14


def _checked(raw: dict[str, str], setting: Setting) -> Understood:
    """The values that pass their field's check, in the order of the form; the rest as problems."""
    draft, good, problems = setting.draft, {}, []
    for field in setting.call.field_by_id.values():
        if field.id not in raw:
            continue
        if field.kind == "cluster":
            draft = _without_chain(draft, setting.call)
        value = check_field(field, raw[field.id], draft, setting.call)
        if isinstance(value, Problem):
            problems.append(value)
        else:
            good[field.id] = value
            draft = draft.model_copy(update={"fields": {**draft.fields, field.id: value}})
    if any(problem.code == "chain_not_in_cluster" for problem in problems):
        good = {key: value for key, value in good.items() if setting.call.field_by_id[key].kind != "cluster"}
    return Understood(fields=good, problems=tuple(problems))


def _without_chain(draft: Draft, call: Call) -> Draft:
    chain = call.field_of_kind("chain")
    left = {key: value for key, value in draft.fields.items() if not chain or key != chain.id}
    return draft.model_copy(update={"fields": left})


def _on_marks(shown: str, setting: Setting) -> bool:
    if setting.asks_kind("tasks"):
        return True
    refs = tasks.by_number(shown, setting.call, bare=False)
    named = bool(refs.known or refs.unknown or tasks.by_name(shown, setting.call) or tasks.group(shown, setting.call))
    return named and bool(pattern("marks.signs").search(shown)) and not _figures(refs.rest, setting.call)


_AFTER_NAME = re.compile(r"数?量?\s*(?:写|填|是|为|改成|改为|改|到|报|定)*\s*\d")


def _figures(text: str, call: Call) -> bool:
    """True when a text without its task numbers still holds a figure: with a unit, too large, or behind a name."""
    amounts = any(one.amount.unit or one.amount.value > len(call.tasks) for one in scan(text))
    named = any(_AFTER_NAME.match(text, end) for _, end, _ in tasks.by_name(text, call))
    return amounts or named or "目标" in text


def _marks(shown: str, setting: Setting) -> Understood:
    call = setting.call
    chosen = tasks.choices(shown, call)
    problems = [_unknown(number, call) for number in chosen.unknown]
    kept = {}
    for number, mark in chosen.marks.items():
        problem = check_choice(call.task_by_number[number], mark, call)
        if problem:
            problems.append(problem)
        else:
            kept[number] = mark
    if chosen.unclear and not kept and not problems and pattern("marks.yes").search(shown):
        problems.append(Problem("ambiguous_task", "", "没听准是哪一项任务，请说任务编号。"))
    select = tuple(sorted(number for number, mark in kept.items() if mark))
    deselect = tuple(sorted(number for number, mark in kept.items() if not mark))
    return Understood(select=select, deselect=deselect, problems=tuple(problems))


def _unknown(number: int, call: Call) -> Problem:
    text = f"没有任务{number}，项目任务一共{len(call.tasks)}项（1至{len(call.tasks)}）。"
    return Problem("unknown_task", str(number), text)


# ---------------------------------------------------------------- a bare answer to what was asked
def _asked(shown: str, setting: Setting) -> Understood:
    field = setting.asked_field
    if field and shown:
        return _checked({field.id: said.tidy(shown)}, setting)
    if setting.asked_task:
        problem = Problem("target_missing_number", str(setting.asked_task), "请给一个数字。")
        return Understood(problems=(replace(problem, rule=setting.call.clauses.get("star", "")),))
    return Understood()
