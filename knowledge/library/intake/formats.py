"""What a file is, by its content; its extension is only what it says it is."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final, Literal

from knowledge.library.intake.content import UnreadableError
from knowledge.library.intake.plaintext import utf16

Kind = Literal["docx", "xlsx", "pdf", "html", "md", "txt", "jsonl"]
SIZE: Final = 50 * 1024 * 1024
READY_SIZE: Final = 500 * 1024 * 1024
HEAD: Final = 8192
NAMES: Final = {
    "docx": "Word",
    "xlsx": "Excel",
    "pdf": "PDF",
    "html": "网页",
    "md": "文本",
    "txt": "文本",
    "jsonl": "段落",
}
TEXTS: Final = ("md", "txt", "jsonl", "html")
SAVE_AS: Final = "请另存为 .docx、.pdf 或 .txt 再添加"
PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM")
ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")


def kind_of(path: Path) -> Kind:
    """The kind of a file; UnreadableError in one sentence when it is none we read."""
    head, size = _head(path)
    said = path.suffix.lower().lstrip(".")
    if not size:
        raise UnreadableError("文件是空的")
    if size > (READY_SIZE if said == "jsonl" else SIZE):
        raise UnreadableError(f"文件超过 {SIZE // 1024 // 1024} MB，请拆成几份再添加")
    found = _binary(path, head) or _text(head, said)
    if said in ("docx", "xlsx", "pdf") and found in TEXTS:
        raise UnreadableError(f"扩展名是 .{said}，内容却不是{NAMES[said]}文件，可能已损坏，{SAVE_AS}")
    return found


def _head(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as stream:
            return stream.read(HEAD), path.stat().st_size
    except OSError as error:
        raise UnreadableError(f"读不到这个文件（{error.strerror}）") from error


def _binary(path: Path, head: bytes) -> Kind | None:
    if head.startswith(b"PK"):
        return _zipped(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        locked = ENCRYPTED in path.read_bytes()
        raise UnreadableError("文件加了密码，请取消密码再添加" if locked else f"这是旧格式的 Office 文件，{SAVE_AS}")
    if head.startswith(b"{\\rtf"):
        raise UnreadableError(f"这是 RTF 文件，{SAVE_AS}")
    if head.startswith(PICTURES):
        raise UnreadableError("这是图片，里面的字读不出来，请添加文字版")
    return None


def _zipped(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {name.lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError, UnicodeError) as error:
        raise UnreadableError(f"文件已损坏，{SAVE_AS}") from error
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names or "xl/workbook.bin" in names:
        return "xlsx"
    if any(name.startswith("ppt/") for name in names):
        raise UnreadableError(f"这是演示文稿，{SAVE_AS}")
    raise UnreadableError("这是压缩包，请解开后逐个添加")


def _text(head: bytes, said: str) -> Kind:
    if not head.startswith((b"\xff\xfe", b"\xfe\xff")) and _is_binary(head):
        raise UnreadableError(f"看不出这是什么文件，{SAVE_AS}")
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html")) or (said in ("html", "htm") and b"<" in start):
        return "html"
    if said == "jsonl":
        return "jsonl"
    return "md" if said in ("md", "markdown") or start.startswith(b"---") else "txt"


def _is_binary(head: bytes) -> bool:
    if 0 in head:
        return not utf16(head)
    return sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head) > len(head) // 100
