"""What is done to a document in a process of its own."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from knowledge.library.intake.content import Content, UnreadableError

TEXT = 20_000_000
# Who reads a kind; each has a library of its own, and a child loads only the one it needs.
READERS: Final = {
    kind: f"knowledge.library.intake.{module}"
    for kind, module in (("docx", "word_documents"), ("pdf", "pdf_files"), ("html", "web_pages"), ("xlsx", "workbooks"))
}


def told(kind: str, path: str) -> dict[str, Any]:
    """{"content": …} of a file of this kind, or {"error": the sentence}."""
    try:
        return {"content": asdict(_within(import_module(READERS[kind]).read(Path(path))))}
    except UnreadableError as error:
        return {"error": str(error)}


def _within(content: Content) -> Content:
    size = sum(len(one.text) + sum(len(cell) for row in one.rows for cell in row) for one in content.blocks)
    if size > TEXT:
        raise UnreadableError("文字太多，请拆成几份再添加")
    return content
