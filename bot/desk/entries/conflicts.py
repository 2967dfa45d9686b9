"""Where an entry says otherwise than the notice or than another entry: figures, days, verdicts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from bot.desk.entries.life import Item
from knowledge.answers.answer import Answer
from knowledge.answers.claims import FIGURE, NUMBERED, OPPOSITES, claims, clauses, denied, plain
from knowledge.answers.mentions import days_in
from knowledge.answers.sameness import content, like, likened

What = Literal["figure", "day", "verdict"]
ALIKE: Final = 0.6
# Units that days are made of: these are compared as days.
NEEDED: Final = re.compile(r"(?<![不需只主重])要(?![求么是点闻])")
FURTHER: Final = re.compile(r"(\d+(?:\.\d+)?)(点|楼|层|室|套|分钟)")
UNSAID: Final = 0
DAILY: Final = ("年", "月", "日", "号")


@dataclass(frozen=True)
class Conflict:
    """What the entry gainsays: `number` of another entry, 0 for the notice; its words, and in what they differ."""

    number: int
    text: str
    what: tuple[What, ...]


def conflicts(item: Item, notice: Sequence[Answer], others: Sequence[Item]) -> tuple[Conflict, ...]:
    """All that an entry gainsays: the notice's own answers to its questions, and published entries like it."""
    gainsaid = [
        Conflict(0, answer.text, what)
        for answer in notice
        if answer.status == "answered" and (what := _of(item, answer.text))
    ]
    alike = like(likened(other.question for other in others), item.question)
    near = [other for place, other in enumerate(others) if alike.get(place, 0.0) >= ALIKE or _shared(item, other)]
    gainsaid += [
        Conflict(one.number, one.answer, what)
        for one in near
        if one.number != item.number and (what := _of(item, one.answer))
    ]
    return tuple({(one.number, one.text): one for one in gainsaid}.values())


def _shared(item: Item, other: Item) -> bool:
    return any(content(question).same(content(each)) for question in item.questions for each in other.questions)


def _of(item: Item, text: str) -> tuple[What, ...]:
    kinds: list[What] = []
    if differ(item.answer, text):
        kinds.append("figure")
    if days_differ(item.answer, text):
        kinds.append("day")
    if turned(item.answer, text, item.question):
        kinds.append("verdict")
    return tuple(kinds)


def differ(one: str, other: str) -> bool:
    """True when two texts count the same unit and none of their figures agree."""
    own, theirs = _figures(one), _figures(other)
    return any(not own[unit] & theirs[unit] for unit in own.keys() & theirs.keys() if unit not in DAILY)


def _figures(text: str) -> dict[str, set[str]]:
    figures: dict[str, set[str]] = {}
    for value, unit in FIGURE.findall(NUMBERED.sub(" ", plain(text))):
        if unit:
            figures.setdefault(unit, set()).add(value)
    for value, unit in FURTHER.findall(plain(text)):
        figures.setdefault(unit, set()).add(value)
    return figures


def days_differ(one: str, other: str) -> bool:
    """True when both texts name days and no day of one is named by the other."""
    own, theirs = (days_in(plain(text), UNSAID) for text in (one, other))
    return bool(own and theirs) and not any(_agree(mine, their) for mine in own for their in theirs)


def _agree(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return all(mine == their or UNSAID in (mine, their) for mine, their in zip(one, other, strict=True))


def turned(one: str, other: str, question: str) -> bool:
    """True when one text allows or demands what the other doesn't, on what the question asks."""
    mine, their = (_near(text, question) for text in (one, other))
    own, theirs = _turns(mine), _turns(their)
    if any((a in own and b in theirs) or (b in own and a in theirs) for a, b in OPPOSITES):
        return not own & theirs
    asked, mine_, their_ = plain(question), "".join(mine), "".join(their)
    said = ((denied(mine_) - denied(their_), their_), (denied(their_) - denied(mine_), mine_))
    return any(word in asked and word in text for words, text in said for word in words)


def _near(text: str, question: str) -> list[str]:
    """The first clause, and those that speak of what is asked."""
    parts, asked = clauses(text), content(question).held
    return [part for place, part in enumerate(parts) if not place or len(asked & set(part)) * 3 >= len(asked)]


def _turns(parts: Sequence[str]) -> set[str]:
    """Which way the clauses turn."""
    turns = {claim for part in parts for claim in claims(part) if claim.startswith("~")}
    return turns | ({"~必须"} if any(NEEDED.search(part) for part in parts) else set())
