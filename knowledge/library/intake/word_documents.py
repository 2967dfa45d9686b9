"""Word documents: paragraphs with the numbers Word counts by itself, headings, and tables row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from knowledge.library.intake.content import Block, Content, Row

CHINESE = "〇一二三四五六七八九"
NUMERALS = ("chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting")
HIDDEN = qn("w:vanish")


def read(path: Path) -> Content:
    """The blocks of a .docx in reading order; hidden text and deleted text are left out."""
    document = Document(str(path))
    numbers = _Numbers(document)
    blocks = tuple(_blocks(document.iter_inner_content(), numbers))
    return Content(blocks, (document.core_properties.title or "").strip())


def _blocks(items: Any, numbers: _Numbers) -> Iterator[Block]:
    for item in items:
        if isinstance(item, Paragraph):
            text = _text(item._p).strip()
            if text:
                yield Block(numbers.of(item) + text, _level(item))
        elif isinstance(item, Table):
            yield Block(rows=tuple(_rows(item)))


def _text(node: Any) -> str:
    parts = []
    for run in node.iter(qn("w:r")):
        properties = run.find(qn("w:rPr"))
        if properties is not None and properties.find(HIDDEN) is not None:
            continue
        for child in run:
            if child.tag == qn("w:t"):
                parts.append(child.text or "")
            elif child.tag in (qn("w:tab"), qn("w:br"), qn("w:cr")):
                parts.append(" ")
    return "".join(parts)


def _rows(table: Table) -> Iterator[Row]:
    for row in table._tbl.tr_lst:
        yield tuple(" ".join(filter(None, (_text(p).strip() for p in cell.iter(qn("w:p"))))) for cell in row.tc_lst)


def _level(paragraph: Paragraph) -> int:
    """The level of a heading by its style, 0 for other paragraphs."""
    try:
        name = (paragraph.style.name or "") if paragraph.style is not None else ""
    except (AttributeError, KeyError):
        return 0
    kind, _, level = name.rpartition(" ")
    return int(level) if kind in ("Heading", "heading", "标题") and level.isdigit() and 0 < int(level) < 7 else 0


@dataclass
class _Numbers:
    """The numbers of automatic lists: Word stores how to count, not the number."""

    document: Any
    counts: dict[str, Counter[int]] = field(default_factory=dict)

    def of(self, paragraph: Paragraph) -> str:
        """The number that Word shows before a paragraph; empty when it shows none."""
        number, level = self._numbering(paragraph)
        form = self._form(number, level) if number not in ("", "0") else None
        if form is None:
            return ""
        counted = self.counts.setdefault(number, Counter())
        start = form.find(qn("w:start"))
        counted[level] = counted[level] + 1 if counted[level] else int(_value(start) or 1)
        for deeper in [one for one in counted if one > level]:
            counted[deeper] = 0
        return self._shown(form, number, level)

    def _numbering(self, paragraph: Paragraph) -> tuple[str, int]:
        properties = paragraph._p.pPr
        style = paragraph.style
        for one in (properties, getattr(getattr(style, "element", None), "pPr", None)):
            found = one.find(qn("w:numPr")) if one is not None else None
            if found is not None:
                return _value(found.find(qn("w:numId"))), int(_value(found.find(qn("w:ilvl"))) or 0)
        return "", 0

    def _form(self, number: str, level: int) -> Any:
        try:
            root = self.document.part.numbering_part.element
        except (KeyError, NotImplementedError, AttributeError):
            return None
        held = next((one for one in root.findall(qn("w:num")) if one.get(qn("w:numId")) == number), None)
        abstract = _value(held.find(qn("w:abstractNumId"))) if held is not None else ""
        for one in root.findall(qn("w:abstractNum")):
            if one.get(qn("w:abstractNumId")) == abstract:
                levels = one.findall(qn("w:lvl"))
                return next((lvl for lvl in levels if lvl.get(qn("w:ilvl")) == str(level)), None)
        return None

    def _shown(self, form: Any, number: str, level: int) -> str:
        if _value(form.find(qn("w:numFmt"))) in ("bullet", "none"):
            return ""
        text = _value(form.find(qn("w:lvlText")))
        for one in range(level + 1):
            other = self._form(number, one)
            kind = _value(other.find(qn("w:numFmt"))) if other is not None else ""
            text = text.replace(f"%{one + 1}", _counted(self.counts[number][one] or 1, kind))
        return text


def _value(node: Any) -> str:
    return str(node.get(qn("w:val")) or "") if node is not None else ""


def _counted(number: int, kind: str) -> str:
    if kind not in NUMERALS or number > 99:
        return str(number)
    tens, ones = divmod(number, 10)
    return (CHINESE[tens] if tens > 1 else "") + "十" * bool(tens) + (CHINESE[ones] if ones or not tens else "")
