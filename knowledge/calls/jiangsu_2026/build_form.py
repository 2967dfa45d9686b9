"""Rebuild form.docx, the blank form, from the flattened notice beside this script. Run by hand.

The words come from notice.txt, the section headings from call.toml; only columns and heights are said here.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from docx.document import Document as Doc

from knowledge.files.official import (
    BODY,
    CELL,
    HEADING,
    HEI,
    TITLE,
    WIDTH,
    cell,
    flagged,
    indent,
    page,
    paragraph,
    row,
    table,
)

HERE = Path(__file__).parent
COVER_COLUMNS = (2300, 5900)
TASK_COLUMNS = (700, 1320, 2904, 720, 800, 2400)
MEMBER_COLUMNS = (2200, 3322, 3322)
CLUSTER_COLUMNS = (900, 2800, 5144)
FIELD_GRID = (1700, 860, 2460, 900, 2924)

Row = list[str]


# ---------------------------------------------------------------- reading the flattened text
def read_blocks(text: str) -> list[str | Row]:
    """The form's paragraphs and table rows in order: a cell opens with a tab, an empty line ends the row."""
    blocks: list[str | Row] = []
    after_blank = True
    for line in text.splitlines():
        cell = line.lstrip(" ")
        row = blocks[-1] if blocks and isinstance(blocks[-1], list) else None
        if cell.startswith("\t"):
            if row is None or after_blank:
                row = []
                blocks.append(row)
            row.append(cell[1:])
        elif not cell:
            if row:
                row[-1] += "\n"
        elif row is not None and (not after_blank or cell.startswith("\u3000")):
            row[-1] += f"\n{cell}"
        else:
            blocks.append(cell)
        after_blank = not cell
    return blocks


def join_torn_rows(blocks: list[str | Row]) -> Iterator[str | Row]:
    """One printed row of the task table holds an empty line, which the flattening turned into two rows."""
    pending: Row | None = None
    for block in blocks:
        if isinstance(block, list) and len(block) == len(TASK_COLUMNS) - 1 and block[0].strip().isdigit():
            pending = block
        elif pending is not None and isinstance(block, list):
            yield [*(cell.strip() for cell in pending), block[0].strip()]
            pending = None
        else:
            yield block


def form_text(notice: str) -> str:
    """The part of the notice that is the form: from its attachment line to the next attachment."""
    start = re.search(r"^附件\d\s*$", notice, re.MULTILINE)
    assert start, "the notice holds no attachment"
    end = re.search(r"^ ?附件\d\s*$", notice[start.end() :], re.MULTILINE)
    return notice[start.start() : start.end() + end.start() if end else None]


# ---------------------------------------------------------------- the parts of the form
def text_cells(text: str, align: str = "center") -> list[Any]:
    """The paragraphs of a table cell in table type."""
    return [paragraph(line, CELL, align) for line in (text.strip() or "").split("\n")]


def cover(head: list[str], rows: list[Row]) -> Iterator[Any]:
    """Attachment line, title and the four lines to fill."""
    yield paragraph(head[0], HEADING)
    yield from (paragraph("", BODY) for _ in range(4))
    yield from (paragraph(line, TITLE, "center") for line in head[1:])
    yield from (paragraph("", BODY) for _ in range(5))
    made = table(COVER_COLUMNS, border="nil")
    for label, *_ in rows:
        line = [paragraph(label.strip(), BODY, "distribute"), paragraph("", BODY, "left")]
        name, value = (
            cell(COVER_COLUMNS[0], line[0], align="bottom"),
            cell(COVER_COLUMNS[1], line[1], align="bottom", line=True),
        )
        made.append(row(name, value, height=1000))
    yield made


def instructions(lines: list[str]) -> Iterator[Any]:
    """The page of instructions."""
    yield flagged(paragraph(lines[0], TITLE, "center"), "pageBreakBefore")
    yield paragraph("", BODY)
    yield from (paragraph(line, BODY, "both", first=2) for line in lines[1:])


def heading_row(text: str, grid: tuple[int, ...]) -> Any:
    """A section heading that stands in the table."""
    inside = flagged(paragraph(text.strip(), HEADING), "keepNext")
    return row(cell(sum(grid), inside, span=len(grid)))


def fields(rows: list[Row]) -> Any:
    """Section one: label and value, groups with two pairs to a row, the group's cell running over its rows."""
    made = table(FIELD_GRID)
    made.append(heading_row(rows[0][0], FIELD_GRID))
    groups = [one[0].strip() for one in rows]
    for position, one in enumerate(rows[1:], 1):
        first = text_cells(one[0])
        if len(one) == 2:
            height = 2600 if "\n" in one[0].strip() else 620
            value = paragraph("", CELL, "both" if height > 620 else "left")
            made.append(row(cell(FIELD_GRID[0], *first), cell(sum(FIELD_GRID[1:]), value, span=4), height=height))
            continue
        below = position + 1 < len(groups) and not groups[position + 1]
        merge = "restart" if below else "" if groups[position] else "continue"
        pairs = [cell(width, *text_cells(text)) for width, text in zip(FIELD_GRID[1:], one[1:], strict=True)]
        made.append(row(cell(FIELD_GRID[0], *first, merge=merge), *pairs, height=620))
    return made


