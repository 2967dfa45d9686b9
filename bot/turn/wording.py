"""The assistant's sentences, read once from wording.toml."""

from __future__ import annotations

import string
import tomllib
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).with_name("wording.toml")


@lru_cache(maxsize=1)
def sentences() -> dict[str, str]:
    """Every sentence under `group.name`."""
    groups = tomllib.loads(_FILE.read_text("utf-8"))
    return {f"{group}.{name}": text for group, names in groups.items() for name, text in names.items()}


def say(key: str, **values: object) -> str:
    """The sentence with its names filled in; KeyError for an unknown key, a missing or an unknown name."""
    text = sentences()[key]
    names = {name for _, name, _, _ in string.Formatter().parse(text) if name}
    if names != set(values):
        raise KeyError(f"{key} wants {sorted(names)}, got {sorted(values)}")
    return text.format_map(values)
