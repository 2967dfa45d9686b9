"""Whether two questions ask the same thing in other words: what is left of each without its manner of asking."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.answers import ways
from knowledge.answers.lexicon import split
from knowledge.answers.mentions import days_in
from knowledge.language.normal import normalise, number
from knowledge.language.terms import RUN, terms

_FILE = Path(__file__).with_name("asking.toml")
NUMERALS = "零〇一二两三四五六七八九十"
COUNTED = re.compile(
    rf"(?<=任务|集群|附件)[{NUMERALS}]+|[{NUMERALS}]+(?=[个家项条份年月日号页天次级部名位套周])|"
    rf"(?<=第)[{NUMERALS}]+"
)
DAY = re.compile(r"(?<=\d)号(?=\D|$)")
FIGURE = re.compile(r"\d+(?:\.\d+)?")
EDGE = re.compile(r"^[ ?!。,.;:…~、]+|[ ?!。,.;:…~、]+$")
OR_NOT = re.compile(r"([一-鿿]{1,2})[不没]\1")
# May it be, must it be, does it count.
MOODS = frozenset("可要算")
# When, where, who, how many, what, how, why; and what denies.
TURNS = frozenset("时处谁几什怎因不没无未非")
LEAST = 2


@lru_cache(maxsize=1)
def _manner() -> tuple[re.Pattern[str], Mapping[str, str], re.Pattern[str], re.Pattern[str]]:
    table = tomllib.loads(_FILE.read_text("utf-8"))
    signs = {word: sign for sign, words in table["signs"].items() for word in split(words)}
    return _any(signs), signs, _any(split(table["idle"]["words"])), _any(split(table["tail"]["words"]), "$")


def _any(words: Iterable[str], after: str = "") -> re.Pattern[str]:
    listed = sorted(words, key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(map(re.escape, listed))}){after}")


def plain(text: str, city: str = "") -> str:
    """A question in the signs of what it asks; a `city` of the asker's own is as good as saying the city."""
    sign, signs, idle, tail = _manner()
    said = EDGE.sub("", normalise(text))
    if city:
        said = said.replace(city, "市").replace(city.removesuffix("市"), "市")
    said = tail.sub("", said)
    said = sign.sub(lambda found: signs[found[0]], said)
    said = OR_NOT.sub(r"\1", said)
    return idle.sub("", DAY.sub("日", COUNTED.sub(lambda found: _digits(found[0]), said)))


def _digits(said: str) -> str:
    read = number(said)
    return said if read is None else str(read)


@dataclass(frozen=True)
class Content:
    """What a question asks without its manner: the characters, words and figures left of it, and what it asks of them.

    It is false when too little is left to be compared.
    """

    held: frozenset[str] = frozenset()
    mood: frozenset[str] = frozenset()

    @property
    def turn(self) -> frozenset[str]:
        """What kind of answer is asked for, and whether something is denied."""
        return self.held & TURNS

    def __bool__(self) -> bool:
        return bool(self.held)

    def same(self, other: Content) -> bool:
        """True when both ask the same of the same; 收材料吗 leaves open whether it may or must be."""
        moods = self.mood == other.mood or not (self.mood and other.mood)
        return bool(self.held) and self.held == other.held and moods


BLANK = Content()


@lru_cache(maxsize=8192)
def content(text: str, city: str = "") -> Content:
    """What a question asks."""
    runs = RUN.findall(plain(text, city))
    found = {one for run in runs for one in ([run] if run[0].isascii() else run)}
    held = frozenset(found - MOODS)
    return Content(held, frozenset(found & MOODS)) if len(held) >= LEAST else BLANK


def figures(text: str, year: int) -> frozenset[str]:
    """The figures and days that a text names."""
    bare = plain(text)
    return frozenset((*FIGURE.findall(bare), *("-".join(map(str, one)) for one in days_in(bare, year))))


def likened(texts: Iterable[str], city: str = "") -> ways.Ways:
    """Questions made ready to be compared by likeness, each under its place in the row."""
    return ways.made((str(place), _terms(text, city)) for place, text in enumerate(texts))


def like(known: ways.Ways, text: str, city: str = "") -> dict[int, float]:
    """How like a question each of those is, 0 to 1, the likest first."""
    return {int(place): alike for place, alike in known.near(_terms(text, city)).items()}


def _terms(text: str, city: str) -> frozenset[str]:
    return frozenset(terms(plain(text, city)))
