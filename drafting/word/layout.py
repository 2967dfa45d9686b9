"""Where everything stands in a form's file: found by label, never by position, for filling and reading alike."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from drafting.ooxml.blocks import Line, Part, Row, blocks_of, parts_of
from drafting.ooxml.elements import paragraphs, text_of
from drafting.ooxml.labels import Label, Labels, bare, inline
from drafting.ooxml.prose_lines import Prose, prose_of
from drafting.ooxml.spots import Spot, below
from drafting.ooxml.unit_rows import UnitPlace, units_of
from knowledge.call.definition import Call, Task
from knowledge.language.folding import fold

TARGET_HEADS = ("目标", "指标")


@dataclass(frozen=True)
class TaskPlace:
    """One row of the task table; `task` is None when the row is of no task of the call."""

    task: Task | None
    number: str
    library: str
    text: str
    requirement: str
    mark: Spot | None
    target: Spot | None


@dataclass
class Layout:
    """Every place of a form's file, and the labels it doesn't have."""

    cover: dict[str, Spot] = field(default_factory=dict)
    fields: dict[str, Spot] = field(default_factory=dict)
    tasks: list[TaskPlace] = field(default_factory=list)
    units: list[UnitPlace] = field(default_factory=list)
    prose: dict[str, Prose] = field(default_factory=dict)
    promise: list[Line] | None = None
    opinion: list[Line] = field(default_factory=list)
    missing: tuple[str, ...] = ()


def layout_of(body: Any, call: Call) -> Layout:
    """The places of the form in a document's body."""
    labels = Labels(call)
    parts = parts_of(list(blocks_of(body)), labels)
    found = Layout(cover=_cover(parts[""], labels))
    for section in call.sections:
        part = parts.get(section.id, Part())
        if section.kind == "fields":
            found.fields |= _spots(part, labels.fields, labels)
        elif section.kind == "tasks":
            found.tasks = _tasks(part if part.rows else _everything(parts), labels)
        elif section.kind == "members":
            found.units = units_of(part.rows)
        elif section.kind == "narrative" and part.heading:
            found.prose[section.id] = prose_of(part.heading, part.blocks, section)
        elif section.kind == "commitment":
            found.promise = part.lines if part.heading else None
        elif section.kind == "opinion":
            found.opinion = part.lines
    found.missing = tuple(_missing(found, parts, call))
    return found


def _everything(parts: dict[str, Part]) -> Part:
    return Part(blocks=[block for key, part in parts.items() if key != "after" for block in part.blocks])


# ---------------------------------------------------------------- labels and their values
def _spots(part: Part, wanted: tuple[Label, ...], labels: Labels) -> dict[str, Spot]:
    found: dict[str, Spot] = {}
    group = ""
    for block in part.blocks:
        if isinstance(block, Row):
            first = bare(block.texts[0])
            group = first or group
            for key, spot in _row_spots(block, wanted, group, labels):
                found.setdefault(key, spot)
        else:
            _line_spot(block.paragraph, block.text, wanted, found)
    return found


def _cover(part: Part, labels: Labels) -> dict[str, Spot]:
    found = _spots(part, labels.cover, labels)
    places = {id(block.paragraph): place for place, block in enumerate(part.blocks, 1) if isinstance(block, Line)}
    for key, spot in found.items():
        place = places.get(id(spot.element))
        if place:
            found[key] = replace(spot, below=below(part.blocks[place:], not spot.text, labels.cover))
    return found


def _row_spots(row: Row, wanted: tuple[Label, ...], group: str, labels: Labels) -> list[tuple[str, Spot]]:
    found: list[tuple[str, Spot]] = []
    keys = [labels.of_cell(text, group, wanted) for text in row.texts]
    for position, (key, cell) in enumerate(zip(keys, row.cells, strict=True)):
        after = position + 1
        if key and after < len(keys) and not keys[after]:
            found.append((key, Spot(row.cells[after])))
        elif not key:
            inside: dict[str, Spot] = {}
            for paragraph in paragraphs(cell):
                _line_spot(paragraph, text_of(paragraph), wanted, inside)
            found.extend(inside.items())
    return found


def _line_spot(paragraph: Any, text: str, wanted: tuple[Label, ...], found: dict[str, Spot]) -> None:
    for label in wanted:
        for words in (label.group + label.text, label.text):
            if label.field not in found and inline(text, words):
                found[label.field] = Spot(paragraph, words)


def _missing(found: Layout, parts: dict[str, Part], call: Call) -> list[str]:
    placed = {*found.cover, *found.fields}
    lost = [one.group + one.label for key, one in call.field_by_id.items() if key not in placed]
    lost += [call.field_by_id[key].cover for key in call.cover if key not in found.cover and key in found.fields]
    numbers = {place.task.number for place in found.tasks if place.task}
    lost += [f"任务{task.number}" for task in call.tasks if task.number not in numbers]
    lost += [f"{one.number}、{one.title}" for one in call.sections if one.id not in parts]
    return lost


# ---------------------------------------------------------------- the task table
def _tasks(part: Part, labels: Labels) -> list[TaskPlace]:
    places = []
    swapped = False
    for row in part.rows:
        place = _task(row, labels, swapped)
        if place:
            places.append(place)
        elif any(head in row.texts[-2] for head in TARGET_HEADS):
            swapped = True
    return places


def _task(row: Row, labels: Labels, swapped: bool) -> TaskPlace | None:
    column = next((one for one, text in enumerate(row.texts) if labels.task_of(text)), None)
    task = labels.task_of(row.texts[column]) if column is not None else None
    number = fold(row.texts[0]).rstrip(".、")
    if task is None and not (number.isdecimal() and len(row.cells) >= 4):
        return None
    must = next((one for one, text in enumerate(row.texts) if fold(text) in labels.musts), None)
    if task is None:
        task = labels.call.task_by_number.get(int(number))
        column = must - 1 if must else None
    mark, target = _answers(len(row.cells), column, must, swapped)
    return TaskPlace(
        task=task,
        number=number if number.isdecimal() else "",
        library=row.texts[1] if column == 2 else "",
        text=row.texts[column] if column is not None else "",
        requirement=row.texts[must] if must is not None else "",
        mark=Spot(row.cells[mark]) if mark < len(row.cells) else None,
        target=Spot(row.cells[target]) if target < len(row.cells) else None,
    )


def _answers(count: int, column: int | None, must: int | None, swapped: bool) -> tuple[int, int]:
    """The columns of mark and target: the two after the requirement, or the last two."""
    start = must + 1 if must is not None else max(count - 2, (column or 0) + 1)
    return (start + 1, start) if swapped else (start, start + 1)
