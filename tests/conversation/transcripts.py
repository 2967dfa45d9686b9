"""Conversations as plain text: `>` typed, `[` pressed, `<` must be said, `!` codes refused, `$` a file's kind."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

FOLDER = Path(__file__).parent / "transcripts"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))


@dataclass
class Exchange:
    """One thing a person does and what must come of it."""

    kind: str
    content: str
    said: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    file: str = ""


def load(name: str) -> list[Exchange]:
    """The exchanges of a transcript, in order."""
    out: list[Exchange] = []
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        sign, _, content = line.partition(" ")
        if sign in (">", "["):
            out.append(Exchange("text" if sign == ">" else "press", content))
        elif sign == "<":
            out[-1].said.append(content)
        elif sign == "!":
            out[-1].codes.append(content)
        elif sign == "$":
            out[-1].file = content
    return out


def flat(text: str) -> str:
    """A text without line breaks and indents, so that wrapping makes no difference."""
    return "".join(part.strip() for part in text.split("\n"))
