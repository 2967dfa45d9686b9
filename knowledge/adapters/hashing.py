"""Vectors without a model: characters and bigrams hashed into a fixed number of places, cosine-ready."""

from __future__ import annotations

import math
from collections import Counter
from zlib import crc32

from langchain_core.embeddings import Embeddings

from knowledge.lexical import terms
from knowledge.normal import normalise


class HashingEmbeddings(Embeddings):
    """Deterministic embeddings that need no download; `name` goes into the name of the collection."""

    def __init__(self, places: int = 1024) -> None:
        self.places = places
        self.name = f"hashing-{places}"

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """A unit vector for every text."""
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        """The unit vector of a text; a text without a term points along the first place."""
        vector = [0.0] * self.places
        for term, count in Counter(terms(normalise(text))).items():
            code = crc32(term.encode())
            vector[code % self.places] += (1 if code & 1 << 31 else -1) * (1 + math.log(count)) * len(term)
        length = math.sqrt(sum(value * value for value in vector))
        if not length:
            return [1.0] + [0.0] * (self.places - 1)
        return [value / length for value in vector]
