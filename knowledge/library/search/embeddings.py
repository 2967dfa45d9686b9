"""Vectors from an OpenAI-compatible server or a local model, behind LangChain's Embeddings; nothing is downloaded."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

import httpx
from langchain_core.embeddings import Embeddings

from knowledge.library.holdings import LibraryError
from knowledge.library.search import model_folder
from knowledge.library.search.local_model import LocalModel

BATCH: Final = 10  # the least that public services take at once
SECONDS: Final = 20.0


class EmbeddingsError(LibraryError):
    """Vectors can't be had; the text is one Chinese line."""


def embeddings(name: str, url: str, key: str = "") -> Embeddings:
    """The model a setting names: a folder, or a model (`name` or `name@address`) of a server; EmbeddingsError."""
    if folder := _folder(name):
        return _local(folder)
    model, _, own = name.partition("@")
    if not (own or url):
        raise EmbeddingsError("设了 SHENBAO_EMBEDDINGS 却没有 SHENBAO_MODEL_URL：请写上服务地址，或写本机模型的文件夹")
    return Served(model, own or url, key)


def identity(name: str) -> str:
    """What stands for the model a setting names: its name, for a folder also what lies in it now."""
    folder = _folder(name)
    with suppress(OSError):
        return model_folder.identity(folder) if folder else name
    return name


def _folder(name: str) -> Path | None:
    path = Path(name).expanduser()
    if not path.is_dir() and name.startswith(("/", "./", "../", "~")):
        raise EmbeddingsError(f"向量模型的文件夹 {name} 不存在：请检查 SHENBAO_EMBEDDINGS")
    return path if path.is_dir() else None


def _local(folder: Path) -> Embeddings:
    try:
        return LocalModel(folder)
    except FileNotFoundError as error:
        lacking = f"向量模型的文件夹 {folder.name} 里没有 {error}：要有 model.onnx 和 tokenizer.json"
        raise EmbeddingsError(lacking) from error
    except Exception as error:
        # ONNX Runtime and tokenizers raise what they like at a file that is no good.
        raise EmbeddingsError(f"向量模型 {folder.name} 打不开（{type(error).__name__}），文件可能不完整") from error


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
