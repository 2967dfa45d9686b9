"""A narrative section put together from what was said: every fact of it, well ordered, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from drafting.form.amounts import write_amount
from drafting.form.draft import LEAD, Draft, Point, lead_name
from knowledge.call.definition import Aspect, Call, Section
from knowledge.language.folding import fold, length

ORDINALS: Final = "一二三四五六七八九十"
THIN: Final = 0.15
# So many words of an aspect in prose speak of it.
SIGNS: Final = 2
_DATE = re.compile(
    r"^(?:自|从|到|截至)?\s*(?P<year>20\d\d)\s*[年.\-/]?\s*(?:(?P<month>\d{1,2})\s*月?|(?P<half>[上下])半年"
    r"|(?:第)?(?P<quarter>[一二三四1-4])季度|年?(?P<end>[底末初]))?"
)
_QUARTERS: Final = {"一": 1, "二": 4, "三": 7, "四": 10, "1": 1, "2": 4, "3": 7, "4": 10}


@dataclass(frozen=True)
class Gauge:
    """How much a section has: characters without white space, how many are wanted, aspects without a word or thin."""

    characters: int
    wanted: int | None
    missing: tuple[Aspect, ...] = ()
    thin: tuple[Aspect, ...] = ()

    @property
    def short(self) -> bool:
        """True while the section is clearly shorter than the form asks."""
        return bool(self.wanted and self.characters < self.wanted * 0.8)


def written(section: Section, draft: Draft, call: Call) -> tuple[str, ...]:
    """The paragraphs of a section as they go into the file: its prose, then the points that the prose doesn't hold.

    Prose made of points has the opening of composed text, for that follows the task table.
    """
    prose, body = draft.texts.get(section.id, ()), composed(section, draft, call)
    made = any(point.worded for point in draft.points.get(section.id, ()))
    return (*(opening(section, draft, call) if made else ()), *prose, *body)


def composed(section: Section, draft: Draft, call: Call) -> tuple[str, ...]:
    """The points of a section that stand in no prose, in words; () when there are none."""
    said = tuple(point for point in draft.points.get(section.id, ()) if not point.worded)
    if not said:
        return ()
    groups, loose = grouped(said, section)
    parts = [] if draft.texts.get(section.id) else list(opening(section, draft, call))
    for ordinal, (name, found) in zip(ORDINALS, groups, strict=False):
        parts += _group(f"（{ordinal}）{name}", found)
    return (*parts, *(sentence(point.text) for point in loose))


def opening(section: Section, draft: Draft, call: Call) -> tuple[str, ...]:
    """What a section about the tasks opens with: tasks, targets and who does what; () for any other section."""
    return tuple(_opening(draft, call)) if section.states_targets else ()


def grouped(said: tuple[Point, ...], section: Section) -> tuple[list[tuple[str, list[Point]]], list[Point]]:
    """Points under the aspects of the section, in the order they are written, and those that are under none."""
    groups = [(one.name, _in_time([point for point in said if point.aspect == one.name])) for one in section.aspects]
    groups = [group for group in groups if group[1]]
    return groups, [point for point in said if all(point.aspect != name for name, _ in groups)]


def _group(title: str, found: list[Point]) -> list[str]:
    """One thing said follows its title, several are numbered, phases open with their dates."""
    if len(found) == 1:
        return [f"{title}。{sentence(found[0].text)}"]
    dated = all(_when(point.text) for point in found)
    lines = [sentence(point.text) for point in found]
    return [title, *(lines if dated else [f"{number}．{line}" for number, line in enumerate(lines, 1)])]


def sentence(text: str) -> str:
    """A point as a sentence of its own; what ends like one stays as it is."""
    bare = text.strip().rstrip("；;，,、")
    return bare if bare[-1:] in "。！？!?…：:" else f"{bare}。"


def _in_time(found: list[Point]) -> list[Point]:
    """Phases in the order of time; what has no date stays behind what it was said after."""
    keyed, last = [], (0, 0)
    for point in found:
        last = _when(point.text) or last
        keyed.append((last, point))
    return [point for _, point in sorted(keyed, key=lambda one: one[0])]


def _when(text: str) -> tuple[int, int] | None:
    found = _DATE.match(text.strip())
    if not found:
        return None
    month = int(found["month"] or 0)
    month = month or (7 if found["half"] == "下" else 0) or _QUARTERS.get(found["quarter"] or "", 0)
    return int(found["year"]), month or (12 if (found["end"] or "初") != "初" else 0)


def _opening(draft: Draft, call: Call) -> Iterator[str]:
    """What is taken on, how much, and by whom: from the task table and the units, so it can't disagree with them."""
    chosen = [call.task_by_number[number] for number, one in sorted(draft.tasks.items()) if one.selected]
    if chosen:
        yield f"联合体开展以下任务：{'、'.join(f'任务{one.number}（{one.short}）' for one in chosen)}。"
    aims = [
        f"{task.measure or task.short}{'、'.join(map(write_amount, draft.tasks[task.number].targets))}"
        for task in chosen
        if draft.tasks[task.number].targets
    ]
    if aims:
        yield f"任务目标：{'；'.join(aims)}。"
    shares = list(_shares(draft, call))
    if len(shares) > 1:
        yield f"任务分工：{'；'.join(shares)}。"


def _shares(draft: Draft, call: Call) -> Iterator[str]:
    for unit, part in ((lead_name(draft, call) or LEAD, draft.lead), *((one.name, one.part) for one in draft.members)):
        if part.tasks:
            yield f"{unit}承担{'、'.join(f'任务{number}' for number in part.tasks)}"


def _shown(aspect: Aspect, prose: str) -> bool:
    """True for prose that speaks of an aspect in several of its words without naming it."""
    return sum(fold(sign) in prose for sign in aspect.signs) >= SIGNS


def gauge(section: Section, draft: Draft, call: Call) -> Gauge:
    """How long a section is and which aspects want more; prose is only asked whether it names them."""
    whole = written(section, draft, call)
    prose = fold("".join(draft.texts.get(section.id, ())))
    share = (section.length or 0) / max(1, len(section.aspects))
    missing, thin = [], {}
    for one in section.aspects:
        size = sum(length(point.text) for point in draft.points.get(section.id, ()) if point.aspect == one.name)
        if any(fold(way) in prose for way in (one.name, *one.ways)) or (
            not section.every_aspect and _shown(one, prose)
        ):
            continue
        if not size:
            missing.append(one)
        elif size < share * THIN:
            thin[one] = size
    return Gauge(sum(map(length, whole)), section.length, tuple(missing), tuple(sorted(thin, key=thin.__getitem__)))
