"""Words typed in pinyin because the input method was off: kaiyuan bu zuo."""

from __future__ import annotations

import re
from functools import lru_cache

from drafting.phrasebook import source
from knowledge.call.definition import Call
from knowledge.language.spelling import syllables

_LATIN = re.compile(r"(?<![A-Za-z@.])[a-z]{2,}(?:\s+[a-z]{2,}|[a-z]{4,})(?![A-Za-z@.])")


def in_characters(text: str, call: Call) -> str:
    """The text with tasks, decisions and commands in pinyin written as characters; other Latin text stays."""
    if not _LATIN.search(text):
        return text
    words = (*(way for task in call.tasks for way in (*task.ways, *task.nouns)), *source("romanised.words").split("|"))
    spelt = _spelt(tuple(words))
    return _pattern(tuple(spelt)).sub(lambda found: spelt[re.sub(r"\s", "", found.group())], text)


@lru_cache(maxsize=4)
def _spelt(words: tuple[str, ...]) -> dict[str, str]:
    return {"".join(syllables(word)): word for word in reversed(words) if not re.search("[A-Za-z]", word)}


@lru_cache(maxsize=4)
def _pattern(keys: tuple[str, ...]) -> re.Pattern[str]:
    ways = (r"\s*".join(key) for key in sorted(keys, key=len, reverse=True))
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(ways)})(?![a-z])")
