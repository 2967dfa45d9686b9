"""Plain text and Markdown: the encoding found out, front matter, headings and tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from knowledge.library.intake.content import Block, Content, Row, UnreadableError

HEADING = re.compile(r"^(#{1,6})\s+(.+?)\s*#*$")
USUAL = re.compile("[\t\n\r -~\u2010-\u2027\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
RULE = re.compile(r"^\|?\s*:?-{2,}:?\s*(\|\s*:?-{2,}:?\s*)*\|?\s*$")
MARKS = (
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"(\*\*|__)(.+?)\1"), r"\2"),
    (re.compile(r"`([^`]*)`"), r"\1"),
)
FRONT = re.compile(r"\A---\s*\n(.*?)\n---\s*\n", re.DOTALL)
KEYS = {"title": "title", "标题": "title", "issuer": "issuer", "发布单位": "issuer", "date": "date", "日期": "date"}


def decoded(raw: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 or GB18030; UnreadableError when it is none of them."""
    for encoding in _encodings(raw):
        try:
            text = raw.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableError("看不出文字的编码，请另存为 UTF-8 再添加")


def _encodings(raw: bytes) -> Sequence[str]:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    wide = utf16(raw)
    return (wide,) if wide else ("utf-8", "gb18030")


def utf16(raw: bytes) -> str:
    """The kind of UTF-16 a text without a mark is in: the one that makes Chinese of it; empty when neither does."""
    head = raw[: min(len(raw), 4000) // 2 * 2]
    if 0 not in head:
        return ""
    for encoding in ("utf-16-le", "utf-16-be"):
        text_ = head.decode(encoding, "replace")
        if len(USUAL.findall(text_)) >= len(text_) * 0.95:
            return encoding
    return ""


def text(raw: bytes) -> Content:
    """The paragraphs of a plain text, a line each; lines with tabs beside each other are a table."""
    return Content(tuple(_lines(decoded(raw).split("\n"))))


def _lines(lines: Sequence[str]) -> Iterator[Block]:
    rows: list[Row] = []
    for line in (*lines, ""):
        cells = tuple(cell.strip() for cell in line.split("\t"))
        if len([cell for cell in cells if cell]) > 1:
            rows.append(cells)
            continue
        if rows:
            yield Block(rows=tuple(rows)) if len(rows) > 1 else Block(" ".join(rows[0]))
            rows = []
        if line.strip():
            yield Block(line.strip())


def markdown(raw: bytes) -> Content:
    """The headings, paragraphs and tables of a Markdown text, with what its front matter says."""
    whole = decoded(raw)
    front = FRONT.match(whole)
    said = _front(front[1]) if front else {}
    blocks = tuple(_blocks(whole[front.end() :] if front else whole))
    return Content(blocks, said.get("title", ""), said.get("issuer", ""), said.get("date", ""))


def _front(text_: str) -> dict[str, str]:
    pairs = (line.partition(":") for line in text_.splitlines() if ":" in line and not line.startswith((" ", "-")))
    return {KEYS[key.strip()]: value.strip().strip("\"'") for key, _, value in pairs if key.strip() in KEYS}


def _blocks(text_: str) -> Iterator[Block]:
    rows: list[Row] = []
    for line in (*text_.split("\n"), ""):
        bare = line.strip()
        if bare.startswith("|") or (rows and "|" in bare):
            if not RULE.match(bare):
                rows.append(tuple(_bare(cell.strip()) for cell in bare.strip("|").split("|")))
            continue
        if rows:
            yield Block(rows=tuple(rows))
            rows = []
        if heading := HEADING.match(bare):
            yield Block(_bare(heading[2]), len(heading[1]))
        elif bare and not re.fullmatch(r"[-*_]{3,}", bare):
            yield Block(_bare(re.sub(r"^([-*+]|>)\s+", "", bare)))


def _bare(line: str) -> str:
    for mark, kept in MARKS:
        line = mark.sub(kept, line)
    return line
