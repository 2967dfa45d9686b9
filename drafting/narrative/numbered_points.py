"""What was said for a section as a numbered list: a thing of it taken out, changed, moved, given another date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, TypeVar

from drafting.form.draft import Draft, Point
from drafting.narrative.compose import grouped
from drafting.narrative.points import put, signed
from knowledge.call.definition import Section

T = TypeVar("T")


@dataclass(frozen=True)
class Entry:
    """One numbered thing: a point under its aspect, or a paragraph of pasted prose, whose aspect is empty."""

    number: int
    text: str
    aspect: str = ""
    paragraph: bool = False


def entries(draft: Draft, section: Section) -> tuple[Entry, ...]:
    """Everything said for a section in the order it is written: pasted paragraphs, points by aspect, the others."""
    prose = _pasted(draft, section)
    shown = [Entry(0, one, paragraph=True) for one in prose]
    shown += [Entry(0, one.text, one.aspect) for one in ordered(draft, section)]
    return tuple(Entry(n, one.text, one.aspect, one.paragraph) for n, one in enumerate(shown, 1))


def ordered(draft: Draft, section: Section) -> tuple[Point, ...]:
    """The points of a section in the order they are written."""
    groups, loose = grouped(draft.points.get(section.id, ()), section)
    return (*(point for _, found in groups for point in found), *loose)


def _pasted(draft: Draft, section: Section) -> tuple[str, ...]:
    """Prose that was pasted; prose that was worded is none, for its points are listed."""
    made = any(point.worded for point in draft.points.get(section.id, ()))
    return () if made else draft.texts.get(section.id, ())


def without(draft: Draft, section: Section, numbers: tuple[int, ...]) -> Draft:
    """The draft without the things under these numbers."""
    prose, said = _pasted(draft, section), ordered(draft, section)
    left = tuple(one for n, one in enumerate(prose, 1) if n not in numbers)
    kept = tuple(one for n, one in enumerate(said, len(prose) + 1) if n not in numbers)
    return _rewritten(put(draft, section, kept), section, prose, left)


def replaced(draft: Draft, section: Section, number: int, text: str) -> Draft:
    """The draft with another text under a number; a point keeps its aspect unless it has none yet."""
    prose, said = _pasted(draft, section), ordered(draft, section)
    if number <= len(prose):
        return _rewritten(draft, section, prose, tuple(text if n == number else one for n, one in enumerate(prose, 1)))
    at = number - len(prose) - 1
    new = Point(text=text, aspect=said[at].aspect or signed(text, section))
    return put(draft, section, (*said[:at], new, *said[at + 1 :]))


def moved(draft: Draft, section: Section, number: int, to: int) -> Draft:
    """The draft with a thing put where another stands; a point takes the aspect of that place along."""
    prose, said = _pasted(draft, section), ordered(draft, section)
    if number <= len(prose) or to <= len(prose):
        if max(number, to) > len(prose):
            return draft
        return _rewritten(draft, section, prose, _shifted(prose, number - 1, to - 1))
    at, there = number - len(prose) - 1, to - len(prose) - 1
    gone = said[at].model_copy(update={"aspect": said[there].aspect, "worded": False})
    return put(draft, section, _shifted((*said[:at], gone, *said[at + 1 :]), at, there))


def swapped(draft: Draft, section: Section, one: int, other: int) -> Draft:
    """The draft with two things in each other's place; a point takes the aspect of its new place."""
    prose, said = _pasted(draft, section), ordered(draft, section)
    if max(one, other) <= len(prose):
        new_prose = {one - 1: prose[other - 1], other - 1: prose[one - 1]}
        return _rewritten(draft, section, prose, tuple(new_prose.get(place, text) for place, text in enumerate(prose)))
    if min(one, other) <= len(prose):
        return draft
    at, there = one - len(prose) - 1, other - len(prose) - 1
    new = {
        at: said[there].model_copy(update={"aspect": said[at].aspect, "worded": False}),
        there: said[at].model_copy(update={"aspect": said[there].aspect, "worded": False}),
    }
    return put(draft, section, tuple(new.get(place, point) for place, point in enumerate(said)))


def under(draft: Draft, section: Section, number: int, aspect: str) -> Draft:
    """The draft with a point put under another aspect of its section."""
    at, said = number - len(_pasted(draft, section)) - 1, ordered(draft, section)
    if at < 0:
        return draft
    return put(draft, section, (*said[:at], *said[at + 1 :], Point(text=said[at].text, aspect=aspect)))


