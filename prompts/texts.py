"""The prompts as read from their files, and filled: what goes in comes out word for word."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
NAME = re.compile(r"\{([a-z_]+)\}")


class PromptError(Exception):
    """A prompt that doesn't exist, or one filled with other names than it has."""


def prompt(name: str, **values: object) -> str:
    """The prompt `name` with its names filled in; PromptError for an unknown prompt, a missing or an unknown name.

    The text is walked through once and no value is read again, so braces that a person wrote stay as they are.
    """
    text = _text(name)
    wanted = set(NAME.findall(text))
    if wanted != set(values):
        raise PromptError(f"{name} wants {sorted(wanted)}, got {sorted(values)}")
    return NAME.sub(lambda found: str(values[found[1]]), text)


def version(*names: str) -> str:
    """A short hash of some prompts' texts, which changes whenever a word of them does."""
    return hashlib.sha256("\0".join(map(_text, names)).encode()).hexdigest()[:12]


@cache
def _text(name: str) -> str:
    path = HERE / f"{name}.md"
    if not name.isidentifier() or not path.is_file():
        raise PromptError(f"there is no prompt {name}")
    return path.read_text("utf-8").strip()
