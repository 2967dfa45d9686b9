"""A small assistant, and the Telegram channel run with it in a thread or a process of its own."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr

from bot.channels.telegram.bot import Telegram
from bot.delivery.protocol import Opener
from bot.delivery.service import Service, run, serve
from bot.process.crashpoints import arm
from bot.process.lock import only_one
from bot.process.logs import set_up
from bot.process.metrics import Metrics
from bot.process.settings import Settings
from bot.store import open_store
from bot.store.desk.letters import Plan
from bot.turn.outcome import Outcome, Saved
from bot.turn.ports import Assistant
from bot.turn.replies import Button, Incoming, Quote, Reply
from tests.botapi import TOKEN, BotApi


def settings_for(api: BotApi | str, data: Path, **more: object) -> Settings:
    """Settings for a data folder, whose file `database` says where its database is when it isn't there."""
    address = api if isinstance(api, str) else api.url
    base = {"office": False, "data": data, "telegram_token": SecretStr(TOKEN), "telegram_api": address}
    if (data / "database").exists():
        base["database_url"] = SecretStr((data / "database").read_text())
    return Settings.model_validate(base | more)


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.create_server(("127.0.0.1", 0)) as held:
        return int(held.getsockname()[1])


class Parrot:
    """Counts what it hears in the state; some words do more."""

    def __init__(self, folder: Path, missing: bool = False, other: str = "tg:99"):
        self.folder = folder
        self.other = other
        self.missing = missing
        self.heard: list[Incoming] = []
        self.gate = threading.Event()
        self.begun = threading.Event()

    def handle(self, incoming: Incoming, saved: Saved) -> Outcome:
        self.heard.append(incoming)
        state = dict(saved.state or {"n": 0, "on": []})
        state["n"] += 1
        if incoming.press:
            return self._toggle(incoming.press, state)
        if incoming.file:
            return Outcome(state, (Reply(f"{incoming.file.name} {incoming.file.read_bytes().decode()}"),))
        word = incoming.text or ""
        made = getattr(self, f"_{word.partition(' ')[0]}", None)
        return Outcome(state, made(state, word) if made else (Reply(f"{state['n']} {word}"),))

    def _toggle(self, press: str, state: dict[str, list[str]]) -> Outcome:
        state["on"] = sorted({press} ^ set(state["on"]))
        return Outcome(state, self._board(state, ""))

    def _board(self, state: dict[str, list[str]], _word: str) -> tuple[Reply, ...]:
        text = f"选了{'、'.join(state['on']) or '无'}"
        return (Reply(text, buttons=((Button("t1", "一"), Button("t2", "二")),), board="tasks"),)

    def _quote(self, _state: object, _word: str) -> tuple[Reply, ...]:
        return (Reply("截止 4月3日", (Quote("通知", "四（二）", "请于<2026年4月3日>前"),)),)

    def _file(self, _state: object, _word: str) -> tuple[Reply, ...]:
        path = self.folder / "申报书 第1版.docx"
        if not self.missing:
            path.write_bytes(b"PK\r\nword")
        return (Reply("导出了", file=path),)

    def _long(self, _state: object, _word: str) -> tuple[Reply, ...]:
        return (Reply("\n".join("𠮷" * 900 for _ in range(5)), buttons=((Button("ok", "好"),),)),)

    def _two(self, _state: object, _word: str) -> tuple[Reply, ...]:
        return (Reply("一"), Reply("二"))

    def _other(self, _state: object, _word: str) -> tuple[Reply, ...]:
        return (Reply("转了"), Reply("有人找", chat=self.other))

    def _slow(self, state: dict[str, int], word: str) -> tuple[Reply, ...]:
        self.begun.set()
        assert self.gate.wait(10)
        return (Reply(f"{state['n']} {word}"),)

    def _boom(self, _state: object, _word: str) -> tuple[Reply, ...]:
        raise RuntimeError("电话 13812345678 出错")


@contextmanager
def running(
    settings: Settings, assistant: Assistant, plan: Plan | None = None, opener: Opener = Telegram
) -> Iterator[None]:
    """The channel in a thread, stopped at the end; what it raised is raised."""
    loops: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
    errors: list[BaseException] = []
    ready = threading.Event()

    async def main() -> None:
        stop = asyncio.Event()
        loops.append((asyncio.get_running_loop(), stop))
        ready.set()
        store = open_store(settings.database)
        try:
            metrics = Metrics(store.waiting) if settings.metrics else None
            await serve(opener, Service(settings, store, assistant, metrics, plan), stop)
        finally:
            store.close()

    def body() -> None:
        try:
            asyncio.run(main())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=body)
    thread.start()
    ready.wait()
    try:
        yield
    finally:
        loop, stop = loops[0]
        if not loop.is_closed():
            loop.call_soon_threadsafe(stop.set)
        thread.join()
    if errors:
        raise errors[0]


# So long is a process that was killed waited for by others on the same server.
LEASE = 1.0


def main(api: str, data: Path, point: str = "") -> None:
    """A bot as a process, which may die at a point; its gate opens when FOLDER/open is there, it logs to FOLDER/log."""
    os.dup2(os.open(data / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND), sys.stderr.fileno())
    arm(point)
    settings = settings_for(api, data)
    set_up(settings.secrets)
    parrot = Parrot(data)
    if (data / "open").exists():
        parrot.gate.set()
    with only_one(data):
        store = open_store(settings.database, lease=LEASE)
        run(Telegram, Service(settings, store, parrot))
        store.close()
