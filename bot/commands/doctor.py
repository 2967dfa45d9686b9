"""`shenbao doctor`: what is configured, what is missing and what that means."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from typing import Final

from bot.process.condition import told
from bot.running.doctor import Outside, diagnose
from bot.store import open_store
from knowledge.library.search.chroma_server import alive


def run(_arguments: Namespace) -> int:
    """Print a line for each finding; 1 when something must be mended, 0 otherwise."""
    return told(diagnose(OUTSIDE))


def examine(address: str) -> None:
    """Nothing when a database is sound; StoreError for one that isn't."""
    with closing(open_store(address)) as store:
        store.examine()


OUTSIDE: Final = Outside(examine, alive)
