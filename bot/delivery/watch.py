"""What those who watch a running bot can read: what it counted, and whether it is well."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.delivery.protocol import Channel
from bot.delivery.threads import Threads
from bot.process.metrics import Metrics
from bot.process.serving import Handler
from bot.store import Store, StoreError

KIND = "text/plain; version=0.0.4; charset=utf-8"
PATIENCE = 3.0


def page(metrics: Metrics) -> Handler:
    """Everything counted so far, as Prometheus reads it."""

    async def read(_request: Request) -> Response:
        return Response(await asyncio.to_thread(metrics.page), media_type=KIND)

    return read


def health(threads: Threads, store: Store, channel: Channel) -> Handler:
    """200 with how much waits, and the trouble of the channel if any; 503 while the database gives no answer."""

    async def look(_request: Request) -> Response:
        try:
            async with asyncio.timeout(PATIENCE):
                waiting = await threads.store(store.waiting)
        except (StoreError, TimeoutError):
            return JSONResponse({"ok": False}, 503)
        trouble = {channel.source[0]: channel.trouble} if channel.trouble else {}
        return JSONResponse({"ok": True, "waiting": waiting, **trouble})

    return look
