"""Orders on a narrative section: word it, show its points, take one out, change or move it by its number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from drafting.phrasebook import any_of, pattern
from knowledge.call.definition import Call
from knowledge.language.numerals import to_number
from knowledge.language.plain import plain

Kind = Literal["word", "again", "shorter", "longer", "show", "strike", "amend", "move", "swap", "date"]
KINDS: Final[tuple[Kind, ...]] = ("shorter", "longer", "again", "word", "show", "strike", "amend", "move", "swap")
LONGEST: Final = 60
_NUMBER: Final = re.compile(r"[一二三四五六七八九十两]{1,3}|\d{1,2}")


@dataclass(frozen=True)
class Order:
    """What is wanted of a section (empty: the one that is open): `numbers` are points, two for a swap, `to` a point or
    0, `aspect` where a point is moved, `text` what a point becomes; `within` the aspect that named the section, else
    empty.
    """

    kind: Kind
    section: str = ""
    numbers: tuple[int, ...] = ()
    to: int = 0
    aspect: str = ""
    text: str = ""
    within: str = ""


@dataclass(frozen=True)
class _Place:
    """The section and the aspect that a text names, the words that did, and the text with § in their place."""

    rest: str
    section: str = ""
    aspect: str = ""
    words: str = ""


@lru_cache(maxsize=64)
def ordered(text: str, call: Call) -> Order | None:
    """The order that a message is, None for any other message."""
    shown = plain(text).strip(" 。.!！~～\n")
    dated = _dated(shown, call)
    if dated:
        return dated
    found = pattern("orders.into").match(shown)
    head, new = (found["head"], found["text"].strip(' “”"：:，,')) if found else (shown, "")
    if "\n" in head or len(head) > LONGEST:
        return None
    place = _place(head, call)
    if "条" in place.rest and not place.section:
        # 第3条 is a point of the promise, a task, a clause of the notice.
        return None
    if new:
        named = pattern("orders.amend").fullmatch(place.rest)
        return Order("amend", place.section, _numbers(named["n"]), text=new, within=place.aspect) if named else None
    return next((one for kind in KINDS if (one := _order(kind, place, call))), None)


def _dated(shown: str, call: Call) -> Order | None:
    """第二阶段改到2026年12月: the stage, and its new date as said."""
    if "月" not in shown or "\n" in shown or len(shown) > LONGEST:
        return None
    place = _place(shown, call)
    found = pattern("orders.date").fullmatch(place.rest)
    return Order("date", place.section, _numbers(found["n"]), text=found["date"]) if found and place.aspect else None


def _order(kind: Kind, place: _Place, call: Call) -> Order | None:
    found = pattern(f"orders.{kind}").fullmatch(place.rest) if kind != "amend" else None
    if not found or (kind in ("word", "show") and not place.section):
        return None
    if kind == "strike":
        return Order(kind, place.section, _numbers(found["n"] or found["behind"]), within=place.aspect)
    if kind == "swap":
        return Order(kind, place.section, _numbers(found["n"]) + _numbers(found["to"]), within=place.aspect)
    return _moved(found, place, call) if kind == "move" else Order(kind, place.section)


def _moved(found: re.Match[str], place: _Place, call: Call) -> Order | None:
    at = _numbers(found["n"])[0]
    if found["first"]:
        return Order("move", place.section, (at,), to=1)
    if found["to"]:
        to, behind = _numbers(found["to"])[0], bool(found["behind"])
        return Order("move", place.section, (at,), to=to + (behind and at > to) - (not behind and at < to))
    under = found["under"].replace("§", place.words)
    ways = ((section, one) for section in call.narratives() for one in section.aspects)
    named = next(((section, one) for section, one in ways if under in (one.name, *one.ways)), None)
    return Order("move", named[0].id, (at,), aspect=named[1].name) if named else None


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(to_number(one) or 0) for one in _NUMBER.findall(text))


# ---------------------------------------------------------------- which section
def _place(text: str, call: Call) -> _Place:
    """The first section that a text names by its number, its title or an aspect of its own."""
    for section, aspect, wanted in _ways(call):
        found = wanted.search(text)
        if found:
            return _Place(f"{text[: found.start()]}§{text[found.end() :]}", section, aspect, found.group())
    return _Place(text)


@lru_cache(maxsize=4)
def _ways(call: Call) -> tuple[tuple[str, str, re.Pattern[str]], ...]:
    """(section, aspect or empty, how it is named), sections before aspects."""
    out = []
    for section in call.narratives():
        digit = "零一二三四五六七八九十".find(section.number)
        number = rf"第?(?:{section.number}|{digit})(?:部分|大?块|节|章|大项)"
        number += rf"|(?:^|(?<=^看)|(?<=^看看)|(?<=^把)){section.number}(?:、|(?=的|里|第)|$)"
        titles = any_of({section.title, *section.ways})
        out += [(section.id, "", re.compile(one)) for one in (rf"(?:{number})(?:{titles})?", titles)]
    aspects = ((section.id, one) for section in call.narratives() for one in section.aspects)
    out += [(id_, one.name, re.compile(any_of({one.name, *one.ways}))) for id_, one in aspects]
    return tuple(out)
