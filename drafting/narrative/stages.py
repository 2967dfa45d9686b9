"""The dates of a plan's stages: which thing said is the second stage, and that thing with another date."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from drafting.narrative.numbered_points import Entry

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
