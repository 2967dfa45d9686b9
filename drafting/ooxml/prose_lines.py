"""The continuous text under a heading: its prompt, what is written there, and how more is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from drafting.form.cells import Form
from drafting.ooxml.blocks import Block, Line, Row
from drafting.ooxml.elements import P, put_after, remove, set_text
from knowledge.call.definition import Call, Section
from knowledge.language.folding import fold

LEAST_PROMPT = 12  # a shorter line that happens to stand in the prompt is somebody's own


@dataclass(frozen=True)
class Prose:
    """The lines of a narrative section: `place` is the heading, after which text goes when there is no line at all."""

    section: str
    heading: Any
    lines: tuple[Any, ...]
    written: tuple[str, ...]

    def read(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """What is written there."""
        return {"texts": {self.section: self.written}}

    def write(self, form: Form, _call: Call) -> None:
        """Put the paragraphs in the place of prompt and empty lines, formatted as the room to write was."""
        texts = form.texts.get(self.section)
        if not texts or (tuple(texts) == self.written and len(texts) == len(self.lines)):
            return
        if not self.lines:
            put_after(self.heading, list(texts), self.heading)
            return
        first, *rest = self.lines
        model = next((line for line in rest if not "".join(line.itertext()).strip()), first)
        made_from = model if model is not first else first
        put_after(self.lines[-1], list(texts[1:]), made_from)
        for line in rest:
            remove(line)
        set_text(first, texts[0])


def prose_of(heading: Line, blocks: Sequence[Block], section: Section) -> Prose:
    """The prose under a heading: the first cell, or the body, that follows it."""
    where = _container(heading, blocks)
    lines = [block for block in blocks if isinstance(block, Line) and block.cell is where]
    if where is None and len(lines) > 1 and not lines[-1].text.strip():  # the gap before the next heading
        lines.pop()
    texts = _texts(blocks, section)
    own = tuple(line.paragraph for line in lines if line.paragraph.tag == P)
    return Prose(section.id, heading.paragraph, own, tuple(texts))


def _container(heading: Line, blocks: Sequence[Block]) -> Any:
    lines = [block for block in blocks if isinstance(block, Line)]
    if heading.cell is None:
        own = next((line.cell for line in lines if line.cell is not None), None)
        body = any(line.cell is None and line.text.strip() for line in lines)
        return None if body or own is None else own
    return next((line.cell for line in lines if line.cell is not None), None)


def _texts(blocks: Sequence[Block], section: Section) -> list[str]:
    """The written paragraphs without prompt and blank lines; a table's row is one line."""
    prompt = fold(section.clause)
    found: list[str] = []
    for block in blocks:
        said = "，".join(filter(None, block.texts)) if isinstance(block, Row) else block.text
        for line in said.split("\n"):
            rest = _without_prompt(line, prompt)
            if rest:
                found.append(rest)
    return found


def _without_prompt(line: str, prompt: str) -> str:
    said = fold(line)
    if prompt and said.startswith(prompt):
        left = len(prompt)
        return "".join(_after(line, left)).strip(" \u3000\t")
    if len(said) >= LEAST_PROMPT and said in prompt:
        return ""
    return line.strip(" \u3000\t\r")


def _after(line: str, count: int) -> list[str]:
    """The characters of a line behind the first `count` that are no white space."""
    kept: list[str] = []
    for character in line:
        if count > 0 and fold(character):
            count -= len(fold(character))
        elif count <= 0:
            kept.append(character)
    return kept
