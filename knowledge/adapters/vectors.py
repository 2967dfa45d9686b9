"""The vector index: a Chroma collection a bureau behind langchain_chroma; a cache, rebuilt when broken."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

import chromadb
from chromadb.config import Settings
from langchain_chroma import Chroma
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings

from knowledge.adapters.retriever import metadata
from knowledge.passages import Passage, Scored

BATCH, PATIENCE = 500, 30
HNSW = {"hnsw": {"space": "cosine", "ef_construction": 400, "ef_search": 400, "max_neighbors": 32}}
PROBE = """
import sys, chromadb
from chromadb.config import Settings
client = chromadb.PersistentClient(sys.argv[1], Settings(anonymized_telemetry=False))
for one in client.list_collections():
    found = one.get(limit=1, include=["embeddings"])
    if found["ids"]:
        one.query(query_embeddings=found["embeddings"], n_results=1)
"""


class BusyError(Exception):
    """Another process holds the folder."""


class VectorIndex:
    """Vectors of passages in a folder that this process holds alone."""

    def __init__(self, folder: Path, embeddings: Embeddings, name: str) -> None:
        """`name` says which model makes the vectors; BusyError when another process holds the folder."""
        self._folder, self._embeddings, self._name = folder, embeddings, name
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(folder / "lock")
        store = folder / "store"
        if store.is_dir() and not sound(store):
            shutil.rmtree(store)
        self._client: Any = chromadb.PersistentClient(str(store), Settings(anonymized_telemetry=False))

    def close(self) -> None:
        """Let go of the folder."""
        self._client.clear_system_cache()
        self._lock.close()

    def collection(self, bureau: str) -> str:
        """The name of a bureau's collection: bureau and model, in the letters that Chroma takes."""
        return f"{bureau or 'common'}-{hashlib.sha256(self._name.encode()).hexdigest()[:12]}"

    def fill(self, passages: Sequence[Passage], stamp: str, bureau: str = "") -> bool:
        """Make a bureau's collection hold exactly these passages; False when it did already."""
        name = self.collection(bureau)
        known = {one.name: one for one in self._client.list_collections()}
        if name in known and _complete(known[name], stamp, len(passages)):
            return False
        if name in known:
            self._client.delete_collection(name)
        store = self._store(name, stamp)
        for start in range(0, len(passages), BATCH):
            part = passages[start : start + BATCH]
            documents = [
                Document(_embedded(one), id=one.id, metadata={**metadata(one), "text": one.text}) for one in part
            ]
            store.add_documents(documents, ids=[one.id for one in part])
        return True

    def search(self, query: str, top: int, bureau: str = "") -> list[Scored]:
        """The passages of a bureau nearest to a query, best first, with their cosine."""
        found = self._store(self.collection(bureau)).similarity_search_with_score(query, k=top)
        return [Scored(_passage(document), round(1 - distance, 4)) for document, distance in found]

    def _store(self, name: str, stamp: str = "") -> Chroma:
        return Chroma(
            collection_name=name,
            client=self._client,
            embedding_function=self._embeddings,
            collection_metadata={"stamp": stamp} if stamp else None,
            collection_configuration=HNSW,  # type: ignore[arg-type]
        )


def sound(store: Path) -> bool:
    """True when a child process can open and query the store: damaged files kill the process that reads them."""
    command = [sys.executable, "-c", PROBE, str(store)]
    try:
        return subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


def _locked(path: Path) -> IO[str]:
    handle = path.open("a")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        handle.close()
        raise BusyError(f"另一个进程正在使用 {path.parent}") from error
    handle.truncate(0)
    handle.write(str(os.getpid()))
    handle.flush()
    return handle


def _complete(collection: Any, stamp: str, count: int) -> bool:
    return (collection.metadata or {}).get("stamp") == stamp and collection.count() == count


def _embedded(passage: Passage) -> str:
    return "\n".join((passage.text, *passage.ways))


def _passage(document: Document) -> Passage:
    data = document.metadata
    return Passage(
        str(document.id),
        data["locator"],
        data["text"],
        data["source"],
        data["authority"],
        tuple(filter(None, data["ways"].split("\n"))),
        tuple(filter(None, data["stands_on"].split("\n"))),
        data["bureau"],
    )
