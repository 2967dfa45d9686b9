"""A place for one value in a form's file, read and written, and what goes on under its label."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from drafting.ooxml.blocks import Block, Line
from drafting.ooxml.elements import TC, cell_text, set_after, set_cell, set_text, text_of
from drafting.ooxml.labels import Label, inline

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


def below(blocks: Sequence[Block], empty: bool, labels: tuple[Label, ...]) -> tuple[Any, ...]:
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
