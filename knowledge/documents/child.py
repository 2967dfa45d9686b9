"""The process that opens a document: little memory, little time, no new files; what it finds goes out as JSON."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from pathlib import Path

from knowledge.documents.blocks import Content, UnreadableError

MEMORY = 1024 * 1024 * 1024
SECONDS = 20
TEXT = 20_000_000


def main() -> int:
    """Read the file named by the arguments KIND PATH and write {"content": …} or {"error": …}."""
    kind, path = sys.argv[1], Path(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    told: dict[str, object]
    try:
        told = {"content": asdict(_within(_read(kind, path)))}
    except UnreadableError as error:
        told = {"error": str(error)}
    except MemoryError:
        told = {"error": "文件太复杂，处理不了，请拆成几份再添加"}
    except Exception as error:
        # Libraries raise whatever they like on a damaged file; this process exists for that.
        told = {"error": "文件已损坏，读不出来", "why": repr(error)[:500]}
    sys.stdout.write(json.dumps(told))
    return 0


def _read(kind: str, path: Path) -> Content:
    if kind == "docx":
        from knowledge.documents.word import word  # noqa: PLC0415 - one library a child

        return word(path)
    from knowledge.documents import others  # noqa: PLC0415

    return {"pdf": others.pdf, "html": others.html, "xlsx": others.sheet}[kind](path)


def _within(content: Content) -> Content:
    size = sum(len(one.text) + sum(len(cell) for row in one.rows for cell in row) for one in content.blocks)
    if size > TEXT:
        raise UnreadableError("文字太多，请拆成几份再添加")
    return content


if __name__ == "__main__":
    sys.exit(main())
