"""Chroma for real, in a temporary folder, with vectors that need no model; and LangChain's seams."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.adapters import lexical_index
from knowledge.adapters.hashing import HashingEmbeddings
from knowledge.adapters.retriever import PassageRetriever
from knowledge.adapters.vectors import BusyError, VectorIndex, sound
from knowledge.fusion import fused
from knowledge.lexical import query_terms
from knowledge.passages import Passage, Scored

PASSAGES = [
    Passage("a", "通知·一", "申报书须加盖公章", "通知", "province", ("盖章",), (), "nanjing"),
    Passage("b", "通知·二", "电子版发送至邮箱", "通知"),
    Passage("c", "", "必选任务共8项", "通知", "fact", (), ("通知·一", "通知·二")),
]


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[VectorIndex]:
    embeddings = HashingEmbeddings(256)
    index = VectorIndex(tmp_path, embeddings, embeddings.name)
    yield index
    index.close()


def test_passages_come_back_whole_and_nearest_first(vectors: VectorIndex) -> None:
    assert vectors.fill(PASSAGES, "one")
    found = vectors.search("盖公章", 2)
    assert found[0].passage == PASSAGES[0]
    assert found[0].score > found[1].score
    assert vectors.search("必选任务", 1)[0].passage == PASSAGES[2]


def test_what_is_there_is_not_made_again(vectors: VectorIndex) -> None:
    assert vectors.fill(PASSAGES, "one")
    assert not vectors.fill(PASSAGES, "one")
    assert vectors.fill(PASSAGES[:2], "two")
    assert len(vectors.search("任务", 5)) == 2


def test_a_bureau_sees_its_own_collection_only(vectors: VectorIndex) -> None:
    vectors.fill(PASSAGES[:1], "one", "nanjing")
    vectors.fill(PASSAGES[1:2], "one", "suzhou")
    assert [one.passage.id for one in vectors.search("公章邮箱", 5, "nanjing")] == ["a"]
    assert [one.passage.id for one in vectors.search("公章邮箱", 5, "suzhou")] == ["b"]
    assert vectors.collection("nanjing").isascii()


def test_a_second_holder_is_turned_away(vectors: VectorIndex, tmp_path: Path) -> None:
    with pytest.raises(BusyError, match="另一个进程"):
        VectorIndex(tmp_path, HashingEmbeddings(256), "hashing-256")


def test_a_damaged_store_is_thrown_away(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (store / "chroma.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\xff" * 9000)
    assert not sound(store)
    index = VectorIndex(tmp_path, HashingEmbeddings(256), "hashing-256")
    assert index.fill(PASSAGES, "one")
    assert sound(store)
    index.close()


def test_hashed_vectors_are_unit_and_repeatable() -> None:
    embeddings = HashingEmbeddings(64)
    assert embeddings.embed_documents(["公章"]) == [embeddings.embed_query("公章")]
    assert sum(value * value for value in embeddings.embed_query("公章")) == pytest.approx(1)
    assert embeddings.embed_query("")[0] == 1.0


def test_a_retriever_gives_documents(vectors: VectorIndex) -> None:
    vectors.fill(PASSAGES, "one")
    lexical = lexical_index.in_memory(PASSAGES)

    def search(query: str, top: int) -> list[Scored]:
        return fused([lexical.search(query_terms(query), top), vectors.search(query, top)], top)

    documents = PassageRetriever(search=search, top=2).invoke("加盖公章")
    assert documents[0].id == "a"
    assert documents[0].metadata["locator"] == "通知·一"


def test_fusion_prefers_what_both_rank_high() -> None:
    a, b, c = (Scored(one, 1.0) for one in PASSAGES)
    assert [one.passage.id for one in fused([[a, b], [b, c]], 3)] == ["b", "a", "c"]
    assert fused([], 3) == []
