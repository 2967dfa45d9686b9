"""The house as people find their way in it: no circle of files, few lazy imports, a name a file."""

import ast
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[2]
FLOORS = ("bot", "drafting", "knowledge", "prompts")
FILES = [path for floor in FLOORS for path in sorted((ROOT / floor).rglob("*.py"))]
# Rooms that are named like what they command, keep, show or put on paper.
MIRRORS = ("bot/commands/", "bot/store/", "drafting/word/", "drafting/ooxml/", "knowledge/answers/render/")
# The life, the page and the actions of each thing at a desk.
EACH = ("actions.py", "life.py", "page.py")
MOST_LAZY = 10


def test_no_files_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph(*FLOORS, cache_dir=None)
    needs = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert list(TopologicalSorter(needs).static_order())


def lazy(path: Path) -> list[tuple[int, str]]:
    """The imports within functions or for types alone, each as its line and what stands in it."""
    text = path.read_text("utf-8")
    places = ast.walk(ast.parse(text))
    inside = [
        node
        for place in places
        if isinstance(place, ast.FunctionDef | ast.AsyncFunctionDef)
        or (isinstance(place, ast.If) and "TYPE_CHECKING" in ast.dump(place.test))
        for node in ast.walk(place)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    lines = text.splitlines()
    return sorted({(node.lineno, "\n".join(lines[node.lineno - 2 : node.lineno])) for node in inside})


def test_what_loads_later_is_little_and_says_why() -> None:
    found = [said for path in FILES for _line, said in lazy(path)]
    assert len(found) <= MOST_LAZY
    for said in found:
        assert "# noqa: PLC0415 - " in said or said.lstrip().startswith("#"), said


def test_a_file_has_a_name_of_its_own() -> None:
    named = defaultdict(list)
    for path in FILES:
        if path.name != "__init__.py" and path.name not in EACH:
            named[path.name].append(path.relative_to(ROOT).as_posix())
    twice = {name: paths for name, paths in named.items() if sum(not one.startswith(MIRRORS) for one in paths) > 1}
    assert twice == {}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_file_opens_with_what_it_is_for(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_text("utf-8")))
