"""Vectors from an OpenAI-compatible server or a local model, behind LangChain's Embeddings; nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import httpx
from langchain_core.embeddings import Embeddings

from knowledge.library import LibraryError

BATCH: Final = 10  # the least that public services take at once
SECONDS: Final = 20.0


class EmbeddingsError(LibraryError):
    """Vectors can't be had; the text is one Chinese line."""


def embeddings(name: str, url: str, key: str = "") -> Embeddings:
    """The model a setting names: a folder, or a model (`name` or `name@address`) of a server; EmbeddingsError."""
    if Path(name).is_dir():
        return _local(Path(name))
    model, _, own = name.partition("@")
    if not (own or url):
        raise EmbeddingsError("设了 SHENBAO_EMBEDDINGS 却没有 SHENBAO_MODEL_URL：请写上服务地址，或写本机模型的文件夹")
    return Served(model, own or url, key)


def _local(folder: Path) -> Embeddings:
    if not find_spec("sentence_transformers"):
        raise EmbeddingsError(f"用本机模型 {folder.name} 要先安装 sentence-transformers，也可改用向量服务")
    return Local(folder)


class Measured(Embeddings):
    """Another's vectors; `size` is how long they are, 0 until there was one."""

    def __init__(self, inner: Embeddings) -> None:
        self._inner, self.size = inner, 0

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts, in order."""
        found = self._inner.embed_documents(texts)
        self.size = len(found[0]) if found else self.size
        return found

    def embed_query(self, text: str) -> list[float]:
        """The vector of a text."""
        found = self._inner.embed_query(text)
        self.size = len(found)
        return found

    def close(self) -> None:
        """Let go of what is held; the next text takes hold again."""
        if isinstance(self._inner, Served):
            self._inner.close()


class Served(Embeddings):
    """A model of an OpenAI-compatible server: plain texts go out, never token numbers."""

    def __init__(self, model: str, url: str, key: str = "") -> None:
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._model, self._url = model, url.rstrip("/") + "/"
        self._client = self._connection()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts, in order; EmbeddingsError when the server gives none."""
        found: list[list[float]] = []
        for start in range(0, len(texts), BATCH):
            found += self._asked(texts[start : start + BATCH])
        return found

    def embed_query(self, text: str) -> list[float]:
        """The vector of a text."""
        return self._asked([text])[0]

    def close(self) -> None:
        """Let go of the connection; the next text makes another."""
        self._client.close()

    def _connection(self) -> httpx.Client:
        return httpx.Client(base_url=self._url, headers=self._headers, timeout=SECONDS)

    def _asked(self, texts: Sequence[str]) -> list[list[float]]:
        if self._client.is_closed:
            self._client = self._connection()
        try:
            answer = self._client.post("embeddings", json={"model": self._model, "input": list(texts)})
            answer.raise_for_status()
            rows = sorted(answer.json()["data"], key=lambda row: row["index"])
            found = [[float(one) for one in row["embedding"]] for row in rows]
        except (httpx.HTTPError, httpx.InvalidURL, ValueError, KeyError, TypeError) as error:
            raise EmbeddingsError(f"向量服务没有给出结果（{type(error).__name__}），先按字词检索") from error
        if len(found) != len(texts) or not all(found):
            raise EmbeddingsError("向量服务给的结果数目不对，先按字词检索")
        return found


class Local(Embeddings):
    """A model in a folder of this machine, run by sentence-transformers when that is installed."""

    def __init__(self, folder: Path) -> None:
        module: Any = __import__("sentence_transformers")
        self._model = module.SentenceTransformer(str(folder), local_files_only=True)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts, in order."""
        return [[float(one) for one in row] for row in self._model.encode(texts)]

    def embed_query(self, text: str) -> list[float]:
        """The vector of a text."""
        return self.embed_documents([text])[0]
