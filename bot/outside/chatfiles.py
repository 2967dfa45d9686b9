"""Files made for a chat, each chat's in a folder whose name doesn't tell whose it is."""

from __future__ import annotations

import hashlib
import json
import shutil
from base64 import b64decode
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class ChatFiles:
    """Files made for a chat, in a folder of its own below `folder`."""

    def __init__(self, folder: Path):
        self._folder = folder

    def write(self, chat: str, kept: Mapping[str, Any]) -> Path | None:
        """Everything that is kept of a person, as JSON; None when it can't be written."""
        told = json.dumps(kept, ensure_ascii=False, indent=1)
        return self._put(chat, "我的数据.json", told.encode("utf-8", "replace"))

    def put(self, chat: str, name: str, content: str) -> Path | None:
        """A text of that name, marked as UTF-8 so that spreadsheets read it as such; None when it can't be written."""
        return self._put(chat, name, content.encode("utf-8-sig", "replace"))

    def put_raw(self, chat: str, name: str, content: str) -> Path | None:
        """Bytes in base64 as a file of that name; None when it can't be written."""
        return self._put(chat, name, b64decode(content))

    def _put(self, chat: str, name: str, content: bytes) -> Path | None:
        path = own_folder(self._folder, chat) / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(content)
        except OSError:
            return None
        return path.absolute()

    def clear(self, chat: str) -> None:
        """Remove the chat's folder."""
        shutil.rmtree(own_folder(self._folder, chat), ignore_errors=True)


def own_folder(folder: Path, chat: str) -> Path:
    """Where a chat's files lie: its name is not told by the path."""
    return folder / hashlib.sha256(chat.encode()).hexdigest()[:16]
