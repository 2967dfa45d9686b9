"""The table of abuse cases: each has tests that are there, or a reason why it has none."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "bot/docs/decisions/abuse.md"
ROW = re.compile(r"^\| (\d+)\. (.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
CASES = [*range(1, 16)]


def rows() -> dict[int, str]:
    """What stands in the last column of each case."""
    return {int(number): shown for number, _case, _holds, shown in ROW.findall(TABLE.read_text("utf-8"))}


def names_in(path: Path) -> set[str]:
    """The names of a file's tests, without running any of it."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)}


def test_every_case_is_there_once_and_in_order() -> None:
    assert [int(number) for number, *_ in ROW.findall(TABLE.read_text("utf-8"))] == CASES


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_shown_by_tests_that_exist_or_says_why_by_none(case: int) -> None:
    shown = rows()[case]
    named = NAMED.findall(shown)
    assert named or shown.startswith("none: "), "neither tests nor a reason"
    if named:
        assert NAMED.sub("", shown).strip() == "", "something that is no test"
    for file, name in named:
        assert (ROOT / file).is_file() and name in names_in(ROOT / file), f"{file}::{name}"
