"""Updates that Telegram delivers: proven to be Telegram's, kept, and only then confirmed."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final

from pydantic import SecretStr
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.process.serving import Handler

log = logging.getLogger(__name__)

HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES: Final = 1024 * 1024
BODY_SECONDS: Final = 10.0
# Telegram delivers again what was not confirmed within a minute.
KEEP_SECONDS: Final = 30.0


def secret(token: SecretStr | None) -> str:
    """What Telegram has to show with each delivery: made of the token, so that every replica knows it."""
    key = token.get_secret_value() if token else ""
    return hmac.new(key.encode(), b"shenbao webhook", hashlib.sha256).hexdigest()


def hook(known: str, keep: Callable[[Any], Awaitable[None]]) -> Handler:
    """A handler that gives `keep` every update delivered with the secret, and confirms it once it is kept.

    403 without the secret, 413 and 400 for what can't be an update, 503 when it could not be kept in time.
    """

    async def receive(request: Request) -> Response:
        if not hmac.compare_digest(request.headers.get(HEADER, "").encode(), known.encode()):
            return Response(status_code=403)
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(request)
        except (TimeoutError, ClientDisconnect):
            return Response(status_code=408)
        if body is None:
            return Response(status_code=413)
        try:
            update = json.loads(body)
        except (ValueError, RecursionError):
            return Response(status_code=400)
        return await _kept(update, keep)

    return receive


async def _body(request: Request) -> bytes | None:
    """The body, None when it is longer than any update."""
    read = bytearray()
    async for part in request.stream():
        read += part
        if len(read) > MOST_BYTES:
            return None
    return bytes(read)


async def _kept(update: Any, keep: Callable[[Any], Awaitable[None]]) -> Response:
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        return Response(status_code=400)
    try:
        async with asyncio.timeout(KEEP_SECONDS):
            await keep(update)
    except TimeoutError:
        log.error("an update could not be kept in time; Telegram delivers it again")
        return Response(status_code=503)
    return Response(status_code=200)
