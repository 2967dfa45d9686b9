"""Questions that nobody has answered yet, those that are alike together, the most asked first."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.desk.entries.life import Item, Past
from knowledge.answers.sameness import content, figures, like, likened
from knowledge.answers.ways import Ways

ALIKE: Final = 0.45
MOST: Final = 400
OPEN: Final = ("not_covered", "declined", "ticket")


@dataclass(frozen=True)
class Gap:
    """Questions that are alike: the most asked one, all of them, and how often they were asked together."""

    question: str
    ways: tuple[str, ...]
    times: int


def mark(question: str) -> str:
    """What a question is meant by in a button."""
    return hashlib.sha256(question.encode("utf-8", "replace")).hexdigest()[:12]


def gaps(past: Sequence[Past], items: Sequence[Item]) -> tuple[Gap, ...]:
    """The open questions in groups, without those that an entry is about already."""
    alive = [one for item in items if item.state != "withdrawn" for one in (item, item.told) if one]
    known = {content(question).held for item in alive for question in item.questions} - {frozenset()}
    open_ = [asked for asked in past if asked.status in OPEN and content(asked.question).held not in known]
    rows = sorted(open_, key=lambda one: (-one.times, len(one.question), one.question))[:MOST]
    table = likened(row.question for row in rows)
    left = dict.fromkeys(range(len(rows)))
    groups: list[Gap] = []
    while left:
        first = next(iter(left))
        group = _group(first, rows, table, left)
        held = [rows[place] for place in group]
        groups.append(
            Gap(rows[first].question, tuple(each.question for each in held), sum(each.times for each in held))
        )
    return tuple(sorted(groups, key=lambda one: -one.times))


def _group(first: int, rows: Sequence[Past], table: Ways, left: dict[int, None]) -> list[int]:
    """The places of a question, of those like it, and of those like one of them; none of them is left."""
    group = [first]
    del left[first]
    for place in group:
        question = rows[place].question
        alike = [one for one, likeness in like(table, question).items() if likeness >= ALIKE and one in left]
        for one in alike:
            if _kin(rows[one].question, question):
                group.append(one)
                del left[one]
    return group


def _kin(one: str, other: str) -> bool:
    """False for questions that want another kind of answer, or name other figures, however alike the rest is."""
    return content(one).turn == content(other).turn and figures(one, 0) == figures(other, 0)


def suggestions(item: Item, past: Sequence[Past], most: int = 5) -> tuple[str, ...]:
    """Questions that were asked and are like an entry's, the likest first, without those it answers already."""
    known = {content(one).held for one in item.questions}
    rows = [asked for asked in past if content(asked.question) and content(asked.question).held not in known]
    table = likened(row.question for row in rows)
    best: dict[int, float] = {}
    for question in item.questions:
        for place, alike in like(table, question).items():
            if _kin(question, rows[place].question):
                best[place] = max(best.get(place, 0.0), alike)
    ranked = sorted((place for place in best if best[place] >= ALIKE), key=lambda place: -best[place])
    return tuple(dict.fromkeys(rows[place].question for place in ranked))[:most]
