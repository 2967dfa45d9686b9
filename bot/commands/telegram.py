"""`shenbao telegram`: the conversation on Telegram."""

from __future__ import annotations

import contextlib
import logging
from argparse import Namespace

from bot.commands.common import settings
from bot.process.lock import several
from bot.process.logs import set_up
from bot.process.metrics import Metrics
from bot.process.settings import Settings
from bot.running import wiring
from bot.running.doctor import told

log = logging.getLogger(__name__)


def run(arguments: Namespace) -> int:
    """Run the channel until it is told to stop; it holds the data folder. With --check only try the connection."""
    configured = settings()
    set_up(configured.secrets, shape=configured.logs)
    return _check(configured) if arguments.check else _serve(configured)


def _check(configured: Settings) -> int:
    """A line for each finding; 1 when something must be mended."""
    from bot.channels.telegram.probe import probe  # noqa: PLC0415 - the library loads only where it is used

    return told(probe(configured))


def _serve(configured: Settings) -> int:
    with contextlib.ExitStack() as held:
        held.enter_context(wiring.alone(configured))
        from bot.channels.telegram import run as channel  # noqa: PLC0415

        if sentence := several(configured):
            log.warning(sentence)

        store = wiring.store(configured)
        held.callback(store.close)
        metrics = Metrics(store.waiting) if configured.metrics else None
        counted = (metrics.model_failed, metrics.file_refused) if metrics else ()
        plan = wiring.notices(configured)
        beside = channel.Beside(metrics, plan)
        channel.run(configured, store, wiring.assistant(configured, *counted), beside)
    return 0
