"""Updates that are delivered to us: only Telegram's own, kept before they are confirmed, answered like any other."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from bot.channels.telegram.bot import Telegram
from bot.channels.telegram.updates import HEADER, MOST_BYTES, secret
from bot.delivery.service import Service, serve
from bot.process.settings import Settings
from bot.store import open_store
from knowledge.errors import SentenceError
from tests.botapi import BotApi
from tests.channels.harness import Parrot, free_port, running, settings_for

PUBLIC = "https://bot.example.com/telegram"


def delivered_to(api: BotApi, data: Path) -> Settings:
    return settings_for(api, data, telegram_webhook=PUBLIC, listen=f"127.0.0.1:{free_port()}")


@contextmanager
def listening_bot(api: BotApi, settings: Settings) -> Iterator[str]:
    """A bot that is delivered to; its address on this machine."""
    with running(settings, Parrot(settings.data)):
        api.until(lambda: api.webhook["url"] == PUBLIC)
        yield f"http://{settings.listen}/telegram"


def deliver(api: BotApi, address: str, known: str) -> list[int]:
    """Every waiting update delivered as Telegram does; the statuses."""
    statuses = []
    for update in api.pending():
        answer = httpx.post(address, json=update, headers={HEADER: known})
        statuses.append(answer.status_code)
        if answer.is_success:
            api.confirmed(update["update_id"])
    return statuses


def test_what_is_delivered_is_answered_in_order_and_a_repeat_only_once(api: BotApi, data: Path) -> None:
    settings = delivered_to(api, data)
    with listening_bot(api, settings) as address:
        known = api.webhook["secret_token"]
        for text in ("一", "二", "三"):
            api.say(5, text)
        again = api.pending()[0]
        assert deliver(api, address, known) == [200, 200, 200]
        assert httpx.post(address, json=again, headers={HEADER: known}).status_code == 200
        api.until_texts(5, "1 一", "2 二", "3 三")
    assert known == secret(settings.telegram_token)
    assert known not in repr(settings)


def test_updates_that_waited_behind_gaps_are_all_looked_at_again(api: BotApi, data: Path) -> None:
    """Nobody else looks for half a minute: each must lead to the next."""
    settings = delivered_to(api, data)
    with listening_bot(api, settings) as address:
        said = [f"第{number}条" for number in range(1, 16)]
        for text in said:
            api.say(5, text)
        assert set(deliver(api, address, api.webhook["secret_token"])) == {200}
        api.until_texts(5, *(f"{number} {text}" for number, text in enumerate(said, 1)))


def test_an_update_is_on_disk_before_it_is_confirmed(api: BotApi, data: Path) -> None:
    settings = delivered_to(api, data)
    with running(settings, parrot := Parrot(data)):
        api.until(lambda: api.webhook["url"] == PUBLIC)
        api.say(5, "slow")
        assert deliver(api, f"http://{settings.listen}/telegram", api.webhook["secret_token"]) == [200]
        store = open_store(settings.database)
        assert store.inbox.chats(("telegram", "7000000001")) == ["tg:5"]
        store.close()
        parrot.gate.set()
        api.until_texts(5, "1 slow")


# What an earlier token of the same bot would have shown.
OLD = secret(SecretStr("7000000001:AAearlier_earlier_earlier_earlier_1"))


@pytest.mark.parametrize("shown", ["", "wrong", "ключ", "a" * 300, OLD])
def test_nobody_without_the_secret_is_heard(api: BotApi, data: Path, shown: str) -> None:
    settings = delivered_to(api, data)
    with listening_bot(api, settings) as address:
        api.say(5, "一")
        headers = [(HEADER.encode(), shown.encode())] if shown else []
        assert httpx.post(address, json=api.pending()[0], headers=headers).status_code == 403
        assert httpx.get(address).status_code == 405
        assert httpx.post(f"{address}/{settings.telegram_token}", json={}).status_code == 404
        assert api.texts(5) == []


@pytest.mark.parametrize(
    ("body", "status"),
    [(b"[]", 400), (b"no json", 400), (b"{}", 400), (b'{"update_id": "1"}', 400), (b"[" * 100_000, 400),
     (b"x" * (MOST_BYTES + 1), 413), (b'{"update_id": 1, "message": {"chat": 5}}', 200), (b'{"update_id": 2}', 200)],
)  # fmt: skip
def test_what_can_be_no_update_is_refused_and_the_bot_lives(api: BotApi, data: Path, body: bytes, status: int) -> None:
    settings = delivered_to(api, data)
    with listening_bot(api, settings) as address:
        known = api.webhook["secret_token"]
        assert httpx.post(address, content=body, headers={HEADER: known}).status_code == status
        api.say(5, "一")
        assert deliver(api, address, known) == [200]
        api.until_texts(5, "1 一")


def test_deliveries_that_never_end_hold_up_nobody_and_are_given_up(api: BotApi, data: Path) -> None:
    settings = delivered_to(api, data)
    with listening_bot(api, settings) as address:
        known = api.webhook["secret_token"]
        host, _, port = settings.listen.partition(":")
        head = f"POST /telegram HTTP/1.1\r\nHost: x\r\n{HEADER}: {known}\r\nContent-Length: 1000\r\n\r\n{{".encode()
        with ExitStack() as held:
            slow = [held.enter_context(socket.create_connection((host, int(port)), 20)) for _ in range(100)]
            for one in slow:
                one.sendall(head)
            api.say(5, "一")
            assert deliver(api, address, known) == [200]
            api.until_texts(5, "1 一")
            assert {one.recv(12) for one in slow} == {b"HTTP/1.1 408"}


def test_without_the_setting_updates_are_fetched_again(api: BotApi, data: Path) -> None:
    api.webhook = {"url": PUBLIC}
    with running(settings_for(api, data), Parrot(data)):
        api.say(5, "一")
        api.until_texts(5, "1 一")
    assert api.webhook == {"url": ""}


def test_a_port_that_is_taken_is_one_sentence(api: BotApi, data: Path) -> None:
    settings = delivered_to(api, data)
    host, _, port = settings.listen.partition(":")
    store = open_store(settings.database)
    with socket.create_server((host, int(port))), pytest.raises(SentenceError, match="SHENBAO_LISTEN"):
        asyncio.run(serve(Telegram, Service(settings, store, Parrot(data)), asyncio.Event()))
    store.close()
