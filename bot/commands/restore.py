"""`shenbao restore FILE`: everything back as it was when the backup was made, on either database."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from pathlib import Path

from bot.commands.backup import told
from bot.commands.common import settings
from bot.running import wiring
from bot.running.backup import restore
from bot.store import open_store


def run(arguments: Namespace) -> int:
    """Restore, with no bot running on the data."""
    configured = settings()
    with wiring.alone(configured), closing(open_store(configured.database)) as store:
        counted = restore(store, configured.data, Path(arguments.file), arguments.replace)
    print(f"恢复好了：{told(counted)}。检索索引会在下次提问时重建。")
    return 0
