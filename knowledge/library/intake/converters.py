"""PDF, web pages and spreadsheets: each read by its library, in the child process only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from knowledge.library.intake.content import Block, Content, Row, UnreadableError
from knowledge.library.intake.plaintext import decoded

PAGES: Final = 500
ROWS: Final = 20_000
SCANNED: Final = 10  # a page with fewer characters than this and a picture is one
SKIPPED: Final = "script,style,noscript,template,nav,header,footer,iframe,svg,form,button"
BREAKS: Final = ("p", "li", "td", "th", "caption", "dt", "dd", "pre", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6")
ENDS: Final = tuple("。！？；：.!?;:")
NUMBERED: Final = re.compile(
    r"^\s*(第[一二三四五六七八九十百零\d]+[条章节]|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\(?（?\d{1,2}[.．、）)])"
)


def pdf(path: Path) -> Content:
    """The paragraphs of a PDF; UnreadableError when it is locked, damaged, too long or nothing but pictures."""
    import pypdfium2  # noqa: PLC0415 - one library a child

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


def html(path: Path) -> Content:
    """The paragraphs, headings and tables of a web page, without its scripts and navigation."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415

    raw = path.read_bytes()
    declared = re.search(rb"charset=[\"']?([\w-]+)", raw[:4096])
    chinese = declared is not None and declared[1].lower() in (b"gb2312", b"gbk", b"gb18030")
    text = raw.decode("gb18030", "replace") if chinese else decoded(raw)
    page = LexborHTMLParser(text)
    title = page.css_first("title")
    for node in page.css(SKIPPED):
        node.decompose()
    body = page.body
    return Content(tuple(_nodes(body)) if body else (), _tidy(title.text()) if title else "")


def _nodes(body: Any) -> Iterator[Block]:
    held: list[str] = []
    for node in body.traverse(include_text=True):
        tag = node.tag
        inside = _inside_table(node, body)
        starts = tag in (*BREAKS, "div", "section", "article", "table", "tr", "br", "ul", "ol")
        if starts and held:
            yield Block(_tidy("".join(held)))
            held = []
        if inside:
            continue
        if tag == "table":
            yield Block(rows=tuple(_cells(node)))
        elif len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            yield Block(_tidy(node.text()), int(tag[1]))
        elif tag == "-text" and not _inside_heading(node) and _tidy(node.text()):
            held.append(node.text())
    if held:
        yield Block(_tidy("".join(held)))


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
        cells = tuple(_tidy(cell.text()) for cell in row.css("td,th"))
        if any(cells):
            yield cells


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def sheet(path: Path) -> Content:
    """The sheets of a workbook, each a table under its name."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415

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
    return _tidy(str(value))
