"""Chroma behind LangChain: a collection for each scope and model; its folder belongs to one process, probed first."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

import chromadb
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.embeddings import Embeddings

from knowledge.adapters.embeddings import Served
from knowledge.adapters.lexical_tables import decode, encode
from knowledge.library import LibraryError, Scope
from knowledge.passages import Passage, Scored

FOLDER: Final = "chroma-1.5"
BATCH: Final = 200
PROBE_SECONDS: Final = 60
FOREVER: Final = 99999999
QUIET: Final = Settings(anonymized_telemetry=False)
# The defaults find nine of ten true neighbours; these find all in collections of this size.
COSINE: Final = {"hnsw": {"space": "cosine", "ef_construction": 400, "ef_search": 400, "max_neighbors": 32}}


class ChromaError(LibraryError):
    """Chroma can't be used; the text is one Chinese line. Search by words goes on."""


@dataclass(frozen=True)
class Row:
    """A passage to be found by meaning: its key in the collection, what changes with it, the last day it holds."""

    key: str
    mark: str
    passage: Passage
    until: date | None = None

    @property
    def text(self) -> str:
        """What its vector is made from."""
        return "\n".join((*self.passage.ways[:1], self.passage.text))[:2000]


class Collections:
    """The collections of one client; whoever holds it is the only one who writes."""

    def __init__(self, client: Any, embeddings: Embeddings, model: str, held: IO[str] | None = None) -> None:
        self._client, self._embeddings, self._model, self._held = client, embeddings, model, held
        self._open: dict[str, Chroma] = {}

    def stamp(self, scope: Scope) -> str:
        """What a scope's collection was filled from; empty when there is none of this model."""
        said = self._metadata(scope)
        return str(said.get("stamp", "")) if said.get("model") == self._model else ""

    def fill(self, scope: Scope, stamp: str, rows: Iterable[Row], report: Callable[[int], None]) -> None:
        """Bring a scope's collection up to date: only what changed is sent to the model; another model's is dropped."""
        self._drop_others(scope)
        store = self._store(scope)
        collection = store._collection
        held = collection.get(include=["metadatas"])
        marks = {id_: said.get("mark") for id_, said in zip(held["ids"], held["metadatas"] or [], strict=True)}
        wanted = set[str]()
        fresh = (row for row in _noted(rows, wanted, report) if marks.get(row.key) != row.mark)
        while batch := list(islice(fresh, BATCH)):
            texts, keys = [row.text for row in batch], [row.key for row in batch]
            store.add_texts(texts, [_metadata(row) for row in batch], keys)
        gone = [key for key in marks if key not in wanted]
        for start in range(0, len(gone), BATCH):
            collection.delete(ids=gone[start : start + BATCH])
        collection.modify(metadata={"model": self._model, "stamp": stamp})

    def forget(self, scope: Scope) -> None:
        """Drop a scope's collection."""
        self._open.pop(self._name(scope), None)
        with suppress(chromadb.errors.NotFoundError):
            self._client.delete_collection(self._name(scope))

    def near(self, vector: Sequence[float], scope: Scope, top: int, day: date | None) -> list[Scored]:
        """The passages of a scope nearest to a vector that hold on a day."""
        if not self.stamp(scope):
            return []
        where: Any = {"until": {"$gte": int(day.strftime("%Y%m%d"))}} if day else None
        found = self._store(scope).similarity_search_by_vector_with_relevance_scores(list(vector), top, filter=where)
        return [Scored(decode(one.metadata["passage"]), round(1 - distance, 4)) for one, distance in found]

    def vector(self, query: str) -> list[float]:
        """The vector of a query."""
        return self._embeddings.embed_query(query)

    def close(self) -> None:
        """Let others use the folder."""
        self._open.clear()
        self._client.close()
        if isinstance(self._embeddings, Served):
            self._embeddings.close()
        if self._held is not None:
            self._held.close()

    def _metadata(self, scope: Scope) -> Mapping[str, Any]:
        with suppress(chromadb.errors.NotFoundError):
            return self._client.get_collection(self._name(scope), embedding_function=None).metadata or {}
        return {}

    def _name(self, scope: Scope) -> str:
        return f"{_prefix(scope)}-{_short(self._model)}"

    def _store(self, scope: Scope) -> Chroma:
        name = self._name(scope)
        if name not in self._open:
            self._open[name] = Chroma(
                collection_name=name,
                embedding_function=self._embeddings,
                client=self._client,
                collection_metadata={"model": self._model, "stamp": ""},
                collection_configuration=COSINE,  # type: ignore[arg-type]
            )
        return self._open[name]

    def _drop_others(self, scope: Scope) -> None:
        for one in self._client.list_collections():
            if one.name.startswith(_prefix(scope)) and one.name != self._name(scope):
                self._client.delete_collection(one.name)


