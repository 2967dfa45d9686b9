"""Chroma behind LangChain: a collection for each scope and model, in a folder of ours or on a server."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, Final

import chromadb
import httpx
from chromadb.errors import InvalidArgumentError, InvalidDimensionException, NotFoundError
from langchain_core.embeddings import Embeddings

from knowledge.library.holdings import Row, Scope
from knowledge.library.passages import Scored
from knowledge.library.search.chroma_folder import ChromaError, Folder, quiet, warm
from knowledge.library.search.chroma_server import SECONDS, alive, login, whole
from knowledge.library.search.embeddings import EmbeddingsError, Measured
from knowledge.library.search.lexical_tables import decode, encode

BATCH: Final = 200
FOREVER: Final = 99999999
# The defaults find nine of ten true neighbours; these find all in collections of this size.
COSINE: Final = {"hnsw": {"space": "cosine", "ef_construction": 400, "ef_search": 400, "max_neighbors": 32}}


class Collections:
    """The collections of one client; whoever holds a folder is the only one who writes there."""

    def __init__(self, client: Any, embeddings: Embeddings, model: str, folder: Folder | None = None) -> None:
        self._client, self._embeddings, self._model, self._folder = client, Measured(embeddings), model, folder

    def stamp(self, scope: Scope) -> str:
        """What a scope's collection was filled from; empty when there is none of this model."""
        collection = self._collection(scope)
        return str(collection.metadata.get("stamp", "")) if collection and self._fits(collection.metadata) else ""

    def fill(self, scope: Scope, stamp: str, rows: Callable[[], Iterable[Row]], report: Callable[[int], None]) -> None:
        """Bring a scope's collection up to date: only what changed is sent to the model; another model's is dropped."""
        with self._writing():
            self._drop_others(scope)
            try:
                self._filled(scope, stamp, rows(), report)
            except (InvalidArgumentError, InvalidDimensionException):
                # The same name stands for another model now: vectors of another length don't go in.
                self._dropped(scope)
                self._filled(scope, stamp, rows(), report)

    def forget(self, scope: Scope) -> None:
        """Drop a scope's collection."""
        with self._writing():
            self._dropped(scope)

    def near(
        self, vector: Sequence[float], scope: Scope, stamp: str, top: int, day: date | None
    ) -> list[Scored] | None:
        """The passages of a scope nearest to a vector that hold on a day; None when it wasn't filled from `stamp`."""
        collection = self._collection(scope)
        if collection is None or collection.metadata.get("stamp") != stamp or not self._fits(collection.metadata):
            return None
        where: Any = {"until": {"$gte": int(day.strftime("%Y%m%d"))}} if day else None
        found = collection.query([list(vector)], n_results=top, where=where, include=["metadatas", "distances"])
        pairs = zip(found["metadatas"][0], found["distances"][0], strict=True)
        return [Scored(decode(one["passage"]), round(1 - distance, 4)) for one, distance in pairs]

    def examine(self) -> None:
        """Nothing while the folder is as it was left; ChromaError when somebody else touched it."""
        if self._folder is not None and self._folder.touched:
            raise ChromaError("向量文件夹被别的程序动过，正在检查，先按字词检索")

    def vector(self, query: str) -> list[float]:
        """The vector of a query; EmbeddingsError when the model gives none."""
        return self._embeddings.embed_query(query)

    def settle(self) -> None:
        """Let Chroma finish its files, and seal them."""
        if self._folder is not None:
            warm(self._client)
            self._folder.seal()

    def close(self) -> None:
        """Let others use the folder."""
        if self._folder is None:
            _disconnect(self._client)
        self._client.close()
        self._embeddings.close()
        if self._folder is not None:
            self._folder.close()

    def _filled(self, scope: Scope, stamp: str, rows: Iterable[Row], report: Callable[[int], None]) -> None:
        known = self._collection(scope)
        if known is not None and not self._fits(known.metadata):
            self._dropped(scope)
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
        size = self._embeddings.size or (collection.metadata or {}).get("size", 0)
        collection.modify(metadata={"model": self._model, "stamp": stamp, "size": size})

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Files change in the block; what a missing model left undone is whole all the same."""
        if self._folder is not None:
            self._folder.unseal()
        try:
            yield
        except EmbeddingsError:
            self.settle()
            raise
        self.settle()

    def _fits(self, said: Mapping[str, Any]) -> bool:
        own = self._embeddings.size
        return bool(said.get("model") == self._model and (not own or said.get("size") in (own, 0, None)))

    def _collection(self, scope: Scope) -> Any:
        with suppress(NotFoundError):
            return self._client.get_collection(self._name(scope), embedding_function=None)
        return None

    def _name(self, scope: Scope) -> str:
        return f"{_prefix(scope)}-{_short(self._model)}"

    def _store(self, scope: Scope) -> Any:
        from langchain_chroma import Chroma  # noqa: PLC0415 - a third of a second that only filling is worth

        return Chroma(
            collection_name=self._name(scope),
            embedding_function=self._embeddings,
            client=self._client,
            collection_metadata={"model": self._model, "stamp": ""},
            collection_configuration=COSINE,  # type: ignore[arg-type]
        )

    def _dropped(self, scope: Scope) -> None:
        with suppress(NotFoundError):
            self._client.delete_collection(self._name(scope))

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
    try:
        return Collections(_connected(url), embeddings, model)
    except Exception as error:
        raise ChromaError(f"连不上 Chroma 服务（{type(error).__name__}），先按字词检索") from error


def embedded(data: Path, embeddings: Embeddings, model: str) -> Collections:
    """The collections in the data folder, for this process alone; what is damaged is moved aside. ChromaError."""
    folder = Folder(data)
    try:
        folder.unseal()
        client: Any = chromadb.PersistentClient(str(folder.path), settings=quiet())
        opened = Collections(client, embeddings, model, folder)
        try:
            opened.settle()
        except BaseException:
            client.close()
            raise
        return opened
    except BaseException:
        folder.close()
        raise


def _connected(url: str) -> Any:
    """A client of the server; an exception of many kinds when there is none."""
    alive(url)
    parts = whole(url)
    client: Any = chromadb.HttpClient(
        parts.hostname or "", parts.port or 443, parts.scheme == "https", login(parts), quiet()
    )
    for session in _sessions(client):
        # chromadb sets no limit of its own: a server that hangs would hold every question.
        session.timeout = SECONDS
    return client


def _disconnect(client: Any) -> None:
    """Close a client's connections, which its own `close` leaves open."""
    for session in _sessions(client):
        session.close()


def _sessions(client: Any) -> tuple[httpx.Client, ...]:
    return client._server._session, client._admin_client._server._session
