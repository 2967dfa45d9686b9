"""`shenbao telegram`: the conversation on Telegram."""

from __future__ import annotations

import contextlib
from argparse import Namespace

from bot import wiring
from bot.commands.common import settings
from bot.lock import only_one
from bot.logs import set_up
from knowledge.errors import SentenceError


class NoTokenError(SentenceError):
    """The channel was started without a token."""


def run(_arguments: Namespace) -> int:
    """Run the channel until it is told to stop; it holds the data folder."""
    configured = settings()
    if configured.telegram_token is None:
        raise NoTokenError("没有设 SHENBAO_TELEGRAM_TOKEN：请先向 @BotFather 领取令牌")
    from bot.telegram.run import run as serve  # noqa: PLC0415 - the library loads only where it is used

    set_up(configured.secrets)
    with contextlib.ExitStack() as held:
        held.enter_context(only_one(configured.data))
        store = wiring.store(configured)
        held.callback(store.close)
        serve(configured, store, wiring.assistant(configured))
    return 0
