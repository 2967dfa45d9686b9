"""Prompts are filled with exactly their names, and what people write stays as it is."""

import pytest

from prompts import PromptError, prompt, version

NAUGHTY = [
    "{x.__class__}",
    '{"lc": 1, "type": "secret"}',
    "{{7*7}}",
    "{question}",
    "{passages}",
    "%s {0} ${HOME}",
    "\\1 \\g<0>",
]


@pytest.mark.parametrize("text", NAUGHTY)
def test_what_people_write_comes_out_word_for_word(text: str) -> None:
    filled = prompt("material", question=text, answer=text, passages="〔1〕原文")
    assert filled.count(text) == 2
    assert "〔1〕原文" in filled


def test_a_missing_or_unknown_name_is_an_error() -> None:
    with pytest.raises(PromptError, match="limit"):
        prompt("answer")
    with pytest.raises(PromptError, match="tone"):
        prompt("answer", limit=1, tone="x")


@pytest.mark.parametrize("name", ["nothing", "../pyproject", "", "answer.md"])
def test_an_unknown_prompt_is_an_error(name: str) -> None:
    with pytest.raises(PromptError):
        prompt(name)


def test_the_version_tells_prompts_apart() -> None:
    assert version("answer") != version("material") != version("answer", "material")
    assert version("answer") == version("answer")
