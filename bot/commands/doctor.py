"""`shenbao doctor`: what is configured, what is missing and what that means."""

from __future__ import annotations

from argparse import Namespace

from bot.process.condition import told
from bot.running.doctor import diagnose


def run(_arguments: Namespace) -> int:
    """Print a line for each finding; 1 when something must be mended, 0 otherwise."""
    return told(diagnose())
