"""Look at an Office file before anything opens it.

`drafting` has a guard of its own for the forms people send back: it asks for one kind of file and words its refusals
for applicants. Neither package may import the other's inside, and the limits may move apart.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from knowledge.documents.blocks import UnreadableError
from knowledge.documents.kinds import SAVE_AS

ENTRIES: Final = 2000
PART: Final = 32 * 1024 * 1024
TOTAL: Final = 128 * 1024 * 1024
RATIO: Final = 100
SMALL: Final = 1024 * 1024  # a part this small may be as compressible as it likes
MACROS: Final = ("vbaproject.bin", "vbadata.xml")
EMBEDDED: Final = ("activex/", "embeddings/oleobject")


def inspect(path: Path) -> None:
    """Nothing when an Office file may be opened, else UnreadableError in one sentence."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            if fault := _fault(entries):
                raise UnreadableError(fault)
            for entry in entries:
                _declared(archive, entry)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise UnreadableError(f"文件已损坏，{SAVE_AS}") from error


def _fault(entries: list[zipfile.ZipInfo]) -> str:
    names = [entry.filename.lower() for entry in entries]
    if any(entry.flag_bits & 1 for entry in entries):
        return "文件加了密码，请取消密码再添加"
    if _is_bomb(entries):
        return "文件解开后过大，不能处理，请删去图片和附件再添加"
    if len(set(names)) < len(names) or any(_is_escape(name) for name in names):
        return f"文件结构异常，{SAVE_AS}"
    if any(name.endswith(MACROS) for name in names):
        return f"文件带有宏，不能处理，{SAVE_AS}"
    if any(one in name for name in names for one in EMBEDDED):
        return "文件嵌有其他程序的对象，请删去再添加"
    return ""


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    sizes = [entry.file_size for entry in entries]
    swollen = any(one.file_size > SMALL and one.file_size > RATIO * max(1, one.compress_size) for one in entries)
    return len(entries) > ENTRIES or max(sizes, default=0) > PART or sum(sizes) > TOTAL or swollen


def _is_escape(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _declared(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Document types are where entity bombs live, and Office writes none; macro types count even without macros."""
    if not entry.filename.lower().endswith((".xml", ".rels")):
        return
    with archive.open(entry) as part:
        head = part.read(4096).lower().replace(b"\0", b"")
    if b"<!doctype" in head:
        raise UnreadableError(f"文件结构异常，{SAVE_AS}")
    if entry.filename == "[Content_Types].xml" and b"macroenabled" in head:
        raise UnreadableError(f"文件是启用宏的格式，不能处理，{SAVE_AS}")