def _shifted(row: tuple[T, ...], at: int, to: int) -> tuple[T, ...]:
    left = (*row[:at], *row[at + 1 :])
    return (*left[:to], row[at], *left[to:])


def _rewritten(draft: Draft, section: Section, before: tuple[str, ...], after: tuple[str, ...]) -> Draft:
    if before == after:
        return draft
    texts = {**draft.texts, section.id: after}
    return draft.model_copy(update={"texts": {key: value for key, value in texts.items() if value}})


_NUMERALS: Final = "零一二三四五六七八九"
_JOIN: Final = r"\s*(?:至|到|—+|–|-|~|～|－)\s*"
_DATE: Final = re.compile(
    rf"(?P<year>20\d\d)\s*年\s*(?P<month>\d{{1,2}})\s*月?(?P<join>{_JOIN})(?:(?P<to_year>20\d\d)\s*年\s*)?(?P<to>\d{{1,2}})\s*月"
    r"|(?P<only_year>20\d\d)\s*年\s*(?P<only>\d{1,2})\s*月"
)
_SAID: Final = re.compile(
    rf"(?:(?P<year>20\d\d)年)?(?P<month>\d{{1,2}})月(?:[份底末初])?(?:{_JOIN}(?:(?P<to_year>20\d\d)年)?(?P<to>\d{{1,2}})月(?:[份底末])?)?"
)
_STAGE: Final = re.compile(r"第\s*(?P<n>[一二三四五六七八九\d])\s*(?:个)?阶段")
NEAR: Final = 40
AT_FIRST: Final = 8
MONTHS: Final = 12


@dataclass(frozen=True)
class _Month:
    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year}年{self.month}月"


def redated(found: tuple[Entry, ...], stage: int, said: str) -> tuple[int, str] | None:
    """(number of the thing said, its new text) for a stage that ends at another date, or lies between two others.

    None where no such stage has a date, or it would end before it begins.
    """
    place = _named(found, stage) or _counted(found, stage)
    if place is None:
        return None
    entry, date = place
    new = _moved(date, said)
    return (entry.number, entry.text[: date.start()] + new + entry.text[date.end() :]) if new else None


def _named(found: tuple[Entry, ...], stage: int) -> tuple[Entry, re.Match[str]] | None:
    """The date behind or right before 第二阶段."""
    for entry in found:
        marks = list(_STAGE.finditer(entry.text))
        for place, mark in enumerate(marks):
            if mark["n"] not in (str(stage), _NUMERALS[stage]):
                continue
            end = marks[place + 1].start() if place + 1 < len(marks) else len(entry.text)
            date = _DATE.search(entry.text, mark.end(), min(end, mark.end() + NEAR))
            before = [one for one in _DATE.finditer(entry.text, 0, mark.start()) if mark.start() - one.end() <= 2]
            if date or before:
                return entry, date or before[-1]
    return None


def _counted(found: tuple[Entry, ...], stage: int) -> tuple[Entry, re.Match[str]] | None:
    """The date that opens the second of the things said that open with one."""
    dates = ((entry, _DATE.search(entry.text, 0)) for entry in found)
    dated = [(entry, date) for entry, date in dates if date and date.start() <= AT_FIRST]
    return dated[stage - 1] if 0 < stage <= len(dated) else None


def _moved(date: re.Match[str], said: str) -> str:
    """The new words of a date; empty where they would make no sense."""
    new = _SAID.fullmatch(said)
    if not new:
        return ""
    year = int(date["to_year"] or date["year"] or date["only_year"])
    first = _Month(
        int(new["year"] or date["year"] or date["only_year"] if new["to"] else new["year"] or year), int(new["month"])
    )
    if new["to"]:
        last = _Month(int(new["to_year"] or first.year), int(new["to"]))
        return _span(first, date["join"] or "至", last)
    if date["only"]:
        return str(first) if _sound(first) else ""
    return _span(_Month(int(date["year"]), int(date["month"])), date["join"], first)


def _span(first: _Month, join: str, last: _Month) -> str:
    sound = _sound(first) and _sound(last) and (first.year, first.month) <= (last.year, last.month)
    return f"{first}{join}{last}" if sound else ""


def _sound(one: _Month) -> bool:
    return 1 <= one.month <= MONTHS
