"""What can be answered: cards that say for which concepts of a question which sentence stands on which clause."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from knowledge.answers.interpretation import FEATURES, Reading
from knowledge.answers.lexicon import Lexicon
from knowledge.call.definition import Frozen

FLOOR, STORY, ASKED, TOLD = 0.75, 40, 1.6, 0.5
LIKE, VERY, SAME = 2.5, 0.6, 0.85


class Card(Frozen):
    """One thing that can be asked.

    `when` lists alternatives, each a line of concepts that must all be held (`!name`: must not be); `also` lists
    concepts that make it fit better, `leave` those that make it unfit; `do` names the renderer that picks one of the
    sentences in `say` and fills it; `quote` names clauses (`@kind:key`) or gives them word for word; `after` names
    the deadline whose passing is told first. A `plain` card says what a thing is, and goes first when it is unclear
    what is asked about the thing.
    """

    id: str
    when: tuple[str, ...] = ()
    also: str = ""
    leave: str = ""
    do: str = ""
    say: dict[str, str] | str = ""
    quote: tuple[str, ...] = ()
    status: Literal["answered", "not_covered", "declined"] = "answered"
    after: str = ""
    ways: tuple[str, ...] = ()
    bonus: float = 0.0
    plain: bool = False
    wide: bool = False
    joins: bool = False

    def sentence(self, variant: str) -> str:
        """The template of a variant; the only one when the card has no variants."""
        return self.say if isinstance(self.say, str) else self.say[variant]


class Deck(Frozen):
    """The cards of a file and what goes with them; `merged` names the card that answers a point of another id."""

    whom: str = ""
    refusal: str = ""
    merged: Mapping[str, str] = Field(default_factory=dict)
    cards: tuple[Card, ...] = ()


@dataclass(frozen=True)
class Weighing:
    """What concepts count for, which of them last and which are firm, and how like the examples of a card it is."""

    weights: Mapping[str, float]
    lasting: frozenset[str] = frozenset()
    firm: frozenset[str] = frozenset()
    alike: Mapping[str, float] = field(default_factory=dict)

    def same(self, card: Card) -> bool:
        """True when a question is as good as one of the card's examples."""
        return self.alike.get(card.id, 0.0) >= SAME

    def with_likeness(self, card: Card, score: float) -> float:
        """The score of a card with what its examples add; a card whose concepts don't fit needs a very like one."""
        alike = self.alike.get(card.id, 0.0)
        like = LIKE * alike**2 + (LIKE if alike >= SAME else 0.0)
        return score + like if score >= FLOOR or alike >= VERY else 0.0


@dataclass(frozen=True)
class Match:
    """A card that fits a reading, and how much of the question it explains."""

    card: Card
    score: float


def load(paths: Iterable[Path]) -> Deck:
    """The cards of several files; a later card replaces an earlier one of the same id; missing files add nothing."""
    cards: dict[str, Card] = {}
    whom, refusal = "", ""
    merged: dict[str, str] = {}
    for path in paths:
        if not path.is_file():
            continue
        deck = Deck.model_validate(tomllib.loads(path.read_text("utf-8")))
        cards |= {card.id: card for card in deck.cards}
        merged |= deck.merged
        whom, refusal = deck.whom or whom, deck.refusal or refusal
    return Deck(whom=whom, refusal=refusal, merged=merged, cards=tuple(cards.values()))


def unknown(deck: Deck, lexicon: Lexicon) -> list[str]:
    """The concepts that cards name and no lexicon knows, as `card: concept`."""
    known = {*lexicon.concepts, *FEATURES}
    return [
        f"{card.id}：{name}"
        for card in deck.cards
        for line in (*card.when, card.also, card.leave)
        for name in line.split()
        if name.lstrip("!") not in known
    ]


def rank(reading: Reading, cards: Iterable[Card], weighing: Weighing) -> list[Match]:
    """The cards that fit a reading, the one that explains most of it first; file order decides between equals.

    Only `lasting` concepts (a trouble, a place) make a card unfit when they stand in the story before the question;
    the `firm` ones (what is asked about) count for more in the question after a story.
    """
    held = {token: reading.worth(token, weighing.weights[token]) for token in reading.tokens}
    part = 1.0
    if len(reading.text) >= STORY and reading.aside:
        held |= {token: held[token] * ASKED for token in (reading.tokens & weighing.firm) - reading.aside}
        part = TOLD
    barred = reading.tokens - (reading.aside - weighing.lasting)
    fitting = (card for card in cards if barred.isdisjoint(_line(card.leave).names) or weighing.same(card))
    scored = ((card, _score(card, card.when, held, (reading.aside, part, card.bonus))) for card in fitting)
    found = [Match(card, weighing.with_likeness(card, score)) for card, score in scored]
    return sorted((match for match in found if match.score >= FLOOR), key=lambda match: -match.score)


def _score(
    card: Card, when: Iterable[str], held: Mapping[str, float], told: tuple[frozenset[str], float, float]
) -> float:
    """What a card explains; what was only told beforehand never counts for more than what is asked.

    `told` says what that was, what it counts, and what the card has by itself.
    """
    fitting = [line.names for line in map(_line, when) if line.fits(held)]
    if not fitting:
        return 0.0
    aside, part, bonus = told
    explained = held.keys() & _line(card.also).names.union(*fitting)
    asked = sum(held[name] for name in explained - aside)
    return asked + part * min(asked, sum(held[name] for name in explained & aside)) + bonus


@dataclass(frozen=True)
class _Line:
    """A line of concepts: all of it, those that must be held, those that must not."""

    names: frozenset[str]
    needs: frozenset[str]
    bars: frozenset[str]

    def fits(self, held: Mapping[str, float]) -> bool:
        return self.needs <= held.keys() and self.bars.isdisjoint(held)


@lru_cache(maxsize=16_384)
def _line(line: str) -> _Line:
    names = frozenset(line.split())
    bars = frozenset(name[1:] for name in names if name.startswith("!"))
    return _Line(names, frozenset(name for name in names if not name.startswith("!")), bars)


def near(reading: Reading, cards: Iterable[Card], weights: Mapping[str, float], firm: frozenset[str]) -> list[Match]:
    """The cards whose subject a question names although the point it asks about is not theirs; best first."""
    held = {token: reading.worth(token, weights[token]) for token in reading.tokens & firm}
    able = (card for card in cards if card.status == "answered" and _line(card.leave).names.isdisjoint(held))
    scored = ((card, _score(card, _loosened(card, firm), held, (reading.aside, 1.0, 0.0))) for card in able)
    found = [Match(card, score) for card, score in scored if score >= FLOOR]
    return sorted(found, key=lambda match: (-match.score, not match.card.plain))


def _loosened(card: Card, firm: frozenset[str]) -> list[str]:
    """The lines of a card without what is asked about the thing they name; whole lines only, unless it is plain."""
    lines = ([name for name in line.split() if name in firm or name.startswith("!")] for line in card.when)
    whole = (names for names, line in zip(lines, card.when, strict=True) if card.plain or names == line.split())
    return [" ".join(names) for names in whole if names]
