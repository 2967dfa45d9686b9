"""From a file to its content: what it is, whether it is harmless, and a child process that opens it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from knowledge.files.bounded import Limits, LostError, bounded
from knowledge.library.intake import child, office_guard, plaintext
from knowledge.library.intake.content import Block, Content, UnreadableError
from knowledge.library.intake.formats import NAMES, Kind, kind_of

LIMITS: Final = Limits(cpu=20, wall=25)  # a long guide takes longer than a form
BROKEN: Final = "文件已损坏，读不出来"
SLOW: Final = "文件太复杂，处理不了，请拆成几份再添加"


def read(path: Path) -> Content:
    """What a document says; UnreadableError in one sentence when it can't be read in bounded time and memory."""
    kind = kind_of(path)
    content = _content(path, kind)
    if not any(block.text or any(map(any, block.rows)) for block in content.blocks):
        raise UnreadableError("里面没有文字")
    said = path.suffix.lower().lstrip(".").replace("htm", "html").replace("htmll", "html")
    if said in NAMES and NAMES[said] != NAMES[kind]:
        note = f"扩展名是 .{said}，内容是{NAMES[kind]}，已按内容读"
        return replace(content, notes=(note, *content.notes))
    return content


def _content(path: Path, kind: Kind) -> Content:
    if kind in ("txt", "md", "jsonl"):
        raw = path.read_bytes()
        return plaintext.markdown(raw) if kind == "md" else plaintext.text(raw)
    if kind in ("docx", "xlsx"):
        office_guard.inspect(path)
    return _in_child(path, kind)


def _in_child(path: Path, kind: Kind) -> Content:
    try:
        told = bounded(child.told, kind, str(path.absolute()), limits=LIMITS)
    except LostError as error:
        raise UnreadableError(BROKEN if error.reason == "broken" else SLOW) from error
    if "error" in told:
        raise UnreadableError(told["error"])
    return _built(told["content"])


def _built(told: dict[str, Any]) -> Content:
    blocks = tuple(
        Block(one["text"], one["level"], tuple(map(tuple, one["rows"])), one["name"]) for one in told["blocks"]
    )
    return Content(blocks, told["title"], told["issuer"], told["date"], tuple(told["notes"]))
