"""How text becomes search terms, and how a term's weight is reckoned."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from knowledge.language.normal import folded

K1, B = 1.2, 0.75
RUN = re.compile(r"[㐀-鿿豈-﫿\U00020000-\U0003134f]+|[a-z0-9]+(?:[._-][a-z0-9]+)*")


def terms(text: str) -> list[str]:
    """The characters and bigrams of the Chinese runs of a normalised text, and its other words whole."""
    found: list[str] = []
    for run in RUN.findall(text):
        if run[0].isascii():
            found.append(run)
            continue
        found += run
        found += (run[place : place + 2] for place in range(len(run) - 1))
    return found


def passage_terms(text: str, ways: Iterable[str]) -> Counter[str]:
    """How often each term stands in a passage and the other ways people ask for it."""
    return Counter(terms(folded(" ".join((text, *ways)))))


def query_terms(text: str, dropped: Iterable[str] = ()) -> list[str]:
    """The terms of a normalised query without its question words, each once."""
    for word in dropped:
        text = text.replace(word, " ")
    return list(dict.fromkeys(terms(text)))


def rarity(holding: int, total: int) -> float:
    """The weight of a term that `holding` of `total` passages hold."""
    return math.log(1 + (total - holding + 0.5) / (holding + 0.5))
