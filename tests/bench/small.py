"""Our channel with an assistant that costs nothing, or only waits: [SECONDS]; settings as the command has them."""

from __future__ import annotations

import sys
import time

from bot.channels.telegram.bot import Telegram
from bot.delivery.service import Service, run
from bot.process.logs import set_up
from bot.process.settings import load
from bot.running import wiring
from bot.store import open_store
from bot.turn.outcome import Outcome, Saved
from bot.turn.replies import Incoming, Reply


class Small:
    """Says the same after so many seconds, and keeps a count."""

    def __init__(self, seconds: float):
        self.seconds = seconds

    def handle(self, incoming: Incoming, saved: Saved) -> Outcome:
        """The text back."""
        time.sleep(self.seconds)
        return Outcome({"n": (saved.state or {"n": 0})["n"] + 1}, (Reply(incoming.text or ""),))


if __name__ == "__main__":
    settings = load()
    set_up(settings.secrets)
    with wiring.alone(settings):
        store = open_store(settings.database)
        run(Telegram, Service(settings, store, Small(float("".join(sys.argv[1:]) or 0))))
        store.close()
