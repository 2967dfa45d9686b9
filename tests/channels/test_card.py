"""The progress card: drawn where a font can write it, left out where none can, sent where pictures are seen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bot.interview.show import progress_card
from bot.outside.painting import GOOD, OPEN, drawn, font
from bot.turn.card import Card
from drafting.form.draft import Draft
from tests.commands import rows, shenbao
from tests.word.drafts import example
from tests.word.test_roundtrip import PACKS

WRITES = pytest.mark.skipif(not font()[0], reason="no font with Chinese is installed")


def colours(path: Path) -> set[tuple[int, ...]]:
    with Image.open(path) as picture:
        found = picture.convert("RGB").getcolors(1 << 20) or []
    return {colour for _count, colour in found if isinstance(colour, tuple)}


def near(found: set[tuple[int, ...]], wanted: str) -> bool:
    red, green, blue = (int(wanted[place : place + 2], 16) for place in (1, 3, 5))
    return any(abs(one[0] - red) + abs(one[1] - green) + abs(one[2] - blue) < 24 for one in found)


@WRITES
def test_a_part_that_is_done_looks_otherwise_than_one_begun(tmp_path: Path) -> None:
    begun = drawn(Card("虚构联合体", [("一、基本信息", 5, 11), ("八、推荐单位意见", 0, 0)]), tmp_path / "a.png")
    done = drawn(Card("虚构联合体", [("一、基本信息", 11, 11)], "都填好了"), tmp_path / "b.png")
    assert begun and done
    assert (near(colours(begun), OPEN), near(colours(begun), GOOD)) == (True, False)
    assert (near(colours(done), OPEN), near(colours(done), GOOD)) == (False, True)


@WRITES
def test_a_name_without_end_stays_on_the_card(tmp_path: Path) -> None:
    path = drawn(Card("长" * 300, [("一、" + "长" * 300, 1, 2)], "长" * 300), tmp_path / "a.png")
    assert path
    with Image.open(path) as picture:
        edge = picture.convert("RGB").crop((picture.width - 8, 0, picture.width, picture.height))
        assert edge.getcolors() == [(8 * picture.height, (255, 255, 255))]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without any font that has Chinese."""
    monkeypatch.setenv("PATH", "")
    font.cache_clear()
    yield
    font.cache_clear()


def test_without_a_font_there_is_no_card(bare: None, tmp_path: Path) -> None:
    assert drawn(Card("虚构联合体", [("一、基本信息", 5, 11)]), tmp_path / "a.png") is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", PACKS)
def test_the_card_says_what_the_words_say(name: str) -> None:
    call = PACKS[name].call
    empty, full = progress_card(Draft(), call), progress_card(example(call), call)
    assert empty.title == call.call.short_title
    assert [label for label, _done, _of in empty.rows] == [f"{one.number}、{one.title}" for one in call.sections]
    assert full.title == example(call).fields[call.cover[0]]
    assert sum(done for _label, done, _of in full.rows) > sum(done for _label, done, _of in empty.rows)


@WRITES
def test_progress_comes_with_its_card(tmp_path: Path) -> None:
    given = "\n".join(json.dumps({"chat": "a", "text": line}) for line in ("写申报书", "进度"))
    turn: dict[str, Any] = rows(shenbao("chat", "--jsonl", given=given, data=tmp_path).stdout)[-1]
    assert "一、基本信息" in turn["replies"][0]["text"]
    with Image.open(turn["replies"][0]["file"]) as picture:
        assert picture.format == "PNG"
