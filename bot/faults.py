"""Places where a test may end the process as a power cut does; for everybody else they do nothing."""

from __future__ import annotations

import os
import signal
from typing import Final

# "name" or "name:3": which place, and at which time it is passed.
WANTED, _, TIMES = os.environ.get("FAULT_POINT", "").partition(":")
POINTS: Final = (
    "received", "kept", "claimed", "handled", "written", "committed", "taken", "arrived", "noted",
)  # fmt: skip
_left: list[int] = [int(TIMES or 1)]


def point(name: str) -> None:
    """The place of that name is passed."""
    if name == WANTED:
        _left[0] -= 1
        if _left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
