"""Damage to the folder of vectors: the process lives, words answer, and the folder is made anew. `make soak` has all."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from knowledge.library.search.chroma_folder import NAME
from tests.damage import FILE, FOLDER, nobody
from tests.library.damaged import Case


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(tmp_path_factory.mktemp("whole"), 40)


def file(case: Case, name: str) -> str:
    return next(one for one in case.files if one.endswith(name))


@pytest.mark.parametrize("name", ["chroma.sqlite3", "data_level0.bin", "header.bin"])
@pytest.mark.parametrize("kind", [one for one in FILE if one != "unreadable"])
def test_a_damaged_file_is_seen_before_chroma_opens_it(case: Case, kind: str, name: str, tmp_path: Path) -> None:
    data = case.copied(tmp_path / "data")
    assert case.at_rest(data, kind, file(case, name), Random(7)) == ""
    assert (data / f"{NAME}.damaged").is_dir()


@pytest.mark.parametrize("name", ["chroma.sqlite3", "data_level0.bin"])
@pytest.mark.parametrize("kind", ["header", "flipped", "missing"])
def test_damage_under_a_running_process_is_mended_by_it(case: Case, kind: str, name: str, tmp_path: Path) -> None:
    assert case.live(case.copied(tmp_path / "data"), kind, file(case, name), Random(7)) == ""


@pytest.mark.parametrize("kind", [one for one in FOLDER if one != "unreadable"])
def test_a_folder_that_is_gone_is_made_again(case: Case, kind: str, tmp_path: Path) -> None:
    assert case.at_rest(case.copied(tmp_path / "a"), kind, "", Random(7)) == ""
    assert case.live(case.copied(tmp_path / "b"), kind, "", Random(7)) == ""


def test_after_a_kill_in_the_middle_of_writing_a_process_of_its_own_looks_first(case: Case, tmp_path: Path) -> None:
    data = case.copied(tmp_path / "data", sealed=False)
    assert case.at_rest(data, "foreign", "chroma.sqlite3", Random(7)) == ""
    assert (data / f"{NAME}.damaged").is_dir()


def test_a_kill_alone_costs_nothing(case: Case, tmp_path: Path) -> None:
    data = case.copied(tmp_path / "data", sealed=False)
    leg = case.leg(data)
    leg.prepare_all(lambda _: pytest.fail("filled again"))
    assert case.found(leg) == case.expected
    leg.close()


def test_a_file_that_may_not_be_read_is_made_again(case: Case, tmp_path: Path) -> None:
    for path in (tmp_path, *tmp_path.parents[:3]):
        path.chmod(path.stat().st_mode | 0o111)
    data = case.copied(tmp_path / "data")
    with nobody(data):
        assert case.at_rest(data, "unreadable", "chroma.sqlite3", Random(7)) == ""
        assert (data / f"{NAME}.damaged").is_dir()
