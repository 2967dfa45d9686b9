"""Shelves: what is added is found, by whom it may be found, and what a crash or damage leaves."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from knowledge.answers.background import Background, Wanted
from knowledge.library.holdings import Scope
from knowledge.library.passages import Passage
from knowledge.library.search import lexical_index
from knowledge.library.search.postings import Field, Posting
from knowledge.library.search.scoring import best
from knowledge.library.shelves import Shelves, file_name
from tests.library.shelf import Memory, document

ALL, ONE, OTHER, TEA = Scope(), Scope("", "nanjing"), Scope("", "suzhou"), Scope("tea")


@pytest.fixture
def library() -> Memory:
    return Memory()


def found(shelves: Shelves, query: str, bureau: str = "", collection: str = "", today: date | None = None) -> list[str]:
    desk = Background(lexical_index.in_memory(()), shelves)
    return [one.passage.id for one in desk.search(Wanted(query, (), collection, bureau, today), 20)]


def test_only_the_asked_bureau_and_collection_are_looked_at(library: Memory, tmp_path: Path) -> None:
    for id_, scope in (("all", ALL), ("one", ONE), ("other", OTHER), ("tea", TEA)):
        library.add(document(id_, scope), ["茶馆几点开门"])
    shelves = Shelves(library, tmp_path)
    assert found(shelves, "茶馆") == ["all#1"]
    assert sorted(found(shelves, "茶馆", "nanjing")) == ["all#1", "one#1"]
    assert sorted(found(shelves, "茶馆", "suzhou")) == ["all#1", "other#1"]
    assert found(shelves, "茶馆", "nanjing", "tea") == ["tea#1"]
    assert found(shelves, "茶馆", "nanjing", "coffee") == []


def test_what_no_longer_holds_is_not_found_however_well_it_fits(library: Memory) -> None:
    library.add(document("old", valid_until=date(2031, 1, 31)), ["茶馆茶馆茶馆"] * 50)
    library.add(document("new"), ["茶馆改到九点开门"])
    shelves = Shelves(library, None)
    assert "old#1" in found(shelves, "茶馆", today=date(2031, 1, 31))
    assert found(shelves, "茶馆", today=date(2031, 2, 1)) == ["new#1"]


def test_adding_replacing_and_removing_one_by_one_is_as_all_at_once(library: Memory, tmp_path: Path) -> None:
    shelves = Shelves(library, tmp_path)
    for number in range(40):
        library.add(document(f"d{number}"), [f"茶样{number}号有{'花香' * (number % 3)}", "冲泡"])
        shelves.refresh(ALL)
    for number in range(0, 40, 4):
        library.remove(f"d{number}")
        shelves.refresh(ALL)
    fresh = Shelves(library, None)
    for query in ("花香", "茶样7号", "冲泡"):
        assert set(found(shelves, query)) == set(found(fresh, query)) or len(found(fresh, query)) == 20
    assert "d4#1" not in found(shelves, "茶样4号")
    assert found(shelves, "茶样7号")[0] == "d7#1"


def test_a_crash_in_the_middle_leaves_the_old_index(library: Memory, tmp_path: Path) -> None:
    library.add(document("a"), ["红茶"])
    Shelves(library, tmp_path).refresh(ALL)
    library.add(document("b"), ["绿茶"] * 3)

    class Broken(Memory):
        def passages(self, document: str) -> Iterable[Passage]:
            yield next(iter(library.passages(document)))
            raise KeyboardInterrupt

    broken = Broken()
    broken.kept, broken.revisions = library.kept, library.revisions
    with pytest.raises(KeyboardInterrupt):
        Shelves(broken, tmp_path).refresh(ALL)
    index = lexical_index.growing(tmp_path / f"{file_name(ALL)}.sqlite")
    assert [one.passage.id for one in index.search(["红", "茶", "绿"], 5)] == ["a#1"]
    index.close()
    assert "b#1" in found(Shelves(library, tmp_path), "绿茶")


def test_while_another_process_adds_the_old_index_answers_at_once(library: Memory, tmp_path: Path) -> None:
    library.add(document("a"), ["红茶"])
    shelves = Shelves(library, tmp_path)
    assert found(shelves, "红茶") == ["a#1"]
    other = sqlite3.connect(tmp_path / f"{file_name(ALL)}.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    library.add(document("b"), ["红茶两种"])
    assert found(shelves, "红茶") == ["a#1"]
    other.execute("ROLLBACK")
    other.close()
    assert sorted(found(shelves, "红茶")) == ["a#1", "b#1"]


@pytest.mark.parametrize("place", [0, 30, 5000])
def test_damage_is_mended_from_the_library(library: Memory, tmp_path: Path, place: int) -> None:
    library.add(document("a"), [f"红茶第{number}种" for number in range(200)])
    shelves = Shelves(library, tmp_path)
    shelves.refresh(ALL)
    shelves.close()
    file = tmp_path / f"{file_name(ALL)}.sqlite"
    raw = file.read_bytes()
    file.write_bytes(raw[:place] + b"\xff" * (len(raw) - place))
    assert "a#8" in found(Shelves(library, tmp_path), "红茶第7种")


def test_many_are_scored_as_few_are() -> None:
    from array import array  # noqa: PLC0415
    from random import Random  # noqa: PLC0415

    import numpy  # noqa: F401, PLC0415 - once it is there, it is used

    random = Random(4)
    lengths = array("H", [random.randint(20, 90) for _ in range(3000)])
    terms = []
    for share in (0.002, 0.01, 0.2, 0.6, 0.95):
        places = [at for at in range(3000) if random.random() < share]
        counts = bytes(random.randint(1, 4) for _ in places)
        terms.append([Posting(0, array("H", places).tobytes(), counts)])
    field = Field(lengths, sum(lengths), ((100, 200), (2500, 3000)))
    from knowledge.language.terms import rarity  # noqa: PLC0415
    from knowledge.library.search import scoring  # noqa: PLC0415

    weighed = sorted(((rarity(len(one[0].counts), 3000) * 2.2, one) for one in terms), key=lambda one: -one[0])
    plain = scoring._plain(weighed, field, 10)
    quick = best(terms, field, 10)
    assert [at for at, _ in quick] == [at for at, _ in plain]
    assert [score for _, score in quick] == pytest.approx([score for _, score in plain], rel=1e-4)
