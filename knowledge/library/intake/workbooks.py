"""Spreadsheets: each sheet a table under its name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from python_calamine import CalamineError, CalamineWorkbook

from knowledge.library.intake.content import Block, Content, Row, UnreadableError, one_line

ROWS: Final = 20_000


def read(path: Path) -> Content:
    """The sheets of a workbook, each a table under its name."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        blocks = [Block(rows=tuple(_sheet(book, name)), name=name) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError) as error:
        raise UnreadableError("Excel 文件已损坏") from error
    if sum(len(block.rows) for block in blocks) > ROWS:
        raise UnreadableError(f"超过 {ROWS} 行，请拆成几份再添加")
    return Content(tuple(block for block in blocks if any(any(row) for row in block.rows)))


def _sheet(book: Any, name: str) -> Iterator[Row]:
    for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=ROWS + 1):
        yield tuple(_shown(cell) for cell in row)


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return one_line(str(value))
