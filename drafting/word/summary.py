"""The summary table as a Word file: A4 sideways, in the words of the notice."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from drafting.papers.summary import Signed
from drafting.word.pages import grid, write
from knowledge.call.definition import Summary
from knowledge.files.official import ACROSS, CELL, HEADING, HEI, TITLE, element, fonts, paragraph, run, tabs

HEADS: Final = (HEI, 12)
LINE: Final = (CELL[0], 14)
SHARES: Final = {"rank": 2, "members": 13, "units": 16}
USUAL: Final = 8
CENTRED: Final = 9  # longer text reads better from the left


def write_summary(table: Summary, rows: Sequence[Sequence[str]], signed: Signed, out: Path) -> None:
    """Write the ranked table; `out` appears whole or not at all."""
    title = table.title.replace(table.city, signed.bureau.city, 1)
    write(title, _content(title, table, rows, signed), out)


def _content(title: str, table: Summary, rows: Sequence[Sequence[str]], signed: Signed) -> Iterator[Any]:
    if table.attachment:
        yield paragraph(table.attachment, HEADING)
    yield paragraph(title, TITLE, "center")
    yield _signature(table, signed)
    shares = [SHARES.get(column.holds, USUAL) for column in table.columns]
    heads = [paragraph(column.label, HEADS, "center") for column in table.columns]
    yield grid(shares, heads, ([_words(text) for text in texts] for texts in rows), (620, 620))
    if table.note:
        yield paragraph(table.note, CELL, line=24)


def _signature(table: Summary, signed: Signed) -> Any:
    """One line: the seal's place with the bureau's name, contact, telephone."""
    made = tabs(paragraph("", LINE, line=32), ACROSS * 9 // 20, ACROSS * 13 // 20)
    parts = (table.seal + signed.bureau.name, table.contact + signed.contact, table.phone + signed.phone)
    for position, text in enumerate(parts):
        if position:
            made.append(_tab())
        made.append(run(text, LINE))
    return made


def _tab() -> Any:
    made, properties = element("r"), element("rPr")
    properties.extend(fonts(LINE))
    made.extend([properties, element("tab")])
    return made


def _words(text: str) -> Any:
    return paragraph(text, CELL, "center" if len(text) <= CENTRED else "left", line=17)
