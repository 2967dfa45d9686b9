"""Fetches updates from Telegram, one batch after the other, each acknowledged when it is kept."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import Any, Final
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.channels.telegram.sending import pause
from bot.delivery.protocol import Put

log = logging.getLogger(__name__)

KINDS: Final = ("message", "edited_message", "callback_query")
POLL_SECONDS: Final = 25
GRACE: Final = 10.0
FIRST_WAIT: Final = 0.2
LONGEST_WAIT: Final = 30.0


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
