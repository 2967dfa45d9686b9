"""The folder of an embedded Chroma: one process's at a time, sealed when it is at rest, moved aside when damaged."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Final

import chromadb
from chromadb.config import Settings

from knowledge.library.holdings import LibraryError

NAME: Final = "chroma-1.5"
PROBE_SECONDS: Final = 60
Stats = dict[str, tuple[int, int, int]]


class ChromaError(LibraryError):
    """Chroma can't be used; the text is one Chinese line. Search by words goes on."""


class Folder:
    """The folder `chroma-1.5` in the data folder, held until it is closed.

    Chroma dies of damaged files and can't be caught, and it doesn't notice other damage at all. So what it wrote is
    sealed: every file's hash stands beside the folder while nothing is being written. A folder that isn't as it was
    sealed is never opened.
    """

    def __init__(self, data: Path) -> None:
        """Hold the folder, made new when it was missing or damaged; ChromaError when it can't be had."""
        self.path = data / NAME
        self._seal = data / f"{NAME}.seal"
        self._stats: Stats | None = None
        try:
            data.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._held = _locked(data / f"{NAME}.lock")
        except OSError as error:
            raise ChromaError(f"向量文件夹不能写入（{error.strerror}），先按字词检索") from error
        try:
            self._made_sound()
        except BaseException as error:
            self.close()
            if isinstance(error, OSError):
                raise ChromaError(f"向量文件夹不能写入（{error.strerror}），先按字词检索") from error
            raise

    def unseal(self) -> None:
        """Say that files are about to change."""
        self._stats = None
        self._seal.unlink(missing_ok=True)

    def seal(self) -> None:
        """Say that the files are as they should be."""
        stats = _stats(self.path)
        fresh = self._seal.with_suffix(".new")
        fresh.write_text(json.dumps(_hashes(self.path)), "ascii")
        fresh.replace(self._seal)
        self._stats = stats

    @property
    def touched(self) -> bool:
        """Whether somebody else changed a sealed file; takes a fraction of a millisecond."""
        known, now = self._stats, None
        with suppress(OSError):
            now = _stats(self.path)
        # Unsealed meanwhile: it was us.
        return known is not None and now != known and self._stats is known

    def close(self) -> None:
        """Let others use the folder."""
        self._held.close()

    def _made_sound(self) -> None:
        if self.path.is_dir() and not self._sound():
            set_aside(self.path)
        elif self._seal.exists() and not self.path.is_dir():
            self._seal.unlink()
        if self.path.exists() and not self.path.is_dir():
            set_aside(self.path)
        self.path.mkdir(exist_ok=True, mode=0o700)

    def _sound(self) -> bool:
        """Whether the folder is as it was sealed; without a seal, whether a process survives using it."""
        try:
            sealed = json.loads(self._seal.read_text("ascii"))
        except (OSError, ValueError):
            return survives(self.path)
        with suppress(OSError):
            return bool(_hashes(self.path) == sealed)
        return False


def _locked(path: Path) -> IO[str]:
    held = path.open("a+", encoding="ascii")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        sentence = "向量文件夹正被另一个申报助手使用，先按字词检索；要同时用，请设 SHENBAO_CHROMA_URL"
        raise ChromaError(sentence) from None
    return held


def _files(folder: Path) -> Iterator[Path]:
    for root, _, names in os.walk(folder):
        yield from (Path(root, name) for name in names if not name.startswith("."))


def _stats(folder: Path) -> Stats:
    found = {str(one): one.stat() for one in _files(folder)}
    return {name: (one.st_ino, one.st_size, one.st_mtime_ns) for name, one in found.items()}


def _hashes(folder: Path) -> dict[str, str]:
    return {str(one.relative_to(folder)): _hash(one) for one in _files(folder)}


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "blake2b").hexdigest()[:32]


def survives(folder: Path) -> bool:
    """Whether a process of its own can open the folder and query every collection."""
    try:
        if not any(folder.iterdir()):
            return True
        command = [sys.executable, "-m", __name__, str(folder)]
        root = Path(__file__).parents[3]
        done = subprocess.run(command, capture_output=True, timeout=PROBE_SECONDS, check=False, cwd=root)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def set_aside(folder: Path) -> None:
    """Move a damaged folder out of the way, in place of the one moved before."""
    aside = folder.with_name(f"{folder.name}.damaged")
    shutil.rmtree(aside, ignore_errors=True)
    with suppress(OSError):
        aside.unlink(missing_ok=True)
    folder.rename(aside)


def quiet() -> Settings:
    """Settings for one client: chromadb writes into what it is given, so they are never shared."""
    return Settings(anonymized_telemetry=False)


def warm(client: Any) -> None:
    """Use every collection once: Chroma finishes its files then. Raises, or dies, when something is broken."""
    for one in client.list_collections():
        collection = client.get_collection(one.name, embedding_function=None)
        count = collection.count()
        row = collection.get(limit=1, include=["embeddings"])
        if count and not collection.query(query_embeddings=row["embeddings"], n_results=min(count, 5))["ids"][0]:
            raise ValueError(one.name)


def probe(folder: Path) -> None:
    """Use every collection and read every row; raises or dies when something is broken."""
    client = chromadb.PersistentClient(str(folder), settings=quiet())
    warm(client)
    for one in client.list_collections():
        collection = client.get_collection(one.name, embedding_function=None)
        if len(collection.get(include=["metadatas", "documents"])["ids"]) != collection.count():
            raise ValueError(one.name)


if __name__ == "__main__":
    probe(Path(sys.argv[1]))
