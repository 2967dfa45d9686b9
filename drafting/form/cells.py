"""A form as its file has it, cell by cell, however wrong; nothing here is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from drafting.form.draft import LEAD, PARTICIPANT
from knowledge.call.definition import Call
from knowledge.language.folding import fold, is_empty, same

# Notes on text that stands in a file and isn't seen by who reads it.
HIDDEN: Final = "文件里有隐藏文字，没有读。"
FAINT: Final = "文件里有白色或极小的文字，请留意。"


@dataclass(frozen=True)
class TaskRow:
    """One printed row of the task table; `task` is the number it stands for, 0 when no such task exists."""

    task: int
    number: str = ""
    library: str = ""
    text: str = ""
    requirement: str = ""
    mark: str = ""
    target: str = ""


@dataclass(frozen=True)
class UnitRow:
    """One row of the units' table: `label` as printed (参与单位1), empty once a name has taken its place."""

    label: str = ""
    name: str = ""
    intro: str = ""
    duty: str = ""


@dataclass(frozen=True)
class Promise:
    """The commitment: its paragraphs, who signs and when, as far as they are filled in."""

    paragraphs: tuple[str, ...] = ()
    unit: str = ""
    date: str = ""


@dataclass(frozen=True)
class Form:
    """All cells by what they are for; `missing` names the labels that the file doesn't have, `unseen` are notes on
    text nobody sees.

    `promise` is None where nothing is known of it, as in a form made from a draft: it is printed, not filled in.
    """

    cover: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    tasks: tuple[TaskRow, ...] = ()
    units: tuple[UnitRow, ...] = ()
    texts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    promise: Promise | None = None
    opinion: str = ""
    missing: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()


def split_units(form: Form, call: Call) -> tuple[UnitRow | None, tuple[UnitRow, ...]]:
    """The lead's row and the participants'; rows without a name are left out.

    The lead is labelled so, or says so of itself, or has the lead's name, or stands first.
    """
    named = [unit for unit in form.units if not is_empty(unit.name)]
    field = call.field_of_kind("lead")
    name = (form.fields.get(field.id, "") or form.cover.get(field.id, "")) if field else ""
    signs = (
        lambda unit: unit.label.startswith(LEAD),
        lambda unit: fold(unit.duty).startswith(LEAD),
        lambda unit: bool(name) and same(unit.name, name),
    )
    found = next((unit for sign in signs for unit in named if sign(unit)), None)
    if found is None and any(unit.label.startswith(LEAD) for unit in form.units):
        return None, tuple(named)
    leader = found or next((unit for unit in named if not unit.label.startswith(PARTICIPANT)), None)
    return leader, tuple(unit for unit in named if unit is not leader)
