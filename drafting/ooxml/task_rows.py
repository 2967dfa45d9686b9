"""The table of tasks in a form's file: rows by their printed words, mark and target behind them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from drafting.form.cells import Form, TaskRow
from drafting.ooxml.blocks import Part, Row
from drafting.ooxml.labels import Labels
from drafting.ooxml.spots import Spot, put, said
from knowledge.call.definition import Call
from knowledge.language.folding import fold

TARGET_HEADS: Final = ("目标", "指标")


@dataclass(frozen=True)
class TaskPlace:
    """One row of the table: what is printed there, and where mark and target go."""

    row: TaskRow
    mark: Spot | None
    target: Spot | None


@dataclass(frozen=True)
class TaskRows:
    """The rows of the table."""

    places: tuple[TaskPlace, ...]

    @property
    def names(self) -> frozenset[str]:
        """任务N of every task that has a row."""
        return frozenset(f"任务{place.row.task}" for place in self.places if place.row.task)

    def write(self, form: Form, _call: Call) -> None:
        """Put marks and targets there."""
        rows = {row.task: row for row in form.tasks}
        for place in self.places:
            row = rows.get(place.row.task) if place.row.task else None
            if row:
                put(place.mark, row.mark)
                put(place.target, row.target)

    def read(self) -> dict[str, tuple[TaskRow, ...]]:
        """What stands there."""
        return {"tasks": tuple(replace(one.row, mark=said(one.mark), target=said(one.target)) for one in self.places)}


def task_rows(part: Part, labels: Labels) -> TaskRows:
    """The rows of tasks in a part of a file, by their texts or their numbers."""
    places = []
    swapped = False
    for row in part.rows:
        place = _task(row, labels, swapped)
        if place:
            places.append(place)
        elif any(head in row.texts[-2] for head in TARGET_HEADS):
            swapped = True
    return TaskRows(tuple(places))


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
    printed = TaskRow(
        task=task.number if task else 0,
        number=number if number.isdecimal() else "",
        library=row.texts[1] if column == 2 else "",
        text=row.texts[column] if column is not None else "",
        requirement=row.texts[must] if must is not None else "",
    )
    spots = dict(enumerate(map(Spot, row.cells)))
    return TaskPlace(printed, spots.get(mark), spots.get(target))


def _answers(count: int, column: int | None, must: int | None, swapped: bool) -> tuple[int, int]:
    """The columns of mark and target: the two after the requirement, or the last two."""
    start = must + 1 if must is not None else max(count - 2, (column or 0) + 1)
    return (start + 1, start) if swapped else (start, start + 1)
