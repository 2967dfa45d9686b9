"""Made-up Chinese text for the bench: always the same for a seed, words as uneven as in real text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from random import Random

WORDS, COMMON = 20_000, 3000


def texts(count: int, seed: int = 7) -> Iterator[str]:
    """Texts of 60 to 180 invented words; the n-th commonest word is n times rarer than the first."""
    random = Random(seed)
    characters = [chr(0x4E00 + place) for place in range(COMMON)]
    words = ["".join(random.choices(characters, k=random.choice((1, 2, 2, 2, 3)))) for _ in range(WORDS)]
    shares = list(accumulate(1 / (place + 1) for place in range(WORDS)))
    for _ in range(count):
        drawn = random.choices(words, cum_weights=shares, k=random.randint(60, 180))
        yield "".join(
            word + ("。" if place % 20 == 19 else "，" * (place % 7 == 6)) for place, word in enumerate(drawn)
        )


def queries(count: int, of: int, seed: int = 3) -> Iterator[tuple[int, str]]:
    """Questions with twenty characters out of a text, and which text that is."""
    random = Random(seed)
    step = max(1, of // count)
    for number, text in enumerate(texts(of)):
        if number % step == 0 and number // step < count:
            start = random.randrange(len(text) - 20)
            yield number, f"请问{text[start : start + 20]}是什么"
