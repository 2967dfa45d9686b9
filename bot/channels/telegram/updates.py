"""Updates as they come in: fetched, each batch acknowledged when it is kept, or delivered, proven to be Telegram's."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import urlencode

from pydantic import SecretStr
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.sending import pause
from bot.delivery.protocol import Put
from bot.process.serving import Handler

log = logging.getLogger(__name__)

KINDS: Final = ("message", "edited_message", "callback_query")
POLL_SECONDS: Final = 25
GRACE: Final = 10.0
FIRST_WAIT: Final = 0.2
LONGEST_WAIT: Final = 30.0
HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"
MOST_BYTES: Final = 1024 * 1024
BODY_SECONDS: Final = 10.0
# Telegram delivers again what was not confirmed within a minute.
KEEP_SECONDS: Final = 30.0


class Poller:
    """Polls while it is allowed to."""

    def __init__(self, bot: Bot, request: BaseRequest):
        self._bot = bot
        self._request = request
        self._offset = 0
        self._allowed = asyncio.Event()
        # The kind of what went wrong last, "" while all is well.
        self.trouble = ""

    def allow(self, ours: bool) -> None:
        """Say whether polling is ours; of several processes on one token only one may."""
        if ours != self._allowed.is_set():
            log.info("Telegram: polling is %s", "ours" if ours else "another process's")
        (self._allowed.set if ours else self._allowed.clear)()

    async def run(self, put: Put) -> None:
        """Poll for ever, each batch kept before the next; InvalidToken when the token is withdrawn.

        A network that is away is waited for.
        """
        wait = FIRST_WAIT
        while True:
            await self._allowed.wait()
            try:
                updates = await self._fetch()
                wait, self.trouble = FIRST_WAIT, ""
            except InvalidToken:
                raise
            except TelegramError as error:
                self.trouble = type(error).__name__
                wait = min(LONGEST_WAIT, wait * 2)
                await asyncio.sleep(_told(error, wait))
                continue
            if updates:
                await put(updates)
                self._offset = max(one["update_id"] for one in updates) + 1

    async def _fetch(self) -> list[Any]:
        """The next batch as Telegram words it; asking for it acknowledges those before."""
        asked = {"offset": self._offset, "timeout": POLL_SECONDS, "allowed_updates": json.dumps(KINDS)}
        url = f"{self._bot.base_url}/getUpdates?{urlencode(asked)}"
        found: Any = await self._request.post(url, read_timeout=POLL_SECONDS + GRACE)
        return list(found)


def _told(error: TelegramError, wait: float) -> float:
    """What goes wrong is told; for how many seconds to wait."""
    if isinstance(error, Conflict):
        log.error("另一个程序正用同一个令牌收消息：请只留一个。稍后自动重试")
    else:
        log.warning("polling: %s", error)
    return pause(error) if isinstance(error, RetryAfter) else wait


# ---------------------------------------------------------------- delivered
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
