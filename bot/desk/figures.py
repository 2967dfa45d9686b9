"""What a desk did in some days, in numbers: as a message, as a picture, as a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Final

from bot import filling
from bot.card import Card
from bot.desk.crew import title
from bot.desk.faq_file import escaped
from bot.desk.scope import PROVINCE
from bot.events import Consulted, Give, Turn
from bot.filling import Ground
from bot.session import Session
from bot.standing import CHINA
from bot.wording import say, sentences

DAYS: Final = 30
FEWEST: Final = 5
TOPICS: Final = 6
HOUR: Final = 3600.0
STATUS: Final = ("answered", "not_covered", "declined")


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
    """A question handed to people: when, and when it was first answered, None for not yet."""

    opened: float
    answered: float | None = None


@dataclass(frozen=True)
class Numbers:
    """What is counted for one bureau; `people` are those who asked, `hours` the median until somebody answered."""

    bureau: str
    days: int
    people: int = 0
    asked: int = 0
    status: Mapping[str, int] = field(default_factory=dict)
    handed: int = 0
    replied: int = 0
    hours: float | None = None
    good: int = 0
    bad: int = 0
    topics: tuple[tuple[str, int], ...] = ()
    daily: tuple[tuple[str, int], ...] = ()
    applications: Mapping[str, int] = field(default_factory=dict)
    findings: tuple[tuple[str, int], ...] = ()

    @property
    def few(self) -> bool:
        """Whether so few asked that their number could tell who it was."""
        return self.people < FEWEST


@dataclass(frozen=True)
class Counted:
    """What numbers are made of."""

    asked: Sequence[Asked] = ()
    handed: Sequence[Handed] = ()
    applications: Sequence[str] = ()
    findings: Sequence[str] = ()


def numbers(bureau: str, counted: Counted, days: int = DAYS) -> Numbers:
    """The numbers of a bureau's rows of so many days."""
    waited = [(one.answered - one.opened) / HOUR for one in counted.handed if one.answered is not None]
    daily = Counter(_day(one.at) for one in counted.asked)
    return Numbers(
        bureau,
        days,
        people=len({one.person for one in counted.asked}),
        asked=len(counted.asked),
        status=Counter(one.status for one in counted.asked),
        handed=len(counted.handed),
        replied=len(waited),
        hours=median(waited) if waited else None,
        good=sum(one.thumb > 0 for one in counted.asked),
        bad=sum(one.thumb < 0 for one in counted.asked),
        topics=tuple(Counter(one.topic for one in counted.asked if one.topic).most_common(TOPICS)),
        daily=tuple(sorted(daily.items())),
        applications=Counter(counted.applications),
        findings=tuple(Counter(counted.findings).most_common(TOPICS)),
    )


def _day(at: float) -> str:
    return datetime.fromtimestamp(at, CHINA).date().isoformat()


# ---------------------------------------------------------------- shown
def show(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The numbers in words with a picture; for the province a line a bureau, without those of a few people."""
    found: Sequence[Numbers] = event.found
    if event.scope.bureau == PROVINCE:
        return Turn(session, effect=Give("\n".join(_lines(found, ground)), "统计.csv", table(found, ground)))
    mine = found[0]
    if not mine.asked and not mine.handed and not mine.applications:
        return filling.told(session, say("figures.none", days=mine.days), ground)
    return Turn(session, effect=Give(in_words(mine, ground), card=card(mine, ground) if ground.pictures else None))


def export(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The same as a table for a spreadsheet."""
    found: Sequence[Numbers] = event.found
    return Turn(session, effect=Give(say("figures.table"), "统计.csv", table(found, ground)))


def _lines(found: Sequence[Numbers], ground: Ground) -> list[str]:
    lines = [say("figures.province", days=found[0].days if found else DAYS)]
    for one in found:
        name = title(one.bureau, ground.call)
        if one.few:
            lines.append(say("figures.few", bureau=name))
        else:
            shares = {"answered": share(one, "answered"), "handed": one.handed}
            lines.append(say("figures.line", bureau=name, people=one.people, asked=one.asked, **shares))
    return lines


def share(one: Numbers, status: str) -> str:
    """How much of what was asked went so, as a percentage."""
    return f"{one.status.get(status, 0) / one.asked:.0%}" if one.asked else "—"


def in_words(one: Numbers, ground: Ground) -> str:
    """The numbers as a message."""
    lines = [
        say("figures.head", bureau=title(one.bureau, ground.call), days=one.days),
        say("figures.asked", asked=one.asked, people=one.people, **{name: share(one, name) for name in STATUS}),
    ]
    if one.handed:
        hours = f"{one.hours:.1f}" if one.hours is not None else "—"
        lines.append(say("figures.handed", handed=one.handed, replied=one.replied, hours=hours))
    if one.good or one.bad:
        lines.append(say("figures.judged", good=one.good, bad=one.bad))
    if one.topics:
        lines.append(say("figures.topics", topics="、".join(f"{name} {count}" for name, count in one.topics)))
    if one.applications:
        states = "、".join(f"{say(f'figures.{name}')} {count}" for name, count in one.applications.items())
        lines.append(say("figures.applications", states=states))
    if one.findings:
        lines.append(say("figures.findings", findings="、".join(f"{_finding(code)} {n}" for code, n in one.findings)))
    return "\n".join(lines)


def _finding(code: str) -> str:
    return say(f"finding.{code}") if f"finding.{code}" in sentences() else code


def card(one: Numbers, ground: Ground) -> Card:
    """The numbers as a picture: how it went, and what was asked most."""
    rows = [(say(f"figures.{name}"), one.status.get(name, 0), one.asked) for name in STATUS if one.asked]
    rows += [(say("figures.handed_over"), one.handed, max(one.asked, one.handed))] if one.handed else []
    most = one.topics[0][1] if one.topics else 0
    rows += [(name, count, most) for name, count in one.topics]
    head = say("figures.head", bureau=title(one.bureau, ground.call), days=one.days)
    return Card(head, rows, say("figures.foot", people=one.people), counts=True)


def table(found: Sequence[Numbers], ground: Ground) -> str:
    """Bureau, what is counted, of what, how many: a row each; of a few people nothing but that they are few."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(say("figures.columns").split("、"))
    for one in found:
        name = title(one.bureau, ground.call)
        if one.few and len(found) > 1:
            writer.writerow((name, say("figures.people"), "", f"<{FEWEST}"))
            continue
        writer.writerows((name, *map(escaped, row)) for row in _rows(one))
    return out.getvalue()


def _rows(one: Numbers) -> list[tuple[str, str, str]]:
    rows = [(say("figures.people"), "", str(one.people)), (say("figures.questions"), "", str(one.asked))]
    rows += [(say("figures.by_status"), say(f"figures.{name}"), str(one.status.get(name, 0))) for name in STATUS]
    rows += [(say("figures.by_day"), day, str(count)) for day, count in one.daily]
    rows += [(say("figures.by_topic"), topic, str(count)) for topic, count in one.topics]
    hours = "" if one.hours is None else f"{one.hours:.2f}"
    rows += [(say("figures.handed_over"), "", str(one.handed)), (say("figures.median"), "", hours)]
    rows += [(say("figures.thumbs"), say("buttons.good"), str(one.good))]
    rows += [(say("figures.thumbs"), say("buttons.bad"), str(one.bad))]
    rows += [(say("figures.by_state"), say(f"figures.{name}"), str(n)) for name, n in one.applications.items()]
    return rows + [(say("figures.by_finding"), _finding(code), str(count)) for code, count in one.findings]


HANDLERS = {"figures": show, "figures_table": export}
