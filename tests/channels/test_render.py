"""Replies as Telegram messages: whatever is said arrives whole, within the limits, and nothing in it is markup."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.messages import CAPTION, TEXT, clean, cut, messages, posts, units
from bot.turn.replies import Button, Quote, Reply

ALPHABET = st.sampled_from("一二三。；\n 𠮷👩‍👩‍👧a<&*_`[\u202e\x00\ud83d")
TEXTS = st.builds(lambda pieces, times: "".join(pieces) * times, st.lists(ALPHABET, max_size=40), st.integers(1, 400))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", clean(text))


@given(TEXTS, st.integers(10, 5000))
def test_pieces_join_to_the_text_and_keep_the_limit(text: str, limit: int) -> None:
    text = clean(text)
    pieces = list(cut(text, limit))
    assert "".join(pieces) == text
    assert all(len(piece.encode("utf-16-le")) // 2 <= limit for piece in pieces)
    assert units(text) == len(text.encode("utf-16-le")) // 2


@given(TEXTS, st.lists(TEXTS, max_size=3))
def test_a_reply_arrives_whole_with_marks_inside_its_messages(text: str, quotes: list[str]) -> None:
    payloads = messages(Reply(text, tuple(Quote("通知", "四", quote) for quote in quotes)))
    wanted = squeezed(text) + "".join(squeezed(f"「{quote}」—— 通知·四") for quote in quotes)
    assert squeezed("".join(payload["text"] for payload in payloads)) == wanted
    for payload in payloads:
        assert payload["text"].strip()
        assert units(payload["text"]) <= TEXT
        assert all(mark["offset"] + mark["length"] <= units(payload["text"]) for mark in payload["entities"])


def test_a_text_is_cut_behind_a_paragraph_else_a_sentence() -> None:
    assert list(cut("一二三。\n四五六七八九", 8)) == ["一二三。\n", "四五六七八九"]
    assert list(cut("一二三。四五六七八九", 8)) == ["一二三。", "四五六七八九"]
    assert list(cut("一\n二三四五六七八九", 8)) == ["一\n二三四五六七", "八九"]


def test_a_long_clause_can_be_unfolded_a_short_one_is_shown() -> None:
    payload = messages(Reply("见", (Quote("通知", "一", "短"), Quote("通知", "二", "长" * 200))))[0]
    assert [mark["type"] for mark in payload["entities"]] == ["blockquote", "expandable_blockquote"]


def test_buttons_stand_under_the_last_text_and_a_board_is_the_last_text() -> None:
    reply = Reply("字" * 5000, buttons=((Button("a", "甲\n"),), ()), board="tasks", file=Path("申报书.docx"))
    letters = posts([reply], "tg:1", pressed="7")
    assert [("buttons" in one.payload, one.board, "file" in one.payload) for one in letters] == [
        (False, "", False),
        (True, "tasks", False),
        (False, "", True),
    ]
    assert letters[1].payload["buttons"] == [[{"id": "a", "label": "甲"}]]
    assert letters[1].payload["pressed"] == "7"


@pytest.mark.parametrize(("length", "count"), [(0, 1), (CAPTION, 1), (CAPTION + 1, 2)])
def test_a_short_text_goes_with_its_file(length: int, count: int) -> None:
    payloads = messages(Reply("字" * length, file=Path("a.docx"), buttons=((Button("a", "甲"),),)))
    assert len(payloads) == count
    assert [one.get("name") for one in payloads] == [None, "a.docx"][-count:]
    assert "buttons" in payloads[0]


def test_nothing_to_say_is_no_message() -> None:
    assert messages(Reply("\x00 \n")) == []
    assert posts([Reply("", board="tasks")], "tg:1") == []


@pytest.mark.parametrize("buttons", [[Button("x" * 65, "a")], [Button("", "a")], [Button("x", "a")] * 101])
def test_buttons_that_telegram_refuses_are_our_own_mistake(buttons: list[Button]) -> None:
    with pytest.raises(ValueError, match="buttons"):
        messages(Reply("x", buttons=(tuple(buttons),)))
