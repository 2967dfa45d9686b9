"""Ready passages: lines of {"id", "title", "text"}, taken as they are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.library.holdings import Document
from knowledge.library.intake.content import UnreadableError
from knowledge.library.intake.plaintext import decoded
from knowledge.library.passages import Passage

LINES = 500_000


def ready(path: Path, document: Document) -> Iterator[Passage]:
    """The passages of a file of lines; UnreadableError names the first line that is none, before it is too late."""
    seen: set[str] = set()
    with path.open("rb") as stream:
        for number, raw in enumerate(stream, 1):
            if not raw.strip():
                continue
            passage = _passage(_row(raw, number), number, document)
            if passage.id in seen:
                raise UnreadableError(f"第{number}行的 id“{passage.id[:40]}”和前面重复")
            seen.add(passage.id)
            if len(seen) > LINES:
                raise UnreadableError(f"超过 {LINES} 段，请拆成几份再添加")
            yield passage
    if not seen:
        raise UnreadableError("里面没有段落")


def _row(raw: bytes, number: int) -> dict[str, Any]:
    try:
        row = json.loads(decoded(raw))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"第{number}行不是 JSON") from error
    if not isinstance(row, dict):
        raise UnreadableError(f"第{number}行应是一个 JSON 对象")
    return row


def _passage(row: dict[str, Any], number: int, document: Document) -> Passage:
    id_, title, text = row.get("id"), row.get("title", ""), row.get("text")
    if isinstance(id_, int) and not isinstance(id_, bool):
        id_ = str(id_)
    if not isinstance(id_, str) or not id_ or not isinstance(title or "", str) or not isinstance(text, str):
        raise UnreadableError(f"第{number}行应有 id、title、text，都是文字")
    if not text.strip() and not (title or "").strip():
        raise UnreadableError(f"第{number}行没有内容")
    title = title or ""
    locator = row.get("locator") if isinstance(row.get("locator"), str) else ""
    source, ways = title or document.source, (title,) if title else ()
    return Passage(id_, locator or "", text, source, document.authority, ways, (), document.scope.bureau)
