"""The notice cut into its clauses: by part, numbered heading, numbered note and table row, each with its locator."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.call.definition import Call
from knowledge.call.pack import squeeze

PART = re.compile(r"^\s*(附件\s?[0-9一二三四五六七八九十]*\s*$|附表)")
TOP = re.compile(r"^\s*([一二三四五六七八九十]+)、")
SUB = re.compile(r"^\s*（([一二三四五六七八九十]+)）")
NOTE = re.compile(r"^\s*(?:注[:：]\s*)?(\d)[.．]")
CONTACT = re.compile(r"^\s*联系人[:：]")
BARE_NOTE = re.compile(r"^\s*(?:注|说明)[:：]")


@dataclass(frozen=True)
class Part:
    """A part of the notice: `name` opens its locators, `starts` is the line (white space aside) it begins with."""

    name: str
    starts: str


@dataclass(frozen=True)
class Clause:
    """One clause: where it stands and its exact text, line by line; `row` is the task or cluster it is the row of."""

    locator: str
    text: str
    row: str = ""


@dataclass(frozen=True)
class Clauses:
    """All clauses of a notice in order."""

    title: str
    items: tuple[Clause, ...]
    squeezed: tuple[str, ...] = field(default=(), repr=False)

    @cached_property
    def whole(self) -> str:
        """The notice without white space."""
        return "".join(self.squeezed)

    def locate(self, quote: str) -> Clause | None:
        """The clause in which a quote stands, or begins when it runs on; None when the notice does not hold it."""
        wanted = squeeze(quote)
        for clause, text in zip(self.items, self.squeezed, strict=True):
            if wanted in text:
                return clause
        return self._spanning(wanted)

    def _spanning(self, wanted: str) -> Clause | None:
        place = self.whole.find(wanted)
        if place < 0:
            return None
        for clause, text in zip(self.items, self.squeezed, strict=True):
            if place < len(text):
                return clause
            place -= len(text)
        return None


def split(notice: str, call: Call, parts: Iterable[Part]) -> Clauses:
    """The clauses of a notice; every character of it, white space aside, stands in exactly one of them."""
    items = tuple(
        Clause(locator, text, row)
        for name, lines in _parts(notice, tuple(parts))
        for locator, text, row in _clauses(name, lines, call)
    )
    return Clauses(call.call.title, items, tuple(squeeze(item.text) for item in items))


def _parts(notice: str, parts: tuple[Part, ...]) -> Iterator[tuple[str, list[str]]]:
    name, lines, waiting = "通知", list[str](), list(parts)
    for line in notice.splitlines():
        if waiting and squeeze(line) == squeeze(waiting[0].starts):
            yield name, lines
            name, lines = waiting.pop(0).name, []
        elif not parts and (match := PART.match(line)):
            yield name, lines
            name, lines = squeeze(match[1]), []
        lines.append(line)
    yield name, lines


def _clauses(part: str, lines: list[str], call: Call) -> Iterator[tuple[str, str, str]]:
    top, locator, row, block = "", part, "", list[str]()
    for number, line in enumerate(lines):
        mark = _mark(part, top, line, call)
        if mark is None and line.startswith("\t"):
            mark = _row_mark(part, top, lines, number, call)
        if mark is not None:
            if block:
                yield locator, "\n".join(block), row
            (top, locator, row), block = mark, []
        if line.strip():
            block.append(line)
    if block:
        yield locator, "\n".join(block), row


def _mark(part: str, top: str, line: str, call: Call) -> tuple[str, str, str] | None:
    if squeeze(line) == "须知":
        return "须知", f"{part}·须知", ""
    if match := TOP.match(line):
        heads = {squeeze(section.title) for section in call.sections}
        inside = "须知·" if top.startswith("须知") and squeeze(line[match.end() :]) not in heads else ""
        return ("须知" if inside else match[1]), f"{part}·{inside}{match[1]}", ""
    if match := SUB.match(line):
        return top, f"{part}·{top}（{match[1]}）", ""
    if match := NOTE.match(line):
        return top, f"{part}·{top}·注{match[1]}" if top else f"{part}·注{match[1]}", ""
    if CONTACT.match(line) and top and not top.startswith("须知"):
        return "", f"{part}·联系人", ""
    if BARE_NOTE.match(line):
        return top, f"{part}·{top}·注" if top else f"{part}·注", ""
    return None


def _row_mark(part: str, top: str, lines: list[str], number: int, call: Call) -> tuple[str, str, str] | None:
    cells = _row_cells(lines, number)
    if not cells or not cells[0].isdigit():
        return None
    where = f"{part}·{top}" if top else part
    task = call.task_by_number.get(int(cells[0]))
    if task and any(squeeze(task.text) == squeeze(cell).lstrip("*＊") for cell in cells):
        return top, f"{where}·任务{task.number}", f"task:{task.number}"
    cluster = next((one for one in call.clusters if one.number == int(cells[0]) and one.name in cells), None)
    if cluster:
        return top, f"{where}·集群{cluster.number}", f"cluster:{cluster.number}"
    return None


def _row_cells(lines: list[str], number: int) -> list[str]:
    cells: list[str] = []
    for line in lines[number:]:
        if not line.strip() and not line.startswith("\t"):
            break
        cells.append(line.strip())
    return cells
