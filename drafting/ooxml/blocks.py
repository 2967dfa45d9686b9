"""A document as one sequence: lines (paragraphs, also those of one-cell rows) and rows of several cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from drafting.ooxml.elements import TBL, TR, P, cell_text, cells_of, children, text_of
from drafting.ooxml.labels import END, Labels
from knowledge.call.definition import Section


@dataclass(frozen=True)
class Line:
    """A paragraph; `cell` is the table cell it stands in, None in the body."""

    paragraph: Any
    text: str
    cell: Any = None


@dataclass(frozen=True)
class Row:
    """A table row of at least two cells."""

    element: Any
    cells: tuple[Any, ...]
    texts: tuple[str, ...]


Block = Line | Row


@dataclass
class Part:
    """What stands under one heading, the heading's own line first."""

    heading: Line | None = None
    blocks: list[Block] = field(default_factory=list)

    @property
    def rows(self) -> list[Row]:
        """The rows among the blocks."""
        return [one for one in self.blocks if isinstance(one, Row)]

    @property
    def lines(self) -> list[Line]:
        """The lines among the blocks."""
        return [one for one in self.blocks if isinstance(one, Line)]


def blocks_of(body: Any, cell: Any = None) -> Iterator[Block]:
    """Every line and row under an element in reading order."""
    for child in children(body, P, TBL):
        if child.tag == P:
            yield Line(child, text_of(child), cell)
        else:
            for row in children(child, TR):
                yield from _row(row)


def _row(row: Any) -> Iterator[Block]:
    cells = cells_of(row)
    if len(cells) == 1:
        yield from blocks_of(cells[0], cells[0])
    elif cells:
        yield Row(row, tuple(cells), tuple(cell_text(cell) for cell in cells))


def parts_of(blocks: list[Block], labels: Labels) -> dict[str, Part]:
    """The blocks by the section they stand under; "" holds the cover, "after" what follows the form's last section.

    A heading with its own number beats the same words without: prose may repeat a section's title.
    """
    heads = [(block, *labels.heading(block.text)) for block in blocks if isinstance(block, Line)]
    strong = {section.id for _line, section, sure in heads if section and sure}
    chosen = {id(line): section for line, section, sure in heads if section and (sure or section.id not in strong)}
    last = labels.call.sections[-1].id
    found: dict[str, Part] = {"": Part()}
    now = ""
    for block in blocks:
        section = chosen.get(id(block))
        if section is not None and isinstance(block, Line):
            now = _open(found, section, block)
        elif now == last and isinstance(block, Line) and END.search(block.text.strip()):
            now = "after"
            found.setdefault(now, Part())
        else:
            found[now].blocks.append(block)
    return found


def _open(found: dict[str, Part], section: Section, line: Line) -> str:
    """A heading printed again above the rest of a split table goes on with its section."""
    found.setdefault(section.id, Part(heading=line))
    return section.id
