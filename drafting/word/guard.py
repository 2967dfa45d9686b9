"""Look at an uploaded file before anything opens it: is it a Word document, and a harmless one."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Final

from knowledge.files.archive import Fault, look

SAVE_AS: Final = "请用Word或WPS打开后另存为.docx再上传。"
OTHERS: Final = (
    (b"%PDF", f"这是PDF文件，不能核对。{SAVE_AS}"),
    (b"\xd0\xcf\x11\xe0", f"这是旧格式（.doc、.wps）或加了密码的文件，请取消密码。{SAVE_AS}"),
    (b"{\\rtf", f"这是RTF文件。{SAVE_AS}"),
)
SENTENCES: Final[dict[Fault, str]] = {
    "damaged": f"文件已损坏。{SAVE_AS}",
    "locked": "文件加了密码，请取消密码后再上传。",
    "huge": "文件解开后过大，不能处理，请删去图片和附件后再上传。",
    "odd": f"文件结构异常。{SAVE_AS}",
    "macros": f"文件带有宏，不能处理。{SAVE_AS}",
    "macro_type": f"文件是启用宏的格式，不能处理。{SAVE_AS}",
    "objects": "文件嵌有其他程序的对象，请删去后再上传。",
    "links": "文件引用了外部的图片、模板或对象，请改为嵌入或删去后再上传。",
}


class UnreadableError(Exception):
    """A file that can't be read as a form; the text is a sentence for the person, in Chinese."""


def inspect(path: Path) -> None:
    """Nothing when the file may be opened, else UnreadableError with the reason and the way out."""
    try:
        if path.exists() and not path.is_file():
            raise UnreadableError("这不是一份文件，请重新上传。")
        with path.open("rb") as stream:
            head = stream.read(8)
    except (OSError, ValueError) as error:
        raise UnreadableError("读不到这个文件，请重新上传。") from error
    reason = next((text for magic, text in OTHERS if head.startswith(magic)), "")
    if reason or not head:
        raise UnreadableError(reason or "文件是空的，请重新上传。")
    if not zipfile.is_zipfile(path):
        raise UnreadableError(f"这不是Word文档（.docx）。{SAVE_AS}")
    looked = look(path)
    if looked.fault:
        raise UnreadableError(SENTENCES[looked.fault])
    if not _is_word(looked.names):
        raise UnreadableError(f"这不是Word文档（.docx）。{SAVE_AS}")


def _is_word(names: tuple[str, ...]) -> bool:
    return "[content_types].xml" in names and not any(name.startswith(("xl/", "ppt/")) for name in names)
