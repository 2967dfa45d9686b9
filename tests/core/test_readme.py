"""What the README shows is what the program does."""

import re

from tests.readme import README, made, place


def test_the_made_parts_are_those_of_today() -> None:
    text = README.read_text("utf-8")
    assert place(text, made()) == text


def test_every_folder_and_file_it_names_is_there() -> None:
    root = README.parent
    for path in re.findall(r"`((?:bot|knowledge|drafting|prompts|tests|\.ci)/[\w./]*)`", README.read_text("utf-8")):
        assert (root / path).exists(), path
    for path in re.findall(r"\]\((?!http|#)([^)]+)\)", README.read_text("utf-8")):
        assert (root / path).exists(), path
