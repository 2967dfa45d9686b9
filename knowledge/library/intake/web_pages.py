"""Web pages: paragraphs, headings and tables, without scripts and navigation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from knowledge.library.intake.content import Block, Content, Row, one_line
from knowledge.library.intake.plaintext import decoded

SKIPPED: Final = "script,style,noscript,template,nav,header,footer,iframe,svg,form,button"
BREAKS: Final = ("p", "li", "td", "th", "caption", "dt", "dd", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")


def read(path: Path) -> Content:
    """The paragraphs, headings and tables of a web page, without its scripts and navigation."""
    raw = path.read_bytes()
    declared = re.search(rb"charset=[\"']?([\w-]+)", raw[:4096])
    chinese = declared is not None and declared[1].lower() in (b"gb2312", b"gbk", b"gb18030")
    text = raw.decode("gb18030", "replace") if chinese else decoded(raw)
    page = LexborHTMLParser(text)
    title = page.css_first("title")
    for node in page.css(SKIPPED):
        node.decompose()
    body = page.body
    return Content(tuple(_nodes(body)) if body else (), one_line(title.text()) if title else "")


def _nodes(body: Any) -> Iterator[Block]:
    held: list[str] = []
    for node in body.traverse(include_text=True):
        tag = node.tag
        inside = _inside_table(node, body)
        starts = tag in (*BREAKS, "div", "section", "article", "table", "tr", "br", "ul", "ol")
        if starts and held:
            yield Block(one_line("".join(held)))
            held = []
        if inside:
            continue
        if tag == "table":
            yield Block(rows=tuple(_cells(node)))
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            yield Block(one_line(node.text()), int(tag[1]))
        elif tag == "-text" and not _inside_heading(node) and one_line(node.text()):
            held.append(node.text())
    if held:
        yield Block(one_line("".join(held)))


def _inside_table(node: Any, body: Any) -> bool:
    parent = node.parent
    while parent is not None and parent.mem_id != body.mem_id:
        if parent.tag == "table":
            return True
        parent = parent.parent
    return False


def _inside_heading(node: Any) -> bool:
    parent = node.parent
    while parent is not None:
        if re.fullmatch("h[1-6]", parent.tag or ""):
            return True
        parent = parent.parent
    return False


def _cells(table: Any) -> Iterator[Row]:
    for row in table.css("tr"):
        cells = tuple(one_line(cell.text()) for cell in row.css("td,th"))
        if any(cells):
            yield cells
