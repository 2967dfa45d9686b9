"""Task names typed with a wrong character of the same sound: 首席数据管 for 首席数据官."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Final

from drafting.form.short_names import ONE
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
