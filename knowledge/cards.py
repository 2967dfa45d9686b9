"""What can be answered: cards that say for which concepts of a question which sentence stands on which clause."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from pydantic import Field

from knowledge.call import Frozen
from knowledge.lexicon import Lexicon
from knowledge.reading import FEATURES, Reading

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
    fitting = (card for card in cards if weighing.same(card) or not any(name in barred for name in card.leave.split()))
    scored = ((card, _score(card, held, reading.aside, part)) for card in fitting)
    found = [Match(card, weighing.with_likeness(card, score)) for card, score in scored]
    return sorted((match for match in found if match.score >= FLOOR), key=lambda match: -match.score)


def _score(card: Card, held: Mapping[str, float], aside: frozenset[str], part: float = 1.0) -> float:
    """What a card explains; what was only told beforehand never counts for more than what is asked."""
    lines = [line.split() for line in card.when]
    fitting = [names for names in lines if all(_agrees(name, held) for name in names)]
    if not fitting:
        return 0.0
    explained = {name for names in (*fitting, card.also.split()) for name in names if name in held}
    asked = sum(held[name] for name in explained - aside)
    told = sum(held[name] for name in explained & aside)
    return asked + part * min(asked, told) + card.bonus


def near(reading: Reading, cards: Iterable[Card], weights: Mapping[str, float], firm: frozenset[str]) -> list[Match]:
    """The cards whose subject a question names although the point it asks about is not theirs; best first."""
    held = {token: reading.worth(token, weights[token]) for token in reading.tokens & firm}
    able = (card for card in cards if card.status == "answered" and not any(one in held for one in card.leave.split()))
    loose = (_loosened(card, firm) for card in able)
    found = [Match(card, score) for card in loose if (score := _score(card, held, reading.aside)) >= FLOOR]
    return sorted(found, key=lambda match: (-match.score, not match.card.plain))


def _loosened(card: Card, firm: frozenset[str]) -> Card:
    lines = ([name for name in line.split() if name in firm or name.startswith("!")] for line in card.when)
    whole = ((names, line) for names, line in zip(lines, card.when, strict=True) if card.plain or names == line.split())
    update = {"when": tuple(" ".join(names) for names, _ in whole if names), "bonus": 0.0}
    return card.model_copy(update=update)


def _agrees(name: str, held: Mapping[str, float]) -> bool:
    return name[1:] not in held if name.startswith("!") else name in held
