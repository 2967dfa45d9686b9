"""The summary table as a Word file: A4 sideways, in the words of the notice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from drafting.papers.summary import Signed
from drafting.word.save import save
from knowledge.call.definition import Column, Summary
from knowledge.files.official import (
    ACROSS,
    CELL,
    HEADING,
    HEI,
    TITLE,
    cell,
    element,
    fonts,
    page,
    paragraph,
    row,
    run,
    sideways,
    table,
    tabs,
)

HEADS: Final = (HEI, 12)
LINE: Final = (CELL[0], 14)
SHARES: Final = {"rank": 2, "members": 13, "units": 16}
USUAL: Final = 8
CENTRED: Final = 9  # longer text reads better from the left


def write_summary(table_: Summary, rows: Sequence[Sequence[str]], signed: Signed, out: Path) -> None:
    """Write the ranked table; `out` appears whole or not at all."""
    title = table_.title.replace(table_.city, signed.bureau.city, 1)
    document = sideways(page(title))
    add = document.element.body.insert_element_before
    if table_.attachment:
        add(paragraph(table_.attachment, HEADING), "w:sectPr")
    add(paragraph(title, TITLE, "center"), "w:sectPr")
    add(_signature(table_, signed), "w:sectPr")
    add(_table(table_.columns, rows), "w:sectPr")
    if table_.note:
        add(paragraph(table_.note, CELL, line=24), "w:sectPr")
    save(document, out)


def _signature(table_: Summary, signed: Signed) -> Any:
    """One line: the seal's place with the bureau's name, contact, telephone."""
    made = tabs(paragraph("", LINE, line=32), ACROSS * 9 // 20, ACROSS * 13 // 20)
    parts = (table_.seal + signed.bureau.name, table_.contact + signed.contact, table_.phone + signed.phone)
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


def _table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Any:
    shares = [SHARES.get(column.holds, USUAL) for column in columns]
    widths = tuple(ACROSS * share // sum(shares) for share in shares)
    made = table(widths)
    heads = [cell(width, paragraph(one.label, HEADS, "center")) for width, one in zip(widths, columns, strict=True)]
    made.append(row(*heads, header=True, height=620))
    for texts in rows:
        made.append(row(*(cell(width, _words(text)) for width, text in zip(widths, texts, strict=True)), height=620))
    return made


def _words(text: str) -> Any:
    return paragraph(text, CELL, "center" if len(text) <= CENTRED else "left", line=17)
