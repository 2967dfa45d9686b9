"""The units' table: its columns by their heads, and a name apart from the role and number written to it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from drafting.form.cells import Form, UnitRow
from drafting.form.draft import LEAD, PARTICIPANT
from drafting.ooxml.blocks import Row
from drafting.ooxml.elements import cells_of, copy_row, remove, set_cell
from drafting.ooxml.labels import bare
from drafting.ooxml.spots import Spot, put, said
from knowledge.call.definition import Call
from knowledge.language.folding import fold

NAME_HEADS: Final = ("单位名称", "名称", "单位")
INTRO_HEADS: Final = ("简介", "概况", "介绍", "情况")
DUTY_HEADS: Final = ("分工", "任务", "职责", "角色")
HEAD_WORDS: Final = (*NAME_HEADS, *INTRO_HEADS, *DUTY_HEADS, "序号", "编号", "成员", "机构")
HEAD_LENGTH = 18
COUNT: Final = r"[\d一二三四五六七八九十]*"
ROLE: Final = rf"(?:{LEAD}|{PARTICIPANT}|成员单位|牵头方|参与方|牵头|参与){COUNT}"
BEFORE: Final = (
    re.compile(rf"[（(【\[]({ROLE})[）)】\]]\s*[:：、]?\s*(.*)", re.DOTALL),
    re.compile(rf"({LEAD}|{PARTICIPANT}{COUNT}|…+)\s*(?:[:：]\s*)?(.*)", re.DOTALL),
    re.compile(rf"({ROLE})\s*[:：]\s*(.*)", re.DOTALL),
)
AFTER: Final = (
    re.compile(rf"(.+?)\s*[（(【\[]({ROLE})[）)】\]]", re.DOTALL),
    re.compile(rf"(.+?)[\s,，、:：/—–-]+((?:{LEAD}|{PARTICIPANT}){COUNT})", re.DOTALL),
)
NUMBER: Final = r"(?:[①-⑳❶-❿㈠-㈩⑴-⒛]|[（(][\d一二三四五六七八九十]{1,2}[)）])"
ORDER: Final = r"(?:\d{1,2}(?:[.．、:：)）]|\s+)|[一二三四五六七八九十]{1,2}[、.．])"
NUMBERS = re.compile(rf"^(?:{NUMBER}|{ORDER})\s*|\s*{NUMBER}$")
IN_BRACKETS = re.compile(r"[（(]((?:[^（()）]|[（(][^（()）]*[)）])*)[)）]")


@dataclass(frozen=True)
class Columns:
    """Where name, profile and duty stand in a row."""

    name: int = 0
    intro: int = 1
    duty: int = 2


@dataclass(frozen=True)
class UnitPlace:
    """One row of the units' table."""

    row: Any
    name: Spot
    intro: Spot | None
    duty: Spot | None
    label: str


@dataclass(frozen=True)
class UnitRows:
    """The rows of the table."""

    names: ClassVar[frozenset[str]] = frozenset()
    places: tuple[UnitPlace, ...]

    def write(self, form: Form, call: Call) -> None:
        """Put the units there, in more rows or fewer: what nobody needs stays until there are enough participants."""
        leaders = [unit for unit in form.units if unit.label.startswith(LEAD)]
        others = [unit for unit in form.units if unit not in leaders]
        if not self.places:
            return
        first = next((place for place in self.places if place.label.startswith(LEAD)), self.places[0])
        rest = [place for place in self.places if place is not first]
        if leaders:
            _write(first, leaders[0])
        if others:
            rest = _room(rest or [first], len(others), bool(rest))
        for place, unit in zip(rest, others, strict=False):
            _write(place, unit)
        if len(others) >= call.consortium.min_members:
            for place in rest[len(others) :]:
                remove(place.row)

    def read(self) -> dict[str, tuple[UnitRow, ...]]:
        """What stands there."""
        return {"units": tuple(map(_unit, self.places))}


def _unit(place: UnitPlace) -> UnitRow:
    label, name = named(place.name.text)
    return UnitRow(label or place.label, name, said(place.intro), said(place.duty))


def unit_rows(rows: Iterable[Row]) -> UnitRows:
    """The rows of units under the table's header; without one the last three columns are theirs."""
    places: list[UnitPlace] = []
    columns: Columns | None = None
    for row in rows:
        if _is_head(row, first=not places):
            columns = _columns(row)
            continue
        own = columns or _last(row)
        if len(row.cells) > own.name:
            places.append(_place(row, own))
    return UnitRows(tuple(places))


def _is_head(row: Row, first: bool) -> bool:
    """A header names its columns: in the very words for a name, or by nothing but words for columns."""
    said = [bare(text) for text in row.texts]
    if any(text in NAME_HEADS or text.endswith("单位名称") for text in said):
        return True
    return first and all(len(text) <= HEAD_LENGTH and any(word in text for word in HEAD_WORDS) for text in said)


def _columns(row: Row) -> Columns:
    heads = [fold(text) for text in row.texts]

    def column(words: tuple[str, ...], otherwise: int) -> int:
        return next((one for word in words for one, head in enumerate(heads) if word in head), otherwise)

    duty = column(DUTY_HEADS, len(heads) - 1)
    return Columns(column(NAME_HEADS, 0), column(INTRO_HEADS, max(duty - 1, 0)), duty)


def _last(row: Row) -> Columns:
    start = max(len(row.cells) - 3, 0)
    return Columns(start, start + 1, start + 2)


def _place(row: Row, columns: Columns) -> UnitPlace:
    cells = dict(enumerate(map(Spot, row.cells)))
    label = named(row.texts[columns.name])[0] or named("\n".join(row.texts[: columns.name]))[0]
    return UnitPlace(row.element, cells[columns.name], cells.get(columns.intro), cells.get(columns.duty), label)


def named(text: str) -> tuple[str, str]:
    """The role that a cell gives beside a name, as the form prints it, and the name without numbers and brackets."""
    role, name = "", NUMBERS.sub("", text.strip())
    for mark in (*BEFORE, *AFTER):
        found = mark.fullmatch(name)
        if found:
            first, second = found.groups() if mark in BEFORE else reversed(found.groups())
            role, name = role or first, NUMBERS.sub("", second.strip())
    inner = IN_BRACKETS.fullmatch(name)
    return _printed(role), (inner.group(1) if inner else name).strip()


def _printed(role: str) -> str:
    if not role or role.startswith((LEAD, PARTICIPANT, "…")):
        return role
    return LEAD if role.startswith(LEAD[:2]) else PARTICIPANT


# ---------------------------------------------------------------- writing
def _room(places: list[UnitPlace], count: int, usable: bool) -> list[UnitPlace]:
    """As many places as there are participants: rows of dots are used too, more are copies of the last real row."""
    ready = list(places) if usable else []
    model = next((place for place in reversed(places) if not place.label.startswith("…")), places[-1])
    while len(ready) < count:
        last = ready[-1] if ready else model
        ready.append(_copied(model, last))
    return ready


def _copied(model: UnitPlace, last: UnitPlace) -> UnitPlace:
    made = copy_row(model.row)
    last.row.addnext(made)
    cells = dict(zip(cells_of(model.row), cells_of(made), strict=True))
    for cell in cells.values():
        set_cell(cell, "")
    spots = [Spot(cells[spot.element]) if spot else None for spot in (model.name, model.intro, model.duty)]
    name = spots[0] or model.name
    return UnitPlace(made, name, spots[1], spots[2], PARTICIPANT)


def _write(place: UnitPlace, unit: UnitRow) -> None:
    put(place.name, unit.name)
    put(place.intro, unit.intro)
    put(place.duty, unit.duty)
