"""A place for one value in a form's file, read and written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from drafting.word.below import BLANK
from drafting.word.labels import inline
from drafting.word.ooxml import TC, cell_text, set_after, set_cell, set_text, text_of


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
