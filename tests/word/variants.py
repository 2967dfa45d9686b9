"""The same blank form laid out otherwise, as people's files are: each function changes a document's body in place."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document

from drafting.ooxml.elements import TBL, TC, TR, P, W, cell_text, cells_of, paragraphs, set_text, text_of
from drafting.ooxml.labels import Labels
from knowledge.call.definition import Call
from knowledge.files.official import BODY, paragraph

Change = Callable[[Any, Call], None]


def _headings(body: Any, call: Call) -> list[Any]:
    return [one for one in paragraphs(body) if Labels(call).heading(text_of(one))[1]]


def arabic_numbers(body: Any, call: Call) -> None:
    """1. instead of 一、"""
    for number, one in enumerate(_headings(body, call), 1):
        set_text(one, f"{number}. {call.sections[number - 1].title}")


def bracketed_numbers(body: Any, call: Call) -> None:
    """（一） instead of 一、"""
    for section, one in zip(call.sections, _headings(body, call), strict=True):
        set_text(one, f"（{section.number}）{section.title}")


def headings_outside(body: Any, call: Call) -> None:
    """Every heading as a paragraph before its table."""
    for one in _headings(body, call):
        cell = one.getparent()
        if cell.tag == TC:
            row = cell.getparent()
            table = row.getparent()
            table.addprevious(one)
            table.remove(row)


def libraries_repeated(body: Any, _call: Call) -> None:
    """No cell runs over rows: the library is printed in every row."""
    for table in body.iter(TBL):
        said: dict[int, str] = {}
        for row in table.iter(TR):
            for column, cell in enumerate(cells_of(row)):
                merge = cell.find(f"{W}tcPr/{W}vMerge")
                if merge is None:
                    continue
                if merge.get(f"{W}val") == "restart":
                    said[column] = cell_text(cell)
                else:
                    set_text(paragraphs(cell)[0], said[column])
                merge.getparent().remove(merge)


def task_table_torn(body: Any, call: Call) -> None:
    """The task table in two, its header printed again."""
    for table in list(body.iter(TBL)):
        rows = list(table.iter(TR))
        wide = [row for row in rows if len(cells_of(row)) > 2]
        first = next((row for row in wide if Labels(call).task_of(cell_text(cells_of(row)[2]))), None)
        if first is None:
            continue
        start = rows.index(first)
        below = copy.deepcopy(table)
        for row in rows[start + 7 :]:
            table.remove(row)
        for row in list(below.iter(TR))[start : start + 7]:
            below.remove(row)
        table.addnext(below)
        table.addnext(paragraph("", BODY))


def cover_as_lines(body: Any, call: Call) -> None:
    """The cover's table as paragraphs, label and value on one line."""
    table = next(one for one in body.iter(TBL))
    labels = {f"{call.field_by_id[key].cover}：" for key in call.cover}
    if {cell_text(cells_of(row)[0]) for row in table.iter(TR)} == labels:
        for row in table.iter(TR):
            table.addprevious(paragraph(f"　　{cell_text(cells_of(row)[0])}　　　　", BODY))
        body.remove(table)


def blank_lines(body: Any, _call: Call) -> None:
    """An empty paragraph after every table, and one more in every cell with a prompt."""
    for table in list(body.iter(TBL)):
        table.addnext(paragraph("", BODY))


def in_one_frame(body: Any, call: Call) -> None:
    """The whole form inside one big table cell."""
    inside = [child for child in body if child.tag in (P, TBL)]
    table = next(one for one in inside if one.tag == TBL)
    frame = copy.deepcopy(table)
    for row in list(frame.iter(TR))[1:]:
        frame.remove(row)
    row = next(frame.iter(TR))
    for cell in cells_of(row)[1:]:
        row.remove(cell)
    cell = cells_of(row)[0]
    for one in [child for child in cell if child.tag == P]:
        cell.remove(one)
    body.insert(0, frame)
    cell.extend(inside)


def libraries_blank(body: Any, call: Call) -> None:
    """No cell runs over rows: the library stands in its first row only."""
    libraries_repeated(body, call)
    for table in body.iter(TBL):
        seen: set[str] = set()
        for row in table.iter(TR):
            cells = cells_of(row)
            if len(cells) > 2 and cell_text(cells[1]) in call.libraries:
                if cell_text(cells[1]) in seen:
                    set_text(paragraphs(cells[1])[0], "")
                seen.add(cell_text(cells[1]))


VARIANTS: dict[str, Change] = {
    one.__name__: one
    for one in (
        arabic_numbers,
        bracketed_numbers,
        headings_outside,
        libraries_repeated,
        libraries_blank,
        task_table_torn,
        cover_as_lines,
        blank_lines,
        in_one_frame,
    )
}


def variant(blank: Path, out: Path, call: Call, *changes: str) -> Path:
    """A copy of a blank form with these changes."""
    document = Document(str(blank))
    for name in changes:
        VARIANTS[name](document.element.body, call)
    document.save(str(out))
    return out
