"""What the documents show is what the program does."""

import re
from pathlib import Path

import pytest

from tests.drawing import OUT, svg, way
from tests.readme import DOCS, README, ROOT, made, place

DOCUMENTS = (README, ROOT / "README.zh.md", *sorted(DOCS.rglob("*.md")))


def test_the_made_parts_are_those_of_today() -> None:
    for path, parts in made().items():
        text = path.read_text("utf-8")
        assert place(text, parts) == text, path.name


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_folder_and_file_it_names_is_there(document: Path) -> None:
    text = document.read_text("utf-8")
    for path in re.findall(r"`((?:bot|knowledge|drafting|prompts|tests|\.ci)/[\w./]*)`", text):
        assert (ROOT / path).exists(), path
    for path in re.findall(r"\]\((?!http|#)([^)#]+)(?:#[^)]*)?\)", text):
        assert (document.parent / path).exists(), path


def test_a_message_goes_the_way_that_is_drawn() -> None:
    assert OUT.read_text("utf-8") == svg(way())


def test_the_readme_stays_short() -> None:
    assert len(README.read_text("utf-8").splitlines()) <= 150
    assert len((ROOT / "README.zh.md").read_text("utf-8").splitlines()) <= 90
