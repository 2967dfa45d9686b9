"""Places where a test may end the process as a power cut does; for everybody else they do nothing."""

from __future__ import annotations

import os
import signal
from typing import Final

POINTS: Final = (
    "received", "kept", "claimed", "fetched", "handled", "written", "committed", "taken", "arrived", "noted",
)  # fmt: skip
_armed: Final[dict[str, int]] = {}


def arm(where: str) -> None:
    """End the process when the place "name", or for "name:3" at the third time, is passed; none for ""."""
    name, _, times = where.partition(":")
    _armed.clear()
    if name:
        _armed[name] = int(times or 1)


def point(name: str) -> None:
    """The place of that name is passed."""
    if name in _armed:
        _armed[name] -= 1
        if not _armed[name]:
            os.kill(os.getpid(), signal.SIGKILL)


arm(os.environ.get("FAULT_POINT", ""))
