"""Our channel with an assistant that costs nothing: the settings as the command has them."""

from __future__ import annotations

from bot import wiring
from bot.lock import only_one
from bot.logs import set_up
from bot.settings import load
from bot.telegram.run import run
from tests.bench.telegram import Small

if __name__ == "__main__":
    settings = load()
    set_up(settings.secrets)
    with only_one(settings.data):
        store = wiring.store(settings)
        run(settings, store, Small())
        store.close()
