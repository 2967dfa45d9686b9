"""Read a form's file back: every cell as it stands, judged by nobody yet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from docx import Document

from drafting.form.cells import Form
from drafting.ooxml.elements import unseen
from drafting.word.guard import UnreadableError, inspect
from drafting.word.layout import layout_of
from knowledge.call.definition import Call


def read(path: Path, call: Call) -> Form:
    """The form in a Word file; UnreadableError says in Chinese why there is none."""
    inspect(path)
    try:
        body = Document(str(path)).element.body
        return replace(layout_of(body, call).read(), unseen=unseen(body))
    except UnreadableError:
        raise
    except Exception as error:  # a parser can fail in any way on a stranger's file
        raise UnreadableError("文件已损坏或不是标准的Word文档，请用Word或WPS打开后另存为.docx再上传。") from error
