"""PDF: paragraphs put together again across lines and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pypdfium2

from knowledge.library.intake.content import Block, Content, UnreadableError

PAGES: Final = 500
SCANNED: Final = 10  # a page with fewer characters than this and a picture is one
ENDS: Final = tuple("。！？；：.!?;:")
NUMBERED: Final = re.compile(
    r"^\s*(第[一二三四五六七八九十百零\d]+[条章节]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\(?（?\d{1,2}[.．、）)])"
)


def read(path: Path) -> Content:
    """The paragraphs of a PDF; UnreadableError when it is locked, damaged, too long or nothing but pictures."""
    try:
        document = pypdfium2.PdfDocument(str(path))
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise UnreadableError("文件加了密码，请取消密码再添加" if locked else "PDF 文件已损坏") from error
    if len(document) > PAGES:
        raise UnreadableError(f"有 {len(document)} 页，超过 {PAGES} 页，请拆成几份再添加")
    pages = [_page(page) for page in document]
    scanned = [number for number, page in enumerate(pages, 1) if sum(map(len, page)) < SCANNED]
    if len(scanned) == len(pages):
        raise UnreadableError("全是扫描的图片，读不出文字，请添加文字版，或先做文字识别")
    notes = (f"第{'、'.join(map(str, scanned[:10]))}页没有文字（像是扫描件），没有读到",) if scanned else ()
    title = document.get_metadata_dict().get("Title", "").strip()
    return Content(tuple(Block(line) for line in _joined(_without_margins(pages))), title, notes=notes)


def _page(page: Any) -> list[str]:
    text = page.get_textpage().get_text_bounded()
    return [line.strip() for line in text.replace("\r", "\n").split("\n") if line.strip()]


def _without_margins(pages: Sequence[list[str]]) -> Iterator[str]:
    """The lines of all pages without page numbers and what stands at the edge of most pages."""
    edges = Counter(re.sub(r"\d+", "#", line) for page in pages for line in {*page[:1], *page[-1:]})
    for page in pages:
        for place, line in enumerate(page):
            bare = re.sub(r"\d+", "#", line)
            edge = place in (0, len(page) - 1)
            if re.fullmatch(r"[-—–·\s第/共页]*#[-—–·\s第/共页#]*", bare) and edge:
                continue
            if not (edge and len(pages) > 2 and edges[bare] > len(pages) / 2):
                yield line


def _joined(lines: Iterator[str]) -> Iterator[str]:
    """Lines that the page broke put together again: a paragraph ends with its full stop or before a number."""
    held, wide = "", 0.0
    for line in lines:
        if held and (NUMBERED.match(line) or held.endswith(ENDS) or len(held.rsplit("\n", 1)[-1]) < wide * 0.7):
            yield held.replace("\n", "")
            held = ""
        wide = max(wide * 0.98, len(line))
        glue = " " if held and held[-1].isascii() and line[0].isascii() else ""
        held += ("\n" if held else "") + glue + line
    if held:
        yield held.replace("\n", "")