def tasks(rows: list[Row]) -> Any:
    """The task table: header on every page, the library's cell running over its rows, the notes in the last row."""
    made = table(TASK_COLUMNS)
    made.append(row(*_cells(rows[0], HEI), header=True))
    body = [one for one in rows[1:] if len(one) == len(TASK_COLUMNS)]
    for position, one in enumerate(body):
        own = bool(one[1].strip())
        below = position + 1 < len(body) and not body[position + 1][1].strip()
        merge = "restart" if own and below else "" if own else "continue"
        made.append(row(*_cells(one, CELL[0], merge)))
    notes = [line for one in rows if len(one) == 1 for line in one[0].strip().split("\n")]
    inside = [paragraph(line, CELL, "left", **({} if "注" in line else {"first": 2})) for line in notes]
    made.append(row(cell(WIDTH, *inside, span=len(TASK_COLUMNS))))
    return made


def _cells(texts: Row, font: str, merge: str = "") -> Iterator[Any]:
    for column, text in enumerate(texts):
        align = "left" if column == 2 and font == CELL[0] else "center"
        inside = [paragraph(line, (font, 12), align) for line in text.strip().split("\n")]
        yield cell(TASK_COLUMNS[column], *inside, merge=merge if column == 1 else "")


def members(rows: list[Row]) -> Any:
    """Section three: the lead, the participants, a row of dots for more."""
    made = table(MEMBER_COLUMNS)
    made.append(heading_row(rows[0][0], MEMBER_COLUMNS))
    for position, one in enumerate(rows[1:]):
        font, aligns = ((HEI, 12), ("center",) * 3) if position == 0 else (CELL, ("center", "left", "left"))
        cells = []
        for width, text, align in zip(MEMBER_COLUMNS, one, aligns, strict=True):
            side = "center" if text.strip() else align
            cells.append(cell(width, *(paragraph(line, font, side) for line in text.strip().split("\n"))))
        made.append(row(*cells, height=560 if position == 0 else 1000))
    return made


def prose(rows: list[Row], room: int, splits: bool) -> Any:
    """A section of continuous text: its heading, its prompt and room to write, over pages where it may be long."""
    made = table((WIDTH,))
    made.append(heading_row(rows[0][0], (WIDTH,)))
    inside = [_line(line) for line in rows[1][0].strip(" \n\u3000").split("\n")]
    inside += [paragraph("", BODY, "both", first=2) for _ in range(room)]
    made.append(row(cell(WIDTH, *inside, align="top"), height=1500, splits=splits))
    return made


def _line(text: str) -> Any:
    """Lines to sign are set in, which the flattening shows by leading spaces; the lone date stands at the right."""
    bare = text.strip("\u3000 ")
    if bare.startswith("年"):
        return indent(paragraph(bare, BODY, "right"), BODY, right=2)
    if bare.endswith("（盖章）：") or "时间：" in bare:
        return indent(paragraph(bare, BODY, "both"), BODY, left=10)
    return paragraph(bare, BODY, "both", first=2 if bare else 0)


def clusters(title: str, rows: list[Row]) -> Iterator[Any]:
    """The table of clusters and chains on a page of its own."""
    yield flagged(paragraph(title, TITLE, "center"), "pageBreakBefore")
    yield paragraph("", CELL, line=15)
    made = table(CLUSTER_COLUMNS)
    for position, one in enumerate(rows):
        font = (HEI, 12) if position == 0 else CELL
        sides = ("center", "center", "center" if position == 0 else "left")
        pairs = zip(CLUSTER_COLUMNS, one, sides, strict=True)
        made.append(row(*(cell(w, paragraph(t.strip(), font, side)) for w, t, side in pairs), header=position == 0))
    yield made
    yield paragraph("", CELL, line=12)


# ---------------------------------------------------------------- the whole
def parts(blocks: list[str | Row], headings: list[str]) -> dict[str, list[Any]]:
    """The blocks under the heading they follow; what precedes the first heading is "", the last table is "clusters"."""
    found: dict[str, list[Any]] = {"": []}
    now = ""
    for block in blocks:
        text = (block if isinstance(block, str) else block[0]).strip()
        now = text if text in headings else "clusters" if isinstance(block, str) and "对照表" in text else now
        found.setdefault(now, []).append(block)
    return found


def build(folder: Path = HERE) -> Doc:
    """The blank form as a document."""
    call = tomllib.loads((folder / "call.toml").read_text("utf-8"))
    kinds = {f"{one['number']}、{one['title']}": one["kind"] for one in call["sections"]}
    blocks = list(join_torn_rows(read_blocks(form_text((folder / "notice.txt").read_text("utf-8")))))
    found = parts(blocks, list(kinds))
    document = page(call["call"]["form_title"])
    add = document.element.body.insert_element_before
    for made in content(found, kinds):
        add(made, "w:sectPr")
    return document


def content(found: dict[str, list[Any]], kinds: dict[str, str]) -> Iterator[Any]:
    """Every element of the body in order."""
    words = [block for block in found[""] if isinstance(block, str)]
    notice = next(position for position, word in enumerate(words) if word.strip() == "须知")
    yield from cover(words[:notice], [block for block in found[""] if isinstance(block, list)])
    yield from instructions([word.strip() for word in words[notice:]])
    for position, (heading, kind) in enumerate(kinds.items()):
        inside = kind != "tasks"
        flags = ("keepNext", "pageBreakBefore") if position == 0 or not inside else ("keepNext",)
        yield flagged(paragraph("" if inside else heading, HEADING, line=6 if inside else 29), *flags)
        rows = [block for block in found[heading] if isinstance(block, list)]
        rows = rows if inside else rows[1:]
        room = {"narrative": 6}.get(kind, 0)
        makers = {"fields": fields, "tasks": tasks, "members": members}
        yield makers[kind](rows) if kind in makers else prose(rows, room, splits=kind == "narrative")
    title, *rows = found["clusters"]
    yield from clusters(title.strip(), rows)


if __name__ == "__main__":
    build().save(str(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "form.docx"))
