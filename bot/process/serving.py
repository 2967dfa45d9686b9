"""A local port: HTTP in, one handler a path, nothing shown that was not asked for."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from knowledge.errors import SentenceError

Handler = Callable[[Request], Awaitable[Response]]

MOST_AT_ONCE: Final = 512
STOP_SECONDS: Final = 3


class PortError(SentenceError):
    """The port can't be listened on; the text is one Chinese line."""


class _Server(uvicorn.Server):
    """A server that leaves the process's signals to whoever runs it."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take none."""
        yield


@contextlib.asynccontextmanager
async def listening(address: str, routes: Mapping[str, Handler], setting: str) -> AsyncIterator[int]:
    """Answer at host:port until the block ends; the port's number. PortError names `setting` when it can't be had.

    A path is written with its method: "POST /telegram".
    """
    held = _bound(address, setting)
    app = Starlette(routes=[_route(named, handler) for named, handler in routes.items()])
    config = uvicorn.Config(
        app,
        access_log=False,
        log_config=None,
        lifespan="off",
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=STOP_SECONDS,
    )
    server = _Server(config)
    serving = asyncio.create_task(server.serve(sockets=[held]))
    try:
        yield held.getsockname()[1]
    finally:
        server.should_exit = True
        await serving


def _bound(address: str, setting: str) -> socket.socket:
    host, _, port = address.rpartition(":")
    try:
        return socket.create_server((host, int(port)), reuse_port=False)
    except OSError as error:
        raise PortError(f"{address} 监听不了（{error.strerror}）：请改 {setting}") from error


def _route(named: str, handler: Handler) -> Route:
    method, _, path = named.partition(" ")
    return Route(path, handler, methods=[method])
