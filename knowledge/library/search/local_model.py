"""A model for vectors in a folder of this machine: `model.onnx`, `tokenizer.json` and how to pool, as published."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy
import onnxruntime
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer

from knowledge.library.search.model_folder import model_file, there

BATCH: Final = 16
LONGEST: Final = 512


class LocalModel(Embeddings):
    """Vectors from ONNX Runtime, pooled as the model's own files say; nothing is downloaded."""

    def __init__(self, folder: Path) -> None:
        """Load the model; FileNotFoundError when one of its files is missing, many kinds when one is no good."""
        quiet = onnxruntime.SessionOptions()
        quiet.log_severity_level = 3
        tokenizer = there(folder / "tokenizer.json")
        self._session: Any = onnxruntime.InferenceSession(str(model_file(folder)), quiet, ["CPUExecutionProvider"])
        self._tokenizer: Any = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(_longest(folder))
        self._tokenizer.enable_padding(pad_id=_padding(folder, self._tokenizer))
        self._wanted = {one.name for one in self._session.get_inputs()}
        self._pooling = _pooling(folder)
        self._prompts = _read(folder / "config_sentence_transformers.json").get("prompts") or {}

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """The vectors of texts, in order."""
        return self._vectors([f"{self._prompt('document', 'passage')}{text}" for text in texts])

    def embed_query(self, text: str) -> list[float]:
        """The vector of a question; some models want it introduced."""
        return self._vectors([f"{self._prompt('query')}{text}"])[0]

    def _prompt(self, *names: str) -> str:
        return next((str(self._prompts[one]) for one in names if self._prompts.get(one)), "")

    def _vectors(self, texts: Sequence[str]) -> list[list[float]]:
        found: list[list[float]] = []
        for start in range(0, len(texts), BATCH):
            found += self._batch(texts[start : start + BATCH])
        return found

    def _batch(self, texts: Sequence[str]) -> list[list[float]]:
        read = self._tokenizer.encode_batch(list(texts))
        mask = numpy.array([one.attention_mask for one in read], dtype=numpy.int64)
        given = {
            "input_ids": numpy.array([one.ids for one in read], dtype=numpy.int64),
            "attention_mask": mask,
            "token_type_ids": numpy.array([one.type_ids for one in read], dtype=numpy.int64),
        }
        names = [one.name for one in self._session.get_outputs()]
        ready = "sentence_embedding" in names
        wanted = ["sentence_embedding" if ready else names[0]]
        (out,) = self._session.run(wanted, {name: one for name, one in given.items() if name in self._wanted})
        pooled = out if out.ndim == 2 else _pooled(out, mask, self._pooling)
        lengths = numpy.linalg.norm(pooled, axis=1, keepdims=True)
        return [[float(one) for one in row] for row in pooled / numpy.maximum(lengths, 1e-12)]


def _read(path: Path) -> Mapping[str, Any]:
    return dict(json.loads(path.read_text("utf-8"))) if path.is_file() else {}


def _longest(folder: Path) -> int:
    said = _read(folder / "sentence_bert_config.json").get("max_seq_length")
    return min(int(said or LONGEST), 8192)


def _padding(folder: Path, tokenizer: Any) -> int:
    said = _read(folder / "config.json").get("pad_token_id")
    return int(said if said is not None else tokenizer.token_to_id("[PAD]") or 0)


def _pooling(folder: Path) -> str:
    """How token vectors become one: `cls`, `last` or `mean`."""
    said = _read(folder / "1_Pooling" / "config.json")
    if said.get("pooling_mode_cls_token"):
        return "cls"
    return "last" if said.get("pooling_mode_lasttoken") else "mean"


def _pooled(tokens: Any, mask: Any, how: str) -> Any:
    if how == "cls":
        return tokens[:, 0]
    if how == "last":
        return tokens[numpy.arange(len(tokens)), mask.sum(axis=1) - 1]
    weights = mask[:, :, None].astype(tokens.dtype)
    return (tokens * weights).sum(axis=1) / numpy.maximum(weights.sum(axis=1), 1)
