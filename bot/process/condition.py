"""Findings on how a program is set up: one line each, with a sign of how bad it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

State = Literal["ok", "missing", "wrong"]
SIGNS: Final[dict[State, str]] = {"ok": "✓", "missing": "－", "wrong": "✗"}


@dataclass(frozen=True)
class Line:
    """One finding: all right, not there but not needed either, or to be mended."""

    state: State
    text: str

    def __str__(self) -> str:
        return f"{SIGNS[self.state]} {self.text}"


def told(lines: Sequence[Line]) -> int:
    """Print a line for each finding; 1 when something must be mended, 0 otherwise."""
    for line in lines:
        print(line)
    return 1 if any(line.state == "wrong" for line in lines) else 0
