"""A whole message: which parser it is for, and what they make of it together."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from drafting.changes.additions import record
from drafting.form.problem import Problem
from drafting.form.short_names import referred
from drafting.form.understood import Understood, Unit, merged
from drafting.phrasebook import any_of, pattern
from drafting.reading import fields as said
from drafting.reading import members, section_texts
from drafting.reading.basic import answered, cells, checked
from drafting.reading.correcting import amended, amended_cells
from drafting.reading.doubts import without_hearsay
from drafting.reading.elsewhere import elsewhere
from drafting.reading.intents import aside, asks, command, stated
from drafting.reading.joining import joining, renamed
from drafting.reading.marking import asked
from drafting.reading.members import lead_apart
from drafting.reading.mixed import beside_cells, table
from drafting.reading.pasted import rows
from drafting.reading.refused import refused
from drafting.reading.setting import Setting
from drafting.reading.smoothing import smooth
from drafting.reading.sounds import in_characters
from knowledge.language.plain import plain

LONGEST_ASIDE: Final = 90


def understand(text: str, setting: Setting) -> Understood:
    """What the message says in this setting; empty when it says nothing that can be read.

    Refused parts stand under `problems` only. A question changes nothing.
    """
    shown = without_hearsay(smooth(in_characters(plain(text), setting.call)), setting.call)
    if elsewhere(shown, setting):
        setting = Setting(setting.call, setting.draft)
    readers: tuple[Callable[[str, str, Setting], Understood | None], ...] = (
        _command, _aside, _refused, _headed, _rows, _long_field, _pasted, _question, _promise, _content,
    )  # fmt: skip
    return next((got for read in readers if (got := read(shown, text, setting)) is not None), Understood())


def _command(shown: str, _raw: str, setting: Setting) -> Understood | None:
    name = command(shown)
    if name == "unsure":
        return None if setting.asked_task else Understood(intent="skip")
    if not name or (name in ("confirm", "deny") and setting.asks_kind("commitment")):
        return None
    return Understood(intent=name)


def _aside(shown: str, _raw: str, setting: Setting) -> Understood | None:
    """Small talk is no value of what was asked; it counts only where nothing else can be read."""
    if not aside(shown):
        return None
    got = content(shown, Setting(setting.call, setting.draft))
    return None if got.says_facts or got.problems else Understood()


def _refused(shown: str, _raw: str, setting: Setting) -> Understood | None:
    return refused(shown, setting)


def _headed(_shown: str, raw: str, setting: Setting) -> Understood | None:
    found = section_texts.headed(raw.strip(), setting.call)
    if not found:
        return None
    lines = section_texts.paragraphs(found.body)
    return Understood(texts={found.section.id: lines}, aspect=found.aspect, manner=found.manner)


def _rows(shown: str, _raw: str, setting: Setting) -> Understood | None:
    return rows(shown, setting)


def _long_field(shown: str, raw: str, setting: Setting) -> Understood | None:
    """牵头单位基本情况：… takes the rest of the message as it was typed."""
    for field in setting.call.field_by_id.values():
        if field.kind != "long_text":
            continue
        ways = any_of({*field.ways, field.label})
        found = re.match(
            rf"\s*(?:{ways})(?:[^：:\n]{{0,12}}[：:\n👉➡→]|如下[。，,])\s*(?P<body>\S.{{9,}})", raw, re.DOTALL
        )
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
    return Understood(texts={section.id: section_texts.paragraphs(raw)}, aspect=aspect)


def _question(shown: str, _raw: str, setting: Setting) -> Understood | None:
    if not asks(shown):
        return None
    return stated(shown, setting, content) or Understood(intent="ask_policy")


def _promise(shown: str, _raw: str, setting: Setting) -> Understood | None:
    if not setting.asks_kind("commitment"):
        return None
    name = command(shown)
    if name == "confirm" or re.fullmatch(r"(?:全部|都)?(?:确认|属实|承诺|同意)+[。！]?", shown):
        return Understood(promised=True)
    return Understood(promised=False) if name == "deny" else None


# ---------------------------------------------------------------- units, fields, marks, figures
def _content(shown: str, _raw: str, setting: Setting) -> Understood:
    return content(shown, setting)


def content(shown: str, setting: Setting) -> Understood:
    """What a text that is neither command nor question says, its own corrections applied."""
    shown = members.resolved(shown)
    lead, others = lead_apart(shown)
    if lead:
        first = content(lead, setting)
        known = Setting(setting.call, record(setting.draft, first, setting.call), setting.asking)
        return merged(first, content(others, known))
    changed = amended_cells(shown, setting)
    if changed:
        return checked(changed, setting)
    names = () if _names_something(shown, setting) else [one.name for one in setting.draft.members]
    full = referred(shown, names) if names else shown
    other = renamed(full, setting)
    if other:
        return Understood(rename=other, members=tuple(Unit(new) for new in other.values()))
    return amended(full, setting, content) or joining(full, setting) or facts(full, setting)


def _names_something(shown: str, setting: Setting) -> bool:
    """True when a message gives a name of its own; the word in it that a unit has, too, is not short for the unit."""
    fields = setting.call.field_by_id
    return any(fields[key].kind == "text" and not fields[key].personal for key in said.labelled(shown, setting.call))


def facts(shown: str, setting: Setting) -> Understood:
    """The cells, ticks and figures of a text; a bare one answers what was asked."""
    got = cells(shown, setting)
    if got.fields or got.problems:
        return merged(got, beside_cells(shown, setting))
    got = table(shown, setting)
    if got.says_facts or got.problems:
        return got
    if setting.asked_task:
        decided = asked(shown, setting)
        if decided.says_facts or decided.problems:
            return decided
        rule = setting.call.clauses.get("star", "")
        problem = Problem("target_missing_number", str(setting.asked_task), "请给一个数字。", rule)
        return Understood(problems=(problem,))
    return answered(shown, setting)
