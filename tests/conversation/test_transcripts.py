"""The transcripts played through the driver, the terminal, Telegram and pigeons, each with the real parts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.channels.terminal import converse
from bot.dialogue.assistant import Assistant
from bot.process.settings import Settings
from bot.running import conversation
from bot.store import Store, open_store
from bot.turn.ports import take_turn
from bot.turn.replies import Incoming
from tests.botapi import BotApi
from tests.channels.harness import running, settings_for
from tests.channels.pigeon import House, Pigeon
from tests.conversation.transcripts import NAMES, Exchange, flat, load
from tests.furnished import furnished

DAY = date(2026, 3, 28)


@dataclass
class Desk:
    """An assistant with a store in a folder of its own."""

    assistant: Assistant
    store: Store


@pytest.fixture
def place(tmp_path: Path, address: str) -> Iterator[Desk]:
    settings = Settings(data=furnished(tmp_path), today=DAY, office=False)
    store = open_store(address)
    yield Desk(conversation.assistant(settings), store)
    store.close()


@pytest.mark.parametrize("name", NAMES)
def test_a_conversation_goes_as_written(name: str, place: Desk) -> None:
    for exchange in load(name):
        text = exchange.content if exchange.kind == "text" else None
        press = exchange.content if exchange.kind == "press" else None
        replies = take_turn(place.assistant, place.store, Incoming("c", "u", text=text, press=press)).replies
        said = flat("\n".join("\n".join((one.text, *(quote.text for quote in one.quotes))) for one in replies))
        holds(exchange, said)
        assert [problem.code for one in replies for problem in one.problems] == exchange.codes, exchange.content
        files = [one.file for one in replies if one.file]
        assert [path.suffix for path in files] == ([f".{exchange.file}"] if exchange.file else [])
        assert all(path.is_absolute() and path.stat().st_size > 5000 for path in files)
        json.dumps(place.store.load("c").state)


def holds(exchange: Exchange, said: str) -> None:
    for wanted in exchange.said:
        assert flat(wanted) in said, f"after {exchange.content!r}: {wanted!r} is not in {said!r}"


@pytest.mark.parametrize("name", NAMES)
def test_the_terminal_says_the_same(name: str, place: Desk) -> None:
    exchanges = load(name)
    written: list[str] = []
    typed = iter(
        [_typed(exchange, written) for exchange in exchanges if exchange.kind == "text" or _labelled(exchange)]
    )
    converse(partial(take_turn, place.assistant, place.store), lambda: _next(typed), written.append)
    said = written[1:]
    for exchange, text in zip([one for one in exchanges if one.kind == "text" or _labelled(one)], said, strict=True):
        holds(exchange, flat(text))


LABELS = {"cluster/11": "11 高端纺织", "chain/2": "〔化学纤维〕", "consent/yes": "同意"}


def _labelled(exchange: Exchange) -> bool:
    return exchange.content in LABELS


def _typed(exchange: Exchange, _written: list[str]) -> str:
    return exchange.content if exchange.kind == "text" else LABELS[exchange.content]


def _next(lines: Iterator[str]) -> str | None:
    return next(lines, None)


@pytest.mark.parametrize("name", NAMES)
def test_another_channel_says_the_same(name: str, address: str, tmp_path: Path) -> None:
    settings = Settings(data=furnished(tmp_path), today=DAY, office=False, database_url=SecretStr(address))
    house = House(settings)
    with running(settings, conversation.assistant(settings), opener=Pigeon):
        for exchange in load(name):
            before = len(house.came())
            house.write(**{exchange.kind: exchange.content})
            came = house.until(partial(_answered, exchange, before))[before:]
            holds(exchange, flat("\n".join(letter["text"] for letter in came)))
            assert not exchange.file or any(letter.get("file", "").endswith(exchange.file) for letter in came)


def _answered(exchange: Exchange, before: int, letters: list[dict[str, Any]]) -> bool:
    came = letters[before:]
    said = flat("\n".join(letter["text"] for letter in came))
    filed = not exchange.file or any(letter.get("file", "").endswith(exchange.file) for letter in came)
    return bool(came) and filed and all(flat(part) in said for part in exchange.said)


@pytest.mark.parametrize("name", NAMES)
def test_telegram_says_the_same(name: str, tmp_path: Path) -> None:
    with BotApi() as api:
        settings = settings_for(api, furnished(tmp_path), today=DAY)
        with running(settings, conversation.assistant(settings)):
            for exchange in load(name):
                _play(api, exchange)


def _play(api: BotApi, exchange: Exchange) -> None:
    before = len(api.calls)
    if exchange.kind == "text":
        api.say(5, exchange.content)
    else:
        api.press(5, max((number for chat, number in api.messages if chat == 5), default=1), exchange.content)

    def said() -> str:
        return flat(
            "\n".join(str(call.params.get("text") or call.params.get("caption") or "") for call in api.calls[before:])
        )

    wanted: Callable[[], bool] = lambda: all(flat(part) in said() for part in exchange.said)  # noqa: E731
    try:
        api.until(wanted)
    except AssertionError:
        holds(exchange, said())
    if exchange.file:
        api.until(lambda: any(call.method == "sendDocument" for call in api.calls[before:]))
