"""The sentence for an Office file that may not be opened."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from knowledge.files.archive import Fault, look
from knowledge.library.intake.content import UnreadableError
from knowledge.library.intake.formats import SAVE_AS

SENTENCES: Final[dict[Fault, str]] = {
    "damaged": f"文件已损坏，{SAVE_AS}",
    "locked": "文件加了密码，请取消密码再添加",
    "huge": "文件解开后过大，不能处理，请删去图片和附件再添加",
    "odd": f"文件结构异常，{SAVE_AS}",
    "macros": f"文件带有宏，不能处理，{SAVE_AS}",
    "macro_type": f"文件是启用宏的格式，不能处理，{SAVE_AS}",
    "objects": "文件嵌有其他程序的对象，请删去再添加",
    "links": "文件引用了外部的图片、模板或对象，请改为嵌入或删去再添加",
}


def inspect(path: Path) -> None:
    """Nothing when an Office file may be opened, else UnreadableError in one sentence."""
    # Guides copied from web pages are full of linked pictures; nothing that reads them here fetches any.
    fault = look(path, linked=True).fault
    if fault:
        raise UnreadableError(SENTENCES[fault])
