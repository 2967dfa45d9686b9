"""The engines that are compared, each made from texts and asked for the numbers of the best ten."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from knowledge.answers import engine, lexicon
from knowledge.language.normal import folded, normalise
from knowledge.language.terms import query_terms, terms

Ask = Callable[[str], list[int]]
TOP = 10


def ours(texts: Iterable[str]) -> Ask:
    """Our postings in SQLite, as `docs add` makes them."""
    from knowledge.library.passages import Passage  # noqa: PLC0415
    from knowledge.library.search import lexical_index  # noqa: PLC0415
    from knowledge.library.search.lexical_tables import Entry  # noqa: PLC0415

    index = lexical_index.growing(Path(tempfile.mkdtemp()) / "index.sqlite")
    passages = (Passage(str(number), "", text, "") for number, text in enumerate(texts))
    with index.writing():
        index.change([Entry("all", "", "", passages)], [], "1")
    dropped = lexicon.read([engine.HERE / "words.toml"]).dropped
    return lambda query: [int(one.passage.id) for one in index.search(query_terms(normalise(query), dropped), TOP)]


def fts5(texts: Iterable[str]) -> Ask:
    """SQLite's FTS5 over the same terms, told apart by spaces."""
    database = sqlite3.connect(Path(tempfile.mkdtemp()) / "fts.sqlite")
    database.execute("CREATE VIRTUAL TABLE f USING fts5(t, content='', tokenize=\"unicode61 remove_diacritics 0\")")
    rows = ((number, " ".join(terms(folded(text)))) for number, text in enumerate(texts))
    database.executemany("INSERT INTO f(rowid, t) VALUES (?, ?)", rows)
    database.commit()
    dropped = lexicon.read([engine.HERE / "words.toml"]).dropped

    def ask(query: str) -> list[int]:
        wanted = " OR ".join(f'"{one}"' for one in query_terms(normalise(query), dropped))
        found = database.execute("SELECT rowid FROM f WHERE f MATCH ? ORDER BY rank LIMIT ?", (wanted, TOP))
        return [row[0] for row in found]

    return ask


def bm25s(texts: Iterable[str]) -> Ask:
    """bm25s over characters and bigrams."""
    import bm25s as library  # type: ignore[import-not-found]  # noqa: PLC0415

    index = library.BM25(k1=1.2, b=0.75)
    index.index([terms(folded(text)) for text in texts], show_progress=False)
    dropped = lexicon.read([engine.HERE / "words.toml"]).dropped

    def ask(query: str) -> list[int]:
        found, _ = index.retrieve([query_terms(normalise(query), dropped)], k=TOP, show_progress=False)
        return [int(one) for one in found[0]]

    return ask


def tantivy(texts: Iterable[str]) -> Ask:
    """tantivy over the same terms, told apart by spaces."""
    import tantivy as library  # type: ignore[import-not-found]  # noqa: PLC0415

    builder = library.SchemaBuilder()
    builder.add_integer_field("n", stored=True)
    builder.add_text_field("t", tokenizer_name="whitespace")
    schema = builder.build()
    index = library.Index(schema, path=tempfile.mkdtemp())
    writer = index.writer(heap_size=100_000_000, num_threads=1)
    for number, text in enumerate(texts):
        writer.add_document(library.Document(n=number, t=" ".join(terms(folded(text)))))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    dropped = lexicon.read([engine.HERE / "words.toml"]).dropped

    def ask(query: str) -> list[int]:
        wanted = [
            (library.Occur.Should, library.Query.term_query(schema, "t", one))
            for one in query_terms(normalise(query), dropped)
        ]
        hits = searcher.search(library.Query.boolean_query(wanted), TOP).hits
        return [searcher.doc(place)["n"][0] for _, place in hits]

    return ask


def langchain_bm25(texts: Iterable[str]) -> Ask:
    """LangChain's BM25Retriever with jieba's words."""
    import jieba  # type: ignore[import-not-found]  # noqa: PLC0415
    from langchain_community.retrievers import BM25Retriever  # type: ignore[import-not-found]  # noqa: PLC0415

    held = list(texts)
    metadata: list[dict[str, Any]] = [{"n": number} for number in range(len(held))]
    retriever = BM25Retriever.from_texts(held, metadata, preprocess_func=jieba.lcut, k=TOP)
    return lambda query: [one.metadata["n"] for one in retriever.invoke(query)]


def langchain_chroma(texts: Iterable[str]) -> Ask:
    """LangChain with Chroma in the process, vectors hashed from characters and bigrams: no model's time in it."""
    import chromadb  # noqa: PLC0415
    from chromadb.config import Settings  # noqa: PLC0415
    from langchain_chroma import Chroma  # noqa: PLC0415

    from tests.hashing import Hashing  # noqa: PLC0415

    client = chromadb.PersistentClient(tempfile.mkdtemp(), settings=Settings(anonymized_telemetry=False))
    store = Chroma("bench", Hashing(), client=client)
    batch: list[str] = []
    for number, text in enumerate(texts):
        batch.append(text)
        if len(batch) == 1000:
            store.add_texts(batch, ids=[str(number - 999 + place) for place in range(1000)])
            batch = []
    if batch:
        store.add_texts(batch, ids=[str(number - len(batch) + 1 + place) for place in range(len(batch))])
    return lambda query: [int(one.id or -1) for one in store.similarity_search(query, TOP)]


ENGINES: dict[str, Callable[[Iterable[str]], Ask]] = {
    "ours": ours,
    "LangChain BM25 + jieba": langchain_bm25,
    "LangChain + Chroma, hashing": langchain_chroma,
    "FTS5": fts5,
    "bm25s": bm25s,
    "tantivy": tantivy,
}
