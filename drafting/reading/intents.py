"""Commands and questions, told apart from values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from drafting.reading.words import commands, pattern, source

LONGEST_COMMAND = 40
_LABELLED = re.compile(r"[：:]\s*\S{8,}|@|\d{7,}")
_SURE = re.compile(r"[?？吗]\s*$")


def command(text: str) -> str:
    """The command a short message is, empty when it is none."""
    for candidate in _candidates(text.strip(" 。.!！~～\n")):
        if 0 < len(candidate) <= LONGEST_COMMAND:
            name = next((name for name, wanted in commands() if wanted.fullmatch(candidate)), "")
            if name:
                return name
    return ""


def _candidates(text: str) -> Iterator[str]:
    """The text as it is, then without what politeness puts before and behind."""
    yield text
    bare = _before().sub("", text).strip(" ，,")
    yield bare
    yield _after().sub("", bare)


@lru_cache(maxsize=1)
def _before() -> re.Pattern[str]:
    return re.compile(f"^(?:{source('politeness.before')})+", re.IGNORECASE)


@lru_cache(maxsize=1)
def _after() -> re.Pattern[str]:
    return re.compile(f"(?:{source('politeness.after')})+$", re.IGNORECASE)


def asks(text: str) -> bool:
    """True for a question about the notice or the form; a labelled value is none, whatever it ends with."""
    short = text if len(text) < 120 else text[-60:]
    looks = any(pattern(f"question.{name}").search(short) for name in ("ends", "anywhere", "counts"))
    return looks and not (_LABELLED.search(text) and not _SURE.search(text))
