"""Kinds of damage to a file or a folder, each as it is met: a full disk, a bad sector, a tidy colleague."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

Damage = Callable[[Path, Random], object]
NOBODY = 65534


def _header(path: Path, random: Random) -> None:
    raw = path.read_bytes()
    path.write_bytes(random.randbytes(64) + raw[64:])


def _cut(path: Path, random: Random) -> None:
    raw = path.read_bytes()
    path.write_bytes(raw[: random.randrange(1, max(2, len(raw) - 1))])


def _zeroed(path: Path, random: Random) -> None:
    raw = path.read_bytes()
    start = random.randrange(max(1, len(raw) // 2))
    path.write_bytes(raw[:start] + bytes(len(raw) - start + 1))


def _flipped(path: Path, random: Random) -> None:
    raw = bytearray(path.read_bytes() or b"\0")
    for _ in range(9):
        raw[random.randrange(len(raw))] ^= 1 << random.randrange(8)
    path.write_bytes(raw)


def _shuffled(path: Path, random: Random) -> None:
    raw = path.read_bytes()
    half = len(raw) // 2
    path.write_bytes(raw[half:] + raw[:half] + random.randbytes(1))


def _foreign(path: Path, _: Random) -> None:
    path.write_text("这是另一个文件。\n" * 300, "utf-8")


def _directory(path: Path, _: Random) -> None:
    path.unlink()
    path.mkdir()


FILE: Mapping[str, Damage] = {
    "header": _header,
    "cut": _cut,
    "emptied": lambda path, _: path.write_bytes(b""),
    "zeroed": _zeroed,
    "flipped": _flipped,
    "shuffled": _shuffled,
    "foreign": _foreign,
    "missing": lambda path, _: path.unlink(),
    "a directory": _directory,
    "unreadable": lambda path, _: path.chmod(0),
}


def _emptied(folder: Path, _: Random) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def _file(folder: Path, _: Random) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"rubbish")


FOLDER: Mapping[str, Damage] = {
    "deleted": lambda folder, _: shutil.rmtree(folder),
    "emptied": _emptied,
    "a file": _file,
    "unreadable": lambda folder, _: folder.chmod(0),
}


@contextmanager
def nobody(folder: Path) -> Iterator[None]:
    """Be somebody whom permissions bind, where we are root; the folder is theirs."""
    if os.geteuid():
        yield
        return
    for path in (folder, *folder.rglob("*")):
        os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)
