"""A place for one value in a form's file, read and written, and what goes on under its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from drafting.form.cells import Form
from drafting.ooxml.blocks import Block, Line, Part, Row
from drafting.ooxml.elements import TC, cell_text, paragraphs, set_after, set_cell, set_text, text_of
from drafting.ooxml.labels import Label, Labels, bare, inline
from knowledge.call.definition import Call

ANY_LABEL = re.compile(r"[^:：，。；]{1,12}[:：]")
DATED = r"[\d〇零一二三四五六七八九十\s]+年.{0,8}[月日]?$"
ELSE = re.compile(rf"须\s*知|说\s*明$|(?:[编印]|[厅局部委]\s*)制$|^[一二三四五六七八九十\d]+[、.．]|{DATED}")
BLANK = " \u3000\t_＿\r"


@dataclass(frozen=True)
class Spot:
    """A place for one value: a whole cell, or what follows a label in a paragraph and goes on `below` it."""

    element: Any
    label: str = ""
    below: tuple[Any, ...] = ()

    @property
    def text(self) -> str:
        """What stands there now."""
        if self.element.tag == TC:
            return cell_text(self.element)
        said = text_of(self.element)
        pieces = (said[inline(said, self.label) :], *map(text_of, self.below))
        return "".join(piece.strip(BLANK) for piece in pieces)

    def write(self, text: str) -> None:
        """Put a value there, in the formatting of the place; nothing is touched when it says so already."""
        if self.text == text:
            return
        if self.element.tag == TC:
            set_cell(self.element, text)
        else:
            set_after(self.element, inline(text_of(self.element), self.label), text)
            for paragraph in self.below:
                set_text(paragraph, "")


@dataclass(frozen=True)
class FieldSpots:
    """The cells of a section, by field."""

    spots: dict[str, Spot]

    @property
    def names(self) -> frozenset[str]:
        """The fields that have a place."""
        return frozenset(self.spots)

    def write(self, form: Form, _call: Call) -> None:
        """Put the fields' values there."""
        write_all(self.spots, form.fields)

    def read(self) -> dict[str, dict[str, str]]:
        """What stands there."""
        return {"fields": said_in(self.spots)}


def write_all(spots: dict[str, Spot], values: dict[str, str]) -> None:
    """Put every value in its place; what goes behind a label stays on its line."""
    for key, spot in spots.items():
        if values.get(key):
            spot.write(values[key] if not spot.label else values[key].replace("\n", " "))


def said_in(spots: dict[str, Spot]) -> dict[str, str]:
    """What stands in each place now."""
    return {key: spot.text for key, spot in spots.items()}


def said(spot: Spot | None) -> str:
    """What stands in a place, nothing where there is none."""
    return spot.text if spot else ""


def put(spot: Spot | None, text: str) -> None:
    """Put a text in a place; nothing is done without a place or a text."""
    if spot is not None and text:
        spot.write(text)


# ---------------------------------------------------------------- labels and their values
def spots_in(part: Part, wanted: tuple[Label, ...], labels: Labels) -> dict[str, Spot]:
    """The place beside each of these labels that is there, by field."""
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


def cover_spots(part: Part, labels: Labels) -> dict[str, Spot]:
    """The places of the cover, where a value may go on under its label."""
    found = spots_in(part, labels.cover, labels)
    places = {id(block.paragraph): place for place, block in enumerate(part.blocks, 1) if isinstance(block, Line)}
    for key, spot in found.items():
        place = places.get(id(spot.element))
        if place:
            found[key] = replace(spot, below=_below(part.blocks[place:], not spot.text, labels.cover))
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


# ---------------------------------------------------------------- what goes on under a label
def _below(blocks: Sequence[Block], empty: bool, labels: tuple[Label, ...]) -> tuple[Any, ...]:
    """The paragraphs that a value goes on in, given what stands after its label's line; gaps only before it starts."""
    return tuple(_continued(blocks, empty, labels))


def _continued(blocks: Sequence[Block], waiting: bool, labels: tuple[Label, ...]) -> Iterator[Any]:
    for block in blocks:
        if not isinstance(block, Line) or block.text.startswith("\n"):
            return
        said = block.text.strip(BLANK)
        if said and not _goes_on(said, labels):
            return
        if said:
            yield block.paragraph
            waiting = False
        if block.text.endswith("\n") or not (said or waiting):
            return


def _goes_on(said: str, labels: tuple[Label, ...]) -> bool:
    known = any(inline(said, words) for one in labels for words in (one.group + one.text, one.text))
    return not known and ANY_LABEL.match(said) is None and ELSE.search(said) is None
