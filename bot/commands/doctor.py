"""`shenbao doctor`: what is configured, what is missing and what that means."""

from __future__ import annotations

from argparse import Namespace

from bot.doctor import diagnose


def run(_arguments: Namespace) -> int:
    """Print a line for each finding; 1 when something must be mended, 0 otherwise."""
    lines = diagnose()
    for line in lines:
        print(line)
    return 1 if any(line.state == "wrong" for line in lines) else 0
