"""A document cut by its own numbering: chapters, articles, 一、（一）1.（1）, headings, and tables row by row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from knowledge.library.intake.content import Block, Piece, Row

NUMERAL: Final = "[一二三四五六七八九十百零〇]+"
LONG: Final = 800
WHOLE: Final = 400
LOOSE: Final = 300
MARKS: Final = (
    (0.5, re.compile(r"^(附件\s?(?:\d+|[一二三四五六七八九十]+)?)\s*(?=[:：]|$)")),
    (1, re.compile(rf"^(第(?:{NUMERAL}|\d+)[章编篇])(?=\s|　|$|[^，。])")),
    (2, re.compile(rf"^(第(?:{NUMERAL}|\d+)节)(?=\s|　|$|[^，。])")),
    (3, re.compile(rf"^(第(?:{NUMERAL}|\d+)条(?:之{NUMERAL})?)")),
    (4, re.compile(rf"^({NUMERAL})、")),
    (5, re.compile(rf"^[（(]({NUMERAL})[）)]")),
    (6, re.compile(r"^(\d{1,3})(?:[.．、](?!\d)|(?=\s+[\u4e00-\u9fff]))")),
    (7, re.compile(r"^[（(](\d{1,3})[）)]|^(\d{1,3})[）)]")),
)
HEADING: Final = 0.5  # an unnumbered heading stands above every number; deeper ones a little lower
SENTENCE: Final = re.compile(r"(?<=[。！？；])")


@dataclass
class Node:
    """A numbered part: its own lines and the parts below it."""

    level: float = 0.0
    mark: str = ""
    title: str = ""
    lines: list[str] = field(default_factory=list)
    below: list[Node] = field(default_factory=list)
    tables: list[tuple[str, tuple[Row, ...]]] = field(default_factory=list)

    @property
    def size(self) -> int:
        """How many characters stand in it and below it."""
        return sum(map(len, self.lines)) + sum(one.size for one in self.below)


def split(blocks: Iterable[Block]) -> tuple[Piece, ...]:
    """The pieces of a document in order; a bare heading and a table's header go with what is under them."""
    return _unique(_pieces(_tree(blocks), "", ()))


def _tree(blocks: Iterable[Block]) -> Node:
    root = Node()
    path, tables = [root], 0
    for block in blocks:
        if block.rows:
            tables += 1
            path[-1].tables.append((block.name or f"表{tables}", block.rows))
            continue
        for line in block.text.split("\n"):
            _place(line.strip(), block.level, path)
    return root


def _place(line: str, heading: int, path: list[Node]) -> None:
    level, mark = _mark(line, heading)
    if not level:
        if line:
            path[-1].lines.append(line)
        return
    while path[-1].level >= level:
        path.pop()
    node = Node(level, mark, line[:60] if heading or len(line) < 40 else "", [line])
    path[-1].below.append(node)
    path.append(node)


def _mark(line: str, heading: int) -> tuple[float, str]:
    for level, pattern in MARKS:
        if match := pattern.match(line):
            return level, match[1] or match[2]
    return (HEADING + heading / 20, line[:24]) if heading and line else (0.0, "")


def _pieces(node: Node, above: str, headings: tuple[str, ...]) -> Iterator[Piece]:
    place = _joined(above, node)
    if node.below and node.level >= 3 and node.level != 4 and node.size <= WHOLE:
        yield Piece(place, "\n".join(_all(node)), headings)
        yield from _under(node, place, headings)
        return
    yield from _own(node, place, headings)
    below = (*headings, node.title) if node.title else headings
    yield from _rows(node, place, below)
    for one in node.below:
        yield from _pieces(one, place, below)


def _under(node: Node, place: str, headings: tuple[str, ...]) -> Iterator[Piece]:
    yield from _rows(node, place, headings)
    for one in node.below:
        yield from _under(one, _joined(place, one), headings)


def _all(node: Node) -> Iterator[str]:
    yield from node.lines
    for one in node.below:
        yield from _all(one)


def _joined(above: str, node: Node) -> str:
    """The locator of a part: 第三条, 第三条（一）, 二（一）1, or its heading; chapters don't show in articles."""
    if node.level in (5, 7):
        return f"{above}（{node.mark}）"
    if node.level == 6:
        return f"{above}{node.mark}" if above.endswith("）") else f"{above}·{node.mark}".lstrip("·")
    if node.level == 3 or (node.level == 1 and not above):
        return node.mark
    return f"{above}·{node.mark}".strip("·") if node.level else ""


def _own(node: Node, place: str, headings: tuple[str, ...]) -> Iterator[Piece]:
    texts = list(_chunks(node.lines, LONG if node.level >= 1 else LOOSE))
    # A bare heading says nothing by itself: it comes along with what stands under it.
    if node.below and len(node.lines) == 1 and node.title:
        return
    for number, text in enumerate(texts, 1):
        at = place if len(texts) == 1 and place else "·".join(part for part in (place, f"第{number}段") if part)
        yield Piece(at, text, headings)


def _chunks(lines: Sequence[str], most: int) -> Iterator[str]:
    held = ""
    for part in (part for line in lines for part in _short(line)):
        if held and len(held) + len(part) > most:
            yield held
            held = ""
        held += ("\n" if held else "") + part
    if held:
        yield held


def _short(line: str) -> Iterator[str]:
    if len(line) <= LONG:
        yield line
        return
    held = ""
    for sentence in SENTENCE.split(line):
        for part in (sentence[at : at + LONG] for at in range(0, len(sentence), LONG)):
            if len(held) + len(part) > LONG:
                yield held
                held = ""
            held += part
    if held:
        yield held


def _rows(node: Node, place: str, headings: tuple[str, ...]) -> Iterator[Piece]:
    for name, rows in node.tables:
        header = next((row for row in rows if len([cell for cell in row if cell]) > 1), ()) if len(rows) > 1 else ()
        shown = "\t".join(_cells(header))
        for number, row in enumerate(rows, 1):
            if row is header or not any(row):
                continue
            text = "\t".join(_cells(row))
            yield Piece(f"{name}·第{number}行", f"{shown}\n{text}" if shown else text, headings)


def _cells(row: Row) -> Iterator[str]:
    return (cell.replace("\t", " ").replace("\n", " ") for cell in row)


def _unique(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Pieces with locators of their own: a number that comes again is told apart."""
    seen: dict[str, int] = {}
    found = []
    for piece in pieces:
        count = seen[piece.locator] = seen.get(piece.locator, 0) + 1
        locator = piece.locator if count == 1 else f"{piece.locator}〔{count}〕"
        found.append(Piece(locator, piece.text, piece.headings))
    return tuple(found)
