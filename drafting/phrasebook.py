"""The words and patterns of phrasebook.toml, read once and compiled on first use."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("phrasebook.toml")


@lru_cache(maxsize=1)
def _words() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_FILE.read_text("utf-8"))


def source(key: str) -> str:
    """The pattern under `group.name` as text; a list becomes alternatives."""
    group, _, name = key.partition(".")
    value = _words()[group][name]
    return value if isinstance(value, str) else "|".join(value)


def table(group: str) -> dict[str, Any]:
    """Everything under one heading of the file, by name."""
    return _words()[group]


def any_of(words: list[str] | tuple[str, ...] | set[str]) -> str:
    """A pattern for any of the words, the longest first."""
    return _any_of(frozenset(words))


@lru_cache(maxsize=512)
def _any_of(words: frozenset[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=lambda one: (-len(one), one))))


@lru_cache(maxsize=128)
def pattern(key: str) -> re.Pattern[str]:
    """The compiled pattern under `group.name`, blind to case."""
    return re.compile(source(key), re.IGNORECASE)
