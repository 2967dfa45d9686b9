"""Vectors without a model: characters and bigrams hashed into a few numbers; for tests and the bench."""

from __future__ import annotations

import math
import zlib

from langchain_core.embeddings import Embeddings

from knowledge.language.normal import folded
from knowledge.language.terms import terms


class Hashing(Embeddings):
    """Cosine of two vectors is about the share of common terms."""

    def __init__(self, size: int = 256) -> None:
        self._size = size

    def embed_query(self, text: str) -> list[float]:
        vector = [0.0] * self._size
        for term in terms(folded(text)):
            vector[zlib.crc32(term.encode()) % self._size] += 1.0
        length = math.sqrt(sum(one * one for one in vector)) or 1.0
        return [one / length for one in vector] if any(vector) else [1.0, *vector[1:]]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]
