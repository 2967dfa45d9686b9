"""One long-running process per data folder; one-shot commands beside it need no lock."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from bot.process.settings import Settings
from knowledge.errors import SentenceError

SEVERAL: Final = (
    "数据库是 PostgreSQL，Chroma 却在本机的数据文件夹里：一个文件夹只供一个进程用；"
    "要开几个进程，请各用各的 SHENBAO_DATA，并把 SHENBAO_CHROMA_URL 设成同一个 Chroma 服务"
)


def several(settings: Settings) -> str:
    """What several processes on one database still need; empty where there is one process, or all is there."""
    return SEVERAL if settings.database.startswith("postgresql") and not settings.chroma_url else ""


class LockError(SentenceError):
    """Another process holds the data folder, or the folder can't be used; the text is one Chinese line."""


@contextmanager
def only_one(data: Path) -> Iterator[None]:
    """Hold the data folder until the block ends; LockError at once when another process holds it."""
    with _opened(data) as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.seek(0)
            raise LockError(_held(data, file.read().strip())) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def _held(data: Path, pid: str) -> str:
    number = f"（进程 {pid}）" if pid.isdigit() else ""
    return f"数据文件夹 {data} 正被另一个申报助手使用{number}：请先停掉它，或用 SHENBAO_DATA 另指一个文件夹"


def _opened(data: Path) -> IO[str]:
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        return (data / "running.lock").open("a+", encoding="ascii", errors="replace")
    except OSError as error:
        raise LockError(f"数据文件夹 {data} 不能写入（{error.strerror}）：请检查权限，或改 SHENBAO_DATA") from error
