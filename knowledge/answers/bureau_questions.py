"""A question read so that it can be compared with the questions that a bureau answers itself."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from knowledge.answers.answer import Answer
from knowledge.answers.division import asking
from knowledge.answers.followup import LEANING
from knowledge.answers.interpretation import Reading
from knowledge.answers.question import read
from knowledge.answers.respond import Knowledge, Setting, answer, understand
from knowledge.answers.sameness import Content, content, figures
from knowledge.answers.voices import Asking
from knowledge.call.definition import Call
from knowledge.language.normal import normalise

# What an answer hangs on, by the slots of the thesaurus.
FIRM: Final = ("subject", "hard", "set", "role", "body")
NAMES: Final = (
    "libraries", "clusters", "chains", "products", "sections", "aspects", "cities", "outside", "strange",
)  # fmt: skip
KEPT, MOST = 4096, 3
END: Final = re.compile(r"(?<=[?？])")


@dataclass(frozen=True)
class Sought:
    """Questions that others are compared with, for those of a city; as those of a ruling, or of an FAQ entry."""

    questions: tuple[str, ...]
    city: str = ""
    ruling: bool = False


class Reader:
    """Reads questions; `open_` are the cards of points that the notice leaves open."""

    def __init__(self, known: Knowledge, open_: frozenset[str]) -> None:
        self._known, self._open = known, open_
        self.alone: Callable[[str], Asking] = lru_cache(KEPT)(self._alone)

    def after(self, text: str, history: Sequence[str], given: Answer) -> Asking:
        """A question asked after others, with the answer it was given."""
        asked = asking(self._text(text))
        parts = asked if 1 < len(asked) <= MOST else ()
        points = frozenset().union(*(self.alone(one).points for one in parts)) if parts else self._points(given)
        alone = _apart(text) if parts else ()
        if not history:
            made = self._made(text, points, understand(self._text(text), self._known, ()))
            return replace(made, several=bool(parts), parts=alone)
        reading = understand(self._text(text), self._known, history)
        own = read(self._text(text), self._known.call, self._known.lexicon)
        lent = self._firm(reading) - self._firm(own) - reading.aside
        return replace(self._made(text, points, reading), lent=lent, several=bool(parts), parts=alone)

    def same(self, wanted: Sought, asked: Sequence[str]) -> tuple[bool, ...]:
        """Which of those `asked` ask the same as one of the questions; only what may be is read at all."""
        own = [(content(one, wanted.city), one) for one in wanted.questions]
        return tuple(any(self._same(held, one, text, wanted) for held, one in own) for text in asked)

    def _same(self, held: Content, question: str, text: str, wanted: Sought) -> bool:
        asked = content(text, wanted.city)
        if not asked or asked.same(held):
            return bool(asked)
        point = self.alone(question) if asked.held & held.held else None
        return point is not None and point.open and self.alone(text).same_point(point, ruling=wanted.ruling)

    def _alone(self, text: str) -> Asking:
        given = answer(text, self._known, Setting())
        return self._made(text, self._points(given), understand(self._text(text), self._known, ()))

    def _made(self, text: str, points: frozenset[str], reading: Reading) -> Asking:
        names = {(name, one) for name in NAMES for one in getattr(reading, name)}
        names |= {("task", one) for one in reading.tasks or reading.named}
        names |= {("day", one) for one in reading.days} | ({("count", reading.count)} if reading.count else set())
        own = figures(text, self._known.call.call.issued.year)
        return Asking(text, points, bool(points & self._open), frozenset(names), self._firm(reading), figures=own)

    def _firm(self, reading: Reading) -> frozenset[str]:
        concepts = self._known.lexicon.concepts
        return frozenset(one for one in reading.tokens if one in concepts and concepts[one].slot in FIRM)

    def _points(self, given: Answer) -> frozenset[str]:
        """The card that answers by itself; none where what is asked was only found to be near it."""
        first = card_of(given)
        if given.status == "declined" or not first:
            return frozenset()
        id_ = first.removeprefix("card:")
        card = next((one for one in self._known.deck.cards if one.id == id_), None)
        sure = given.status == "answered" or (card is not None and card.status == "not_covered")
        return frozenset((first,)) if sure else frozenset()

    def _text(self, text: str) -> str:
        return self._known.repair(normalise(text))


def _apart(text: str) -> tuple[str, ...]:
    """The sentences of a text that each ask something and can stand alone."""
    sentences = (one.strip() for one in END.split(text))
    return tuple(one for one in sentences if one and not LEANING.search(normalise(one)))


def card_of(given: Answer) -> str:
    """The card that gave an answer; empty where none did."""
    first = next(iter(given.passages), "")
    return first if first.startswith("card:") else ""


def city_of(bureau: str, call: Call) -> str:
    """The city of a bureau; empty for none."""
    return next((one.city for one in call.recommenders if one.code == bureau), "")
