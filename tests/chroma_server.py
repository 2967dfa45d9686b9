"""A real Chroma server on loopback, the one that comes with chromadb, to be stopped and started at will."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import IO

PROGRAM = "from chromadb.cli.cli import app; app()"


class ChromaServer:
    def __init__(self, folder: Path) -> None:
        self._folder, self._port = folder, _free()
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: threading.Thread | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def __enter__(self) -> ChromaServer:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        place = ["--path", str(self._folder), "--host", "127.0.0.1", "--port", str(self._port)]
        command = [sys.executable, "-c", PROGRAM, "run", *place]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        assert self._process.stdout is not None
        if not any(b"listening" in line for line in self._process.stdout):
            raise RuntimeError("the Chroma server didn't start")
        self._reader = threading.Thread(target=_drained, args=(self._process.stdout,))
        self._reader.start()

    def stop(self) -> None:
        if self._process is None or self._reader is None:
            return
        self._process.terminate()
        self._process.wait(20)
        self._reader.join()
        self._process = self._reader = None


def _drained(stream: IO[bytes]) -> None:
    with stream:
        while stream.read(1 << 16):
            pass


def _free() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])
