"""The continuous text under a heading: prose and how more is written; a promise or an opinion, with who signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from drafting.form.cells import Form, Promise
from drafting.ooxml.blocks import Block, Line, Row
from drafting.ooxml.elements import P, put_after, remove, set_text
from knowledge.call.definition import Call, Section
from knowledge.language.folding import fold

LEAST_PROMPT = 12  # a shorter line that happens to stand in the prompt is somebody's own


@dataclass(frozen=True)
class Prose:
    """The lines of a narrative section: `place` is the heading, after which text goes when there is no line at all."""

    names: ClassVar[frozenset[str]] = frozenset()
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


SIGNED = re.compile(r"\n|(?=承诺(?:单位|时间)[^:：\n]{0,8}[:：])")
SEAL = re.compile(r"盖\s*章|公\s*章|签\s*章|承诺单位|承诺时间|日\s*期")
UNIT = re.compile(r"(?:盖章|公章|签章)?[)）]?\s*[:：]\s*(.*?)\s*(?=承诺时间|时间|日期|$)")
NUMERAL = r"[\d〇零一二三四五六七八九十]"
DATE = re.compile(rf"{NUMERAL}{{2,4}}\s*[年./-]\s*{NUMERAL}{{1,3}}\s*[月./-]\s*{NUMERAL}{{1,3}}\s*日?")
EMPTY_DATE = re.compile(r"[\s\u3000]*年[\s\u3000]*月[\s\u3000]*日")


@dataclass(frozen=True)
class _Signed:
    names: ClassVar[frozenset[str]] = frozenset()
    lines: Sequence[Line]

    def write(self, form: Form, call: Call) -> None:
        """Seal, date and opinion are somebody else's."""

    def apart(self) -> tuple[list[str], list[str]]:
        """The lines as they are seen, cut at soft breaks and before a signature: the words, and who signs."""
        texts = [piece.strip(" \u3000\t") for line in self.lines for piece in SIGNED.split(line.text)]
        signed = next((position for position, text in enumerate(texts) if SEAL.search(text)), len(texts))
        return texts[:signed], texts[signed:]


class PromiseLines(_Signed):
    """The promise."""

    def read(self) -> dict[str, Promise]:
        """Its statements, who signs, and when."""
        statements, below = self.apart()
        date = DATE.search("\n".join(below))
        unit = next((found.group(1) for text in below if "章" in text and (found := UNIT.search(text))), "")
        signer = EMPTY_DATE.sub("", unit).strip("_＿ \u3000")
        return {"promise": Promise(tuple(filter(None, statements)), signer, date.group(0) if date else "")}


class OpinionLines(_Signed):
    """The recommender's opinion."""

    def read(self) -> dict[str, str]:
        """Its words."""
        words = (re.sub(r"^意见\s*[:：]", "", text).strip() for text in self.apart()[0])
        return {"opinion": "\n".join(filter(None, words))}
