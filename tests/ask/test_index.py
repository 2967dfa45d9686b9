"""The lexical index is a cache: missing, damaged, stale or unwritable, questions are answered all the same."""

import sqlite3
from pathlib import Path

import pytest

from knowledge.answers.engine import AnswerEngine
from knowledge.call.pack import Pack
from knowledge.language.terms import query_terms
from knowledge.library.passages import Passage
from knowledge.library.search import lexical_index, lexical_tables
from tests.furnished import furnished

PASSAGES = [Passage(str(place), "", text, "来源") for place, text in enumerate(["盖公章", "寄邮箱", "公章复印无效"])]


def answered(pack: Pack, data: Path) -> bool:
    desk = AnswerEngine.open(pack, data)
    text = desk.ask("截止时间？").text
    desk.close()
    return "4月3日" in text


def test_it_is_built_once_and_used_again(shipped: Pack, tmp_path: Path) -> None:
    assert answered(shipped, tmp_path)
    path = tmp_path / "index" / f"{shipped.call.call.id}.sqlite"
    before = path.stat().st_mtime_ns
    assert answered(shipped, tmp_path)
    assert path.stat().st_mtime_ns == before


@pytest.mark.parametrize("damage", [b"", b"not a database", b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_damaged_index_is_rebuilt(damage: bytes, shipped: Pack, tmp_path: Path) -> None:
    path = furnished(tmp_path) / "index" / f"{shipped.call.call.id}.sqlite"
    path.write_bytes(damage)
    assert answered(shipped, tmp_path)
    assert path.read_bytes() != damage


def test_a_torn_index_is_rebuilt_when_it_shows(shipped: Pack, tmp_path: Path) -> None:
    path = furnished(tmp_path) / "index" / f"{shipped.call.call.id}.sqlite"
    path.write_bytes(path.read_bytes()[:4096])
    assert answered(shipped, tmp_path)


def test_an_index_of_something_else_is_not_used(tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite"
    lexical_index.build(path, PASSAGES, "one").close()
    assert lexical_index.opened_at(path, "two") is None
    assert lexical_index.opened_at(tmp_path / "none", "one") is None


def test_a_folder_that_is_a_file_leaves_the_index_in_memory(shipped: Pack, tmp_path: Path) -> None:
    (tmp_path / "data").write_text("in the way")
    assert answered(shipped, tmp_path / "data")


def test_a_failed_build_leaves_the_old_index(tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite"
    lexical_index.build(path, PASSAGES, "one").close()

    def broken() -> list[Passage]:
        raise ValueError("torn")

    with pytest.raises(ValueError, match="torn"):
        lexical_index.build(path, (one for one in broken()), "two")
    assert [one.name for one in tmp_path.iterdir()] == ["i.sqlite"]
    assert lexical_index.opened_at(path, "one") is not None


def test_equals_stand_in_their_order_and_nothing_is_found_for_nothing() -> None:
    index = lexical_index.in_memory(PASSAGES)
    assert [one.passage.id for one in index.search(query_terms("公章无效"), 3)] == ["2", "0"]
    assert index.search(query_terms("zzz"), 3) == []


def test_segments_are_read_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lexical_tables, "SEGMENT", 1)
    index = lexical_index.in_memory(PASSAGES, "", {"key": b"value"})
    assert [one.passage.id for one in index.search(query_terms("公章"), 3)] == ["0", "2"]
    assert index.extra("key") == b"value"


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "i.sqlite"
    sqlite3.connect(path).execute("CREATE TABLE x(y)").connection.close()
    assert lexical_index.opened_at(path, "one") is None
