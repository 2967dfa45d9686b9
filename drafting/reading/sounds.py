"""Words typed by their sound: a task's name with a wrong character, pinyin where the input method was off."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Final

from drafting.form.short_names import ONE
from drafting.phrasebook import source
from knowledge.call.definition import Call
from knowledge.language.spelling import syllables

LEAST: Final = 4


def respelt(text: str, call: Call) -> str:
    """The text with such names put right; one that sounds like two tasks, or stands in a unit's name, stays."""
    fits = [one for one in _near(text, _index(call)) if _sounds(text[one[0] : one[1]]) == _sounds(one[2])]
    units = [found.span() for found in ONE.finditer(text)] if fits else []
    for at, end, way, number in fits:
        beside = {other for first, last, _, other in fits if first < end and at < last}
        if beside == {number} and not any(first < end and at < last for first, last in units):
            text = text[:at] + way + text[end:]
    return text


def _ways(call: Call) -> tuple[tuple[str, int], ...]:
    every = ((way, task.number) for task in call.tasks for way in (task.short, *task.ways, *task.nouns))
    return tuple(
        dict.fromkeys(
            (way, number)
            for way, number in every
            if len(way) >= LEAST and all("\u4e00" <= char <= "\u9fff" for char in way)
        )
    )


def _near(text: str, index: dict[str, list[tuple[str, int, int]]]) -> list[tuple[int, int, str, int]]:
    """(start, end, name, task) where at least half of a name's characters, but not all, stand in their places."""
    hits = Counter(
        (place - offset, way, number)
        for place, char in enumerate(text)
        for way, offset, number in index.get(char, ())
        if 0 <= place - offset <= len(text) - len(way)
    )
    return [
        (start, start + len(way), way, number)
        for (start, way, number), count in hits.items()
        if len(way) / 2 <= count < len(way)
    ]


@lru_cache(maxsize=4)
def _index(call: Call) -> dict[str, list[tuple[str, int, int]]]:
    """For each character the names it stands in, with its place in them."""
    out: dict[str, list[tuple[str, int, int]]] = {}
    for way, number in _ways(call):
        for offset, char in enumerate(way):
            out.setdefault(char, []).append((way, offset, number))
    return out


@lru_cache(maxsize=512)
def _sounds(word: str) -> tuple[str, ...]:
    """The syllables of a word without tones, each character by itself."""
    return tuple(syllables(char)[0] for char in word)


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
