"""`shenbao telegram`: the conversation on a channel that runs by itself."""

from __future__ import annotations

import contextlib
import logging
from argparse import Namespace

from bot.commands.common import settings
from bot.delivery import service
from bot.delivery.protocol import Opener
from bot.delivery.service import Service
from bot.process.condition import told
from bot.process.lock import several
from bot.process.logs import set_up
from bot.process.metrics import Metrics
from bot.process.settings import Settings
from bot.running import conversation, wiring
from bot.running.channels import opener, probe
from bot.store import open_store

log = logging.getLogger(__name__)


def run(arguments: Namespace) -> int:
    """Run the channel until it is told to stop; it holds the data folder. With --check only try the connection."""
    configured, name = settings(), arguments.command
    set_up(configured.secrets, shape=configured.logs)
    return told(probe(name)(configured)) if arguments.check else _serve(opener(name), configured)


def _serve(opens: Opener, configured: Settings) -> int:
    with contextlib.ExitStack() as held:
        held.enter_context(wiring.alone(configured))
        if sentence := several(configured):
            log.warning(sentence)
        store = open_store(configured.database)
        held.callback(store.close)
        metrics = Metrics(store.waiting) if configured.metrics else None
        counted = (metrics.model_failed, metrics.file_refused) if metrics else ()
        assistant, plan = conversation.assistant(configured, *counted), conversation.notices(configured)
        service.run(opens, Service(configured, store, assistant, metrics, plan))
    return 0
