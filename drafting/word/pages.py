"""Papers made anew: their page, their tables, and a Word file put in its place."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from docx.document import Document

from knowledge.files.official import ACROSS, HEI, cell, flagged, page, paragraph, row, sideways, table


def write(title: str, content: Iterable[Any], out: Path) -> None:
    """Write a page turned sideways with these paragraphs and tables; `out` appears whole or not at all."""
    document = sideways(page(title))
    for made in content:
        document.element.body.insert_element_before(made, "w:sectPr")
    save(document, out)


def save(document: Document, out: Path) -> None:
    """Write the document; `out` appears whole or not at all."""
    handle, name = tempfile.mkstemp(prefix=f".{out.stem}-", suffix=".part", dir=out.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            document.save(stream)
        Path(name).replace(out)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def heading(text: str, line: int) -> Any:
    """A heading that stays with what follows it."""
    return flagged(paragraph(text, (HEI, 14), line=line), "keepNext")


def grid(shares: Sequence[int], heads: Sequence[Any], rows: Iterable[Sequence[Any]], heights: tuple[int, int]) -> Any:
    """A table over the page of these paragraphs, heads first; a row of one stands over all columns."""
    widths = tuple(ACROSS * share // sum(shares) for share in shares)
    made = table(widths)
    made.append(row(*map(cell, widths, heads), header=True, height=heights[0]))
    for texts in rows:
        over_all = len(texts) == 1 < len(widths)
        cells = [cell(sum(widths), texts[0], span=len(widths))] if over_all else map(cell, widths, texts)
        made.append(row(*cells, height=heights[1]))
    return made
