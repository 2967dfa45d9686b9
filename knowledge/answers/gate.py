"""Whether a card speaks of the very point that was asked, or only of the thing that it was asked about."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.answers.cards import Card
from knowledge.answers.interpretation import Reading
from knowledge.answers.lexicon import Lexicon
from knowledge.answers.question import question_part

SHORT, LONGEST, UNKNOWN = 26, 10, "■"
HAN = re.compile("[一-鿿]")
COUNTED = re.compile(r"第?[零〇一二两三四五六七八九十百千\d]+[个项条家部分号次月日年份方面种类万块天%]*")
AFTER = re.compile(rf"(?:什么|啥|哪[个种些类家级]?|多少|几[个种]?|多长|多大){UNKNOWN}{{2}}")
BEFORE = re.compile(
    rf"{UNKNOWN}{{2}}[的]?(?:吗|么|不\?*$|吧|\?|$|是?多少|是?什么|是?啥|怎|如何|是?谁|是?哪|何时|几|有.{{0,2}}(?:要求|规定|限制|标准)|要求)"
)


@dataclass(frozen=True)
class Gate:
    """Knows which concepts are points that an answer must speak of, and every word that may stand in a question."""

    points: frozenset[str]
    aspects: frozenset[str]
    words: frozenset[str] = field(repr=False)
    source: str = field(repr=False)

    @cached_property
    def longest(self) -> int:
        """The length of the longest word worth looking for."""
        return min(LONGEST, max(map(len, self.words), default=0))

    def misses(self, card: Card, reading: Reading) -> bool:
        """True when the question asks a point that the card does not speak of."""
        held = (reading.tokens - reading.aside) & (self.aspects if card.plain else self.points)
        return bool(held - spoken(card)) or (not card.wide and self.strange(reading.text))

    def strange(self, text: str) -> bool:
        """True when a short question asks about something that neither the call nor the thesaurus has a word for."""
        core = question_part(text)
        if len(core) > SHORT:
            return False
        masked = self.masked(core)
        return bool(AFTER.search(masked) or BEFORE.search(masked))

    def masked(self, text: str) -> str:
        """The text with every Chinese character that no known word covers struck out."""
        known = [not HAN.match(char) for char in text]
        for match in COUNTED.finditer(text):
            known[match.start() : match.end()] = [True] * len(match[0])
        for start in range(len(text)):
            size = self._covered(text, start)
            known[start : start + size] = [True] * size
        return "".join(char if plain else UNKNOWN for char, plain in zip(text, known, strict=True))

    def _covered(self, text: str, start: int) -> int:
        for size in range(min(self.longest, len(text) - start), 0, -1):
            word = text[start : start + size]
            if word in self.words or (size > 1 and word in self.source):
                return size
        return 0


def spoken(card: Card) -> frozenset[str]:
    """The concepts that a card says it speaks of."""
    return frozenset(name for line in (*card.when, card.also) for name in line.split())


def known_words(lexicon: Lexicon, further: Iterable[str]) -> frozenset[str]:
    """Every word that people are known to use about a call."""
    spelt = (part for one in lexicon.concepts.values() for word in one.words for part in word.split("..") if part)
    named = (word for words in lexicon.tasks.values() for word in words)
    tables = (lexicon.products, lexicon.places, lexicon.libraries, lexicon.dropped, lexicon.outside, lexicon.common)
    return frozenset((*spelt, *named, *further, *(word for table in tables for word in table)))
