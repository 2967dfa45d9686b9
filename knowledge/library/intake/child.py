"""What is done to a document in a process of its own."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

from knowledge.library.intake.content import Content, UnreadableError

TEXT = 20_000_000


def told(kind: str, path: str) -> dict[str, Any]:
    """{"content": …} of a file of this kind, or {"error": the sentence}."""
    try:
        return {"content": asdict(_within(_read(kind, Path(path))))}
    except UnreadableError as error:
        return {"error": str(error)}


def _read(kind: str, path: Path) -> Content:
    if kind == "docx":
        from knowledge.library.intake.word_documents import word  # noqa: PLC0415 - one library a child

        return word(path)
    from knowledge.library.intake import converters  # noqa: PLC0415

    return {"pdf": converters.pdf, "html": converters.html, "xlsx": converters.sheet}[kind](path)


def _within(content: Content) -> Content:
    size = sum(len(one.text) + sum(len(cell) for row in one.rows for cell in row) for one in content.blocks)
    if size > TEXT:
        raise UnreadableError("文字太多，请拆成几份再添加")
    return content
