"""Look at an uploaded file before anything opens it: is it a Word document, and a harmless one."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

ENTRIES: Final = 2000
PART: Final = 32 * 1024 * 1024
TOTAL: Final = 128 * 1024 * 1024
RATIO: Final = 100
SMALL: Final = 1024 * 1024  # a part this small may be as compressible as it likes
SAVE_AS: Final = "请用Word或WPS打开后另存为.docx再上传。"
OTHERS: Final = (
    (b"%PDF", f"这是PDF文件，不能核对。{SAVE_AS}"),
    (b"\xd0\xcf\x11\xe0", f"这是旧格式（.doc、.wps）或加了密码的文件，请取消密码。{SAVE_AS}"),
    (b"{\\rtf", f"这是RTF文件。{SAVE_AS}"),
)
MACROS: Final = ("vbaproject.bin", "vbadata.xml")
EMBEDDED: Final = ("activex/", "embeddings/oleobject")


class UnreadableError(Exception):
    """A file that can't be read as a form; the text is a sentence for the person, in Chinese."""


def inspect(path: Path) -> None:
    """Nothing when the file may be opened, else UnreadableError with the reason and the way out."""
    try:
        with path.open("rb") as stream:
            head = stream.read(8)
    except OSError as error:
        raise UnreadableError("读不到这个文件，请重新上传。") from error
    reason = next((text for magic, text in OTHERS if head.startswith(magic)), "")
    if reason or not head:
        raise UnreadableError(reason or "文件是空的，请重新上传。")
    if not zipfile.is_zipfile(path):
        raise UnreadableError(f"这不是Word文档（.docx）。{SAVE_AS}")
    try:
        with zipfile.ZipFile(path) as archive:
            _archive(archive)
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, UnicodeError) as error:
        raise UnreadableError(f"文件已损坏。{SAVE_AS}") from error


def _archive(archive: zipfile.ZipFile) -> None:
    entries = archive.infolist()
    names = [entry.filename.lower() for entry in entries]
    faults = (
        (any(entry.flag_bits & 1 for entry in entries), "文件加了密码，请取消密码后再上传。"),
        (_is_bomb(entries), "文件解开后过大，不能处理，请删去图片和附件后再上传。"),
        (len(set(names)) < len(names) or any(_is_escape(name) for name in names), f"文件结构异常。{SAVE_AS}"),
        (any(name.endswith(MACROS) for name in names), f"文件带有宏，不能处理。{SAVE_AS}"),
        (any(one in name for name in names for one in EMBEDDED), "文件嵌有其他程序的对象，请删去后再上传。"),
        (not _is_word(names), f"这不是Word文档（.docx）。{SAVE_AS}"),
    )
    fault = next((text for wrong, text in faults if wrong), "")
    if fault:
        raise UnreadableError(fault)
    _declared(archive, entries)


def _is_word(names: list[str]) -> bool:
    return "[content_types].xml" in names and not any(name.startswith(("xl/", "ppt/")) for name in names)


def _is_bomb(entries: list[zipfile.ZipInfo]) -> bool:
    sizes = [entry.file_size for entry in entries]
    swollen = any(
        entry.file_size > SMALL and entry.file_size > RATIO * max(1, entry.compress_size) for entry in entries
    )
    return len(entries) > ENTRIES or max(sizes, default=0) > PART or sum(sizes) > TOTAL or swollen


def _is_escape(name: str) -> bool:
    return name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/")


def _declared(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """Document types are where entity bombs live; Word writes none. Macro types count even without macros."""
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels")):
            continue
        with archive.open(entry) as part:
            head = part.read(4096).lower()
        if b"<!doctype" in head.replace(b"\x00", b""):
            raise UnreadableError(f"文件结构异常。{SAVE_AS}")
        if entry.filename == "[Content_Types].xml" and b"macroenabled" in head:
            raise UnreadableError(f"文件是启用宏的格式，不能处理。{SAVE_AS}")
