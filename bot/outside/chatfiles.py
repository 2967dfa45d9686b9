"""Files made for a chat, each chat's in a folder whose name doesn't tell whose it is."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ChatFiles:
    """Files made for a chat, in a folder of its own below `folder`."""

    folder: Path

    def put(self, chat: str, name: str, content: bytes) -> Path | None:
        """A file of that name with that content; None when it can't be written."""
        path = own_folder(self.folder, chat) / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_bytes(content)
        except OSError:
            return None
        return path.absolute()

    def clear(self, chat: str) -> None:
        """Remove the chat's folder."""
        shutil.rmtree(own_folder(self.folder, chat), ignore_errors=True)


def own_folder(folder: Path, chat: str) -> Path:
    """Where a chat's files lie: its name is not told by the path."""
    return folder / hashlib.sha256(chat.encode()).hexdigest()[:16]