def _noted(rows: Iterable[Row], wanted: set[str], report: Callable[[int], None]) -> Iterator[Row]:
    for row in rows:
        wanted.add(row.key)
        yield row
        report(1)


def _metadata(row: Row) -> dict[str, Any]:
    until = int(row.until.strftime("%Y%m%d")) if row.until else FOREVER
    return {"mark": row.mark, "until": until, "passage": encode(row.passage)}


def _prefix(scope: Scope) -> str:
    return f"{scope.bureau or 'all'}-{_short(scope.collection)}"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def served(url: str, embeddings: Embeddings, model: str) -> Collections:
    """The collections of a Chroma server; ChromaError when it doesn't answer."""
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    try:
        port = parts.port or (443 if secure else 8000)
        client = chromadb.HttpClient(parts.hostname or "localhost", port, ssl=secure, settings=QUIET)
    except Exception as error:
        raise ChromaError(f"连不上 Chroma 服务（{type(error).__name__}），先按字词检索") from error
    return Collections(client, embeddings, model)


def embedded(data: Path, embeddings: Embeddings, model: str) -> Collections:
    """The collections in the data folder, for this process alone; what is damaged is moved aside. ChromaError."""
    folder = data / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        held = (data / f"{FOLDER}.lock").open("a+", encoding="ascii")
    except OSError as error:
        raise ChromaError(f"向量文件夹不能写入（{error.strerror}），先按字词检索") from error
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not sound(folder):
            set_aside(folder)
        return Collections(chromadb.PersistentClient(str(folder), settings=QUIET), embeddings, model, held)
    except BlockingIOError:
        held.close()
        raise ChromaError("向量文件夹正被另一个申报助手使用，先按字词检索；要同时用，请设 SHENBAO_CHROMA_URL") from None
    except BaseException:
        held.close()
        raise


def sound(folder: Path) -> bool:
    """Whether a process can open the folder and query every collection; damaged files would kill that process."""
    if not any(folder.iterdir()):
        return True
    command = [sys.executable, "-m", "knowledge.adapters.chroma", str(folder)]
    root = Path(__file__).parents[2]
    try:
        done = subprocess.run(command, capture_output=True, timeout=PROBE_SECONDS, check=False, cwd=root)
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


def set_aside(folder: Path) -> None:
    """Move a damaged folder out of the way, in place of the one moved before, and make an empty one."""
    aside = folder.with_name(f"{folder.name}.damaged")
    shutil.rmtree(aside, ignore_errors=True)
    folder.rename(aside)
    folder.mkdir(mode=0o700)


def probe(folder: Path) -> None:
    """Open a folder and find a row of every collection by its own vector; raises or dies when something is broken."""
    client = chromadb.PersistentClient(str(folder), settings=QUIET)
    for one in client.list_collections():
        collection = client.get_collection(one.name, embedding_function=None)
        count = collection.count()
        row = collection.get(limit=1, include=["embeddings"])
        if count and not collection.query(query_embeddings=row["embeddings"], n_results=min(count, 5))["ids"][0]:
            raise ValueError(one.name)
        if len(collection.get(include=["metadatas", "documents"])["ids"]) != count:
            raise ValueError(one.name)


if __name__ == "__main__":
    probe(Path(sys.argv[1]))
