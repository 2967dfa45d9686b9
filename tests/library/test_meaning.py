"""Search by meaning with a real Chroma in a folder of its own and a server of vectors on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from knowledge.library.holdings import Fixed, Scope, merged
from knowledge.library.meaning import Meaning
from knowledge.library.passages import Passage, Scored
from knowledge.library.search import chroma, chroma_folder
from knowledge.library.search.chroma import Collections
from knowledge.library.search.chroma_folder import ChromaError
from knowledge.library.search.embeddings import EmbeddingsError, embeddings
from tests.embedder import Embedder
from tests.hashing import Hashing
from tests.library.shelf import Memory, document

ALL, ONE, OTHER = Scope(), Scope("", "nanjing"), Scope("", "suzhou")


@pytest.fixture(scope="module")
def server() -> Iterator[Embedder]:
    with Embedder() as running:
        yield running


@pytest.fixture
def library() -> Memory:
    held = Memory()
    held.add(document("a"), ["红茶要用沸水冲泡。", "绿茶要用温水冲泡。"])
    held.add(document("b", ONE, valid_until=date(2031, 5, 1)), ["南面的茶馆每周一休息。"])
    held.add(document("c", OTHER), ["东面的茶馆每周二休息。"])
    return held


@pytest.fixture
def leg(server: Embedder, library: Memory, tmp_path: Path) -> Iterator[Meaning]:
    made = Meaning(opener(server, tmp_path), library, {})
    yield made
    made.close()


def opener(server: Embedder, folder: Path, model: str = "hash-1") -> Callable[[], Collections]:
    return lambda: chroma.embedded(folder, embeddings(model, server.url), model)


def found(leg: Meaning, query: str, *scopes: Scope, day: date | None = None) -> list[str]:
    return [one.passage.id for one in leg.near(query, scopes, 5, day)]


def test_each_bureau_finds_its_own_and_only_while_it_holds(leg: Meaning) -> None:
    leg.prepare((ALL, ONE, OTHER))
    assert found(leg, "红茶冲泡", ALL)[0] == "a#1"
    assert "c#1" not in found(leg, "茶馆休息", ALL, ONE)
    assert found(leg, "茶馆休息", ALL, ONE)[0] == "b#1"
    assert "b#1" not in found(leg, "茶馆休息", ALL, ONE, day=date(2031, 5, 2))


def test_only_what_changed_is_sent_to_the_model_again(leg: Meaning, library: Memory, server: Embedder) -> None:
    leg.prepare((ALL,))
    before = server.texts
    library.add(document("d"), ["白茶可以久放。"])
    library.remove("a")
    leg.prepare((ALL,))
    assert server.texts - before == 1
    assert found(leg, "茶", ALL) == ["d#1"]


def test_another_model_fills_the_collection_anew(
    leg: Meaning, library: Memory, server: Embedder, tmp_path: Path
) -> None:
    leg.prepare((ALL,))
    leg.close()
    before = server.texts
    other = Meaning(opener(server, tmp_path, "hash-2"), library, {})
    told: list[int] = []
    other.prepare((ALL,), told.append)
    assert (server.texts - before, sum(told)) == (2, 2)
    assert found(other, "绿茶冲泡", ALL)[0] == "a#2"
    other.close()


@pytest.mark.parametrize("changed", [False, True])
def test_a_model_of_the_same_name_with_longer_vectors_fills_it_anew(
    changed: bool, library: Memory, tmp_path: Path
) -> None:
    short = Meaning(lambda: chroma.embedded(tmp_path, Hashing(64), "hash"), library, {})
    short.prepare((ALL,))
    short.close()
    if changed:
        library.add(document("d"), ["白茶可以久放。"])
    longer = Meaning(lambda: chroma.embedded(tmp_path, Hashing(128), "hash"), library, {})
    longer.prepare((ALL,))
    longer.near("红茶", (ALL,), 1)
    longer.settle()
    assert found(longer, "红茶冲泡", ALL)[0] == "a#1"
    longer.close()


def test_a_second_process_is_told_that_the_folder_is_taken(leg: Meaning, server: Embedder, tmp_path: Path) -> None:
    leg.prepare((ALL,))
    with pytest.raises(ChromaError, match="正被另一个"):
        opener(server, tmp_path)()


def test_a_damaged_folder_is_moved_aside_and_filled_again(
    leg: Meaning, library: Memory, server: Embedder, tmp_path: Path
) -> None:
    leg.prepare((ALL,))
    leg.close()
    database = tmp_path / chroma_folder.NAME / "chroma.sqlite3"
    database.write_bytes(database.read_bytes()[:3000] + b"\xff" * 60000)
    healed = Meaning(opener(server, tmp_path), library, {})
    healed.prepare((ALL,))
    assert found(healed, "红茶冲泡", ALL)[0] == "a#1"
    assert (tmp_path / f"{chroma_folder.NAME}.damaged").is_dir()
    healed.close()


def test_what_is_no_longer_in_the_library_is_not_found_before_the_refill(leg: Meaning, library: Memory) -> None:
    leg.prepare((ALL,))
    library.remove("a")
    library.add(document("d"), ["白茶可以久放。"])
    assert found(leg, "红茶冲泡", ALL) == []
    leg.settle()
    assert found(leg, "红茶冲泡", ALL) == ["d#1"]


def test_a_model_out_of_order_finds_nothing_and_raises_nothing(leg: Meaning, server: Embedder) -> None:
    leg.prepare((ALL,))
    server.broken = True
    assert found(leg, "红茶", ALL) == []
    server.broken = False


@pytest.mark.parametrize(
    ("name", "said"), [("bge", "SHENBAO_MODEL_URL"), ("{folder}", "没有 tokenizer.json"), ("{folder}/no", "不存在")]
)
def test_a_model_that_can_not_be_had_is_one_sentence(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(EmbeddingsError, match=said):
        embeddings(name.format(folder=tmp_path), "")


def test_what_both_rankings_hold_high_comes_first_and_sources_stay_apart() -> None:
    a, b, c = (Scored(Passage(id_, "", id_, "通知"), 1.0) for id_ in "abc")
    assert [one.passage.id for one in merged([[a, b], [b, c]], 3)] == ["b", "a", "c"]
    guide = Scored(Passage("a", "", "另一个a", "指南", "guide"), 1.0)
    assert {one.passage.text for one in merged([[a], [guide]], 3)} == {"a", "另一个a"}
    assert merged([], 3) == []


def test_passages_come_back_whole(server: Embedder, tmp_path: Path) -> None:
    whole = Passage("a", "通知·一", "申报书须加盖公章", "通知", "ruling", ("盖章",), ("通知·一", "通知·二"), "nanjing")
    leg = Meaning(opener(server, tmp_path), None, {ALL: Fixed("1", lambda: [whole])})
    leg.prepare((ALL,))
    assert leg.near("盖公章", (ALL,), 1)[0].passage == whole
    leg.close()
