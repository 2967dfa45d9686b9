"""What a desk did in some days, counted: each number only of as many people as it takes to be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Final

from bot.turn.days import CHINA

DAYS: Final = 30
FEWEST: Final = 5
TOPICS: Final = 6
HOUR: Final = 3600.0
# A number, or None where so few stand behind it that it could tell who they are.
Tally = int | None
Tallies = Mapping[str, Tally]


@dataclass(frozen=True)
class Asked:
    """A question as it counts: by whom, when in seconds since 1970, how it went; `thumb` is 1, -1, or 0 for unsaid."""

    person: str
    at: float
    status: str
    topic: str
    thumb: int = 0


@dataclass(frozen=True)
class Handed:
    """A question handed to people: when, when it was first answered (None for not yet), and by whom."""

    opened: float
    answered: float | None = None
    person: str = ""


@dataclass(frozen=True)
class Numbers:
    """What is counted for one bureau: `people` are those who asked, `hours` the median until somebody answered.

    A number of too few people is None; `few` says that so few asked that there is no number at all.
    """

    bureau: str
    days: int
    people: int = 0
    asked: int = 0
    status: Tallies = field(default_factory=dict)
    handed: Tally = 0
    replied: Tally = 0
    hours: float | None = None
    thumbs: Tallies = field(default_factory=dict)
    topics: Tallies = field(default_factory=dict)
    daily: Tallies = field(default_factory=dict)
    drafts: Tallies = field(default_factory=dict)
    applications: Tallies = field(default_factory=dict)
    findings: Tallies = field(default_factory=dict)
    few: bool = False

    @property
    def nothing(self) -> bool:
        """Whether nothing at all happened."""
        return not (self.few or self.asked or self.handed or self.applications or self.drafts)


@dataclass(frozen=True)
class Counted:
    """What numbers are made of; `drafts` and `applications` are the stage or state of each."""

    asked: Sequence[Asked] = ()
    handed: Sequence[Handed] = ()
    applications: Sequence[str] = ()
    findings: Sequence[str] = ()
    drafts: Sequence[str] = ()


def numbers(bureau: str, counted: Counted, days: int = DAYS, *, least: int = 1) -> Numbers:
    """The numbers of a bureau's rows of so many days, each of at least so many people, or applications."""
    people = len({one.person for one in counted.asked})
    if people < least and least > 1:
        return Numbers(bureau, days, few=True)
    asked, answered = counted.asked, [one for one in counted.handed if one.answered is not None]
    waited = [(one.answered - one.opened) / HOUR for one in answered if one.answered is not None]
    judged = [("good" if one.thumb > 0 else "bad", one.person) for one in asked if one.thumb]
    replied = _tally([one.person for one in answered], least)
    return Numbers(
        bureau,
        days,
        people=people,
        asked=len(asked),
        status=tallies([(one.status, one.person) for one in asked], least),
        handed=_tally([one.person for one in counted.handed], least),
        replied=replied,
        hours=median(waited) if waited and replied else None,
        thumbs=tallies(judged, least),
        topics=_most(tallies([(one.topic, one.person) for one in asked if one.topic], least)),
        daily=dict(sorted(tallies([(_day(one.at), one.person) for one in asked], least).items())),
        drafts=tallies(_each(counted.drafts), least),
        applications=tallies(_each(counted.applications), least),
        findings=_most(tallies(_each(counted.findings), least)),
    )


def tallies(pairs: Sequence[tuple[str, str]], least: int) -> Tallies:
    """How often each was, the most first, of pairs of what it was and whose.

    None where fewer than `least` stand behind it; and for the next smallest, where a single one would be left to be
    reckoned from the sum.
    """
    times, whose = Counter(name for name, _ in pairs), {(name, who) for name, who in pairs}
    behind = Counter(name for name, _ in whose)
    hidden = {name for name, count in behind.items() if count < least}
    others = sorted((count, name) for name, count in times.items() if name not in hidden)
    if len(hidden) == 1 and others:
        hidden.add(others[0][1])
    return {name: None if name in hidden else count for name, count in times.most_common()}


def _tally(whose: Sequence[str], least: int) -> Tally:
    return len(whose) if len(set(whose)) >= least or not whose else None


def _each(names: Sequence[str]) -> list[tuple[str, str]]:
    """Things that are nobody's, each counted by itself."""
    return [(name, str(place)) for place, name in enumerate(names)]


def _most(found: Tallies) -> Tallies:
    """Those that are most, as far as they may be told."""
    return dict([(name, count) for name, count in found.items() if count is not None][:TOPICS])


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, CHINA).date().isoformat()
