"""A Bot API on loopback that costs next to nothing, so that what is measured is the bot: it feeds messages, times replies."""

from __future__ import annotations

import asyncio
import json
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Final
from urllib.parse import parse_qs

TOKEN: Final = "7000000001:AAbench_bench_bench_bench_bench_bench"
ME: Final = {"id": 7000000001, "is_bot": True, "first_name": "bench", "username": "bench_bot"}
MOST: Final = 100

Json = dict[str, Any]


class Loopback:
    """Updates that wait, and `heard`, which is told of every message the bot sends: chat, text."""

    def __init__(self, heard: Callable[[int, str], None]):
        self.heard = heard
        self.waiting: deque[Json] = deque()
        self.url = ""
        self._given: deque[Json] = deque()
        self._more = asyncio.Event()
        self._number = 0

    async def open(self) -> asyncio.Server:
        """Listen on a port of its own."""
        server = await asyncio.get_running_loop().create_server(lambda: _Wire(self), "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        return server

    def say(self, chat: int, text: str) -> float:
        """A person writes; when it was."""
        self._number += 1
        person = {"id": chat, "first_name": "人"}
        message = {
            "message_id": self._number,
            "date": 1_770_000_000,
            "chat": {**person, "type": "private"},
            "from": {**person, "is_bot": False},
            "text": text,
        }
        self.waiting.append({"update_id": self._number, "message": message})
        self._more.set()
        return time.perf_counter()

    async def answer(self, method: str, params: dict[str, str]) -> Any:
        """What a call comes to."""
        if method == "getUpdates":
            return await self._updates(int(params.get("offset", 0)), float(params.get("timeout", 0)))
        if method == "sendMessage":
            self._number += 1
            chat = int(params["chat_id"])
            self.heard(chat, params["text"])
            person = {"id": chat, "first_name": "人", "type": "private"}
            return {
                "message_id": self._number,
                "date": 1_770_000_000,
                "chat": person,
                "from": ME,
                "text": params["text"],
            }
        return ME if method == "getMe" else True

    async def _updates(self, offset: int, seconds: float) -> list[Json]:
        while self._given and self._given[0]["update_id"] < offset:
            self._given.popleft()
        if not self._given and not self.waiting:
            self._more.clear()
            try:
                await asyncio.wait_for(self._more.wait(), seconds)
            except TimeoutError:
                return []
        while self.waiting and len(self._given) < MOST:
            self._given.append(self.waiting.popleft())
        return list(self._given)


class _Wire(asyncio.Protocol):
    """One connection, kept alive; requests come one after the other."""

    def __init__(self, api: Loopback):
        self._api = api
        self._buffer = b""
        self._transport: asyncio.Transport | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, mark, rest = self._buffer.partition(b"\r\n\r\n")
        if not mark:
            return
        length = next((int(one[15:]) for one in head.split(b"\r\n") if one[:15].lower() == b"content-length:"), 0)
        if len(rest) < length:
            return
        self._buffer = rest[length:]
        method, _, query = head.split(b" ", 2)[1].rpartition(b"/")[2].decode().partition("?")
        params = {name: many[0] for name, many in parse_qs(f"{rest[:length].decode()}&{query}").items()}
        task = asyncio.ensure_future(self._respond(method, params))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _respond(self, method: str, params: dict[str, str]) -> None:
        body = json.dumps({"ok": True, "result": await self._api.answer(method, params)}).encode()
        if self._transport and not self._transport.is_closing():
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body
            )
