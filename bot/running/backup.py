"""One file that holds everything: what the database says, and the data folder's files that can't be made again."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from bot.store import migrate
from bot.store.store import Store
from bot.store.transfer import Restoring, restoring, rows_of
from knowledge.errors import SentenceError

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
TABLES: Final = "tables/"
FILES: Final = "files/"
# Indexes are made again, files of unfinished updates are fetched again, the database is in the tables.
CACHES: Final = ("index", "chroma*", "uploads", "running.lock", "*.db", "*.db-wal", "*.db-shm", "*.part")
BLOCK: Final = 1 << 20


class BackupError(SentenceError):
    """A backup that can't be made or used; the text is one Chinese line. Nothing was changed."""


@dataclass(frozen=True)
class Counted:
    """What a backup holds: rows by table, and how many files."""

    rows: Mapping[str, int]
    files: int


def back_up(store: Store, data: Path, out: Path) -> Counted:
    """Write everything into `out`, which is whole or not there at all; the bot may go on meanwhile."""
    part = out.with_name(out.name + ".part")
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file:
            counted = _written(store, data, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(out)
    except OSError as error:
        raise BackupError(f"备份写不进 {out}（{error.strerror}）：请换个地方，或腾出空间") from error
    finally:
        part.unlink(missing_ok=True)
    return counted


def _written(store: Store, data: Path, file: IO[bytes]) -> Counted:
    sums: dict[str, str] = {}
    rows: dict[str, int] = {}
    columns: dict[str, Sequence[str]] = {}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        with rows_of(store.engine) as tables:
            for name, columns[name], found in tables:
                lines = (json.dumps(row).encode() + b"\n" for row in found)
                sums[TABLES + name], rows[name] = _member(archive, TABLES + name, lines)
        files = list(_kept(data))
        for path in files:
            name = FILES + path.relative_to(data).as_posix()
            sums[name], _ = _member(archive, name, _blocks(path))
        manifest = {"format": FORMAT, "revision": migrate.HEAD, "columns": columns, "rows": rows, "sha256": sums}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return Counted(rows, len(files))


def _member(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> tuple[str, int]:
    """Write parts as one member; its hash, and how many parts there were."""
    digest, count = hashlib.sha256(), 0
    with archive.open(name, "w", force_zip64=True) as member:
        for part in parts:
            member.write(part)
            digest.update(part)
            count += 1
    return digest.hexdigest(), count


def _kept(data: Path) -> Iterator[Path]:
    """The files of the data folder that are no caches, in order."""
    for path in sorted(data.rglob("*")):
        first = PurePosixPath(path.relative_to(data).parts[0])
        if path.is_file() and not path.is_symlink() and not any(first.match(cache) for cache in CACHES):
            yield path


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            yield block


def restore(store: Store, data: Path, source: Path, replace: bool = False) -> Counted:
    """Put everything back as it was; BackupError or StoreError when it can't be, and then nothing has changed."""
    try:
        with zipfile.ZipFile(source) as archive:
            manifest = _manifest(archive, source)
            _check(archive, manifest, source)
            return _restored(store, data, archive, manifest, replace)
    except (zipfile.BadZipFile, EOFError) as error:
        raise BackupError(f"{source.name} 不是备份，或已损坏：什么都没有改动，请换一份") from error
    except OSError as error:
        raise BackupError(f"{source.name} 读不了，或写不进 {data}（{error.strerror}）") from error


def _manifest(archive: zipfile.ZipFile, source: Path) -> dict[str, Any]:
    try:
        manifest = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as error:
        raise BackupError(f"{source.name} 不是申报助手的备份") from error
    if manifest["format"] > FORMAT:
        raise BackupError(f"{source.name} 是更新版本的程序做的：请升级程序后再恢复")
    return dict(manifest)


def _check(archive: zipfile.ZipFile, manifest: dict[str, Any], source: Path) -> None:
    """BackupError unless every part is there as it was written, and leads nowhere else."""
    for name, wanted in manifest["sha256"].items():
        path = PurePosixPath(name)
        digest = hashlib.sha256()
        try:
            with archive.open(name) as member:
                while block := member.read(BLOCK):
                    digest.update(block)
        except (KeyError, zipfile.BadZipFile, zlib.error) as error:
            raise BackupError(f"{source.name} 已损坏（{name}）：什么都没有改动，请换一份") from error
        if digest.hexdigest() != wanted or path.is_absolute() or ".." in path.parts:
            raise BackupError(f"{source.name} 已损坏（{name}）：什么都没有改动，请换一份")


def _restored(store: Store, data: Path, archive: zipfile.ZipFile, manifest: dict[str, Any], replace: bool) -> Counted:
    names = [name for name in manifest["sha256"] if name.startswith(FILES)]
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    with tempfile.TemporaryDirectory(dir=data, suffix=".part") as waiting:
        archive.extractall(waiting, names)
        with restoring(store.engine, manifest["revision"], replace) as database:
            tables = [name for name in database.order if name in manifest["rows"]]
            rows = {name: _filled(database, archive, name, manifest["columns"][name]) for name in tables}
        for name in names:
            path = data / name.removeprefix(FILES)
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            Path(waiting, name).replace(path)
    return Counted(rows, len(names))


def _filled(database: Restoring, archive: zipfile.ZipFile, name: str, columns: Sequence[str]) -> int:
    with archive.open(TABLES + name) as member:
        lines = TextIOWrapper(member, "ascii")
        return database.fill(name, columns, map(json.loads, lines))
