"""`shenbao telegram`: the conversation on Telegram."""

from __future__ import annotations

import contextlib
from argparse import Namespace

from bot import wiring
from bot.commands.common import settings
from bot.logs import set_up


def run(_arguments: Namespace) -> int:
    """Run the channel until it is told to stop; it holds the data folder."""
    configured = settings()
    with contextlib.ExitStack() as held:
        held.enter_context(wiring.alone(configured))
        from bot.telegram.run import run as serve  # noqa: PLC0415 - the library loads only where it is used

        set_up(configured.secrets)
        store = wiring.store(configured)
        held.callback(store.close)
        serve(configured, store, wiring.assistant(configured))
    return 0
