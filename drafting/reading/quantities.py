"""Figures with their units, ranges and approximations, as they stand in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from drafting.form.draft import Amount
from drafting.phrasebook import any_of, source
from knowledge.call.definition import Call, Task
from knowledge.language.numerals import to_number

Flaw = Literal["", "range_not_exact", "approximate_target", "negative_target"]

STORAGE = ("EB", "PB", "TB", "GB", "MB", "E", "P", "T", "G")
COUNTERS = ("个", "件", "家", "款", "项", "套", "种", "份", "类", "户")
MEASURES = ("小时", "张", "条", "帧", "幅", "篇", "例", "组", "段")
FOREIGN = ("吨", "公斤", "千克", "斤", "亩", "元", "万元", "亿元", "%", "％", "平方米", "公里", "人", "天", "分钟")

_CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億廿俩仨"
NUMERAL = rf"(?:\d[\d,]*(?:\.\d+)?(?:[十百千万亿]+\d*)*|[{_CHINESE}]+(?:点[{_CHINESE}]+)?)"

_UNIT = r"(?:个小时|小时|个?[EPTGM]B?(?![A-Za-z])|{units})"
_RANGE = r"\s*(?:-|~|～|—+|–|至|到|或者?)\s*"


@dataclass(frozen=True)
class Found:
    """A figure in a text: where it stands, its amount, and why it can't be taken as exact."""

    start: int
    end: int
    amount: Amount
    flaw: Flaw = ""


def scan(text: str, units: tuple[str, ...] = ()) -> Iterator[Found]:
    """Every figure of the text in order; `units` are the call's own beside the usual counters.

    A missing unit is the empty string. 不少于 and its like become a note, not a flaw.
    """
    yield from _scanned(text, units)


@lru_cache(maxsize=64)
def _scanned(text: str, units: tuple[str, ...]) -> tuple[Found, ...]:
    return tuple(found for match in _pattern(units).finditer(text) if (found := _found(match)))


@lru_cache(maxsize=16)
def _pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    every = any_of({*units, *COUNTERS, *MEASURES, *FOREIGN})
    unit = _UNIT.format(units=every)
    return re.compile(
        rf"(?P<least>{source('amounts.least')})?\s*(?P<about>(?:{source('amounts.about')})(?:[能会要]?[报写填做有是])?)?\s*(?P<minus>-|－|负)?\s*"
        rf"(?:(?P<rough>{source('amounts.rough')})|(?<!第)(?P<low>{NUMERAL}|半(?=[个件项家]))(?!{source('amounts.idle')})"
        rf"(?:\s*(?P<lowunit>{unit})?{_RANGE}(?P<high>{NUMERAL}))?)"
        rf"\s*(?P<more>[多来余几])?\s*(?P<unit>{unit})?(?P<half>半(?![年月天成]))?"
        rf"\s*(?P<after>{source('amounts.around')})?(?P<up>以上|及以上|起步?|打底|保底)?",
        re.IGNORECASE,
    )


def _found(match: re.Match[str]) -> Found | None:
    value = _value(match)
    if match["low"] == "一" and not (match["unit"] or match["high"]) and _goes_on(match):
        return None
    if value is None:
        # 百八十家: a numeral that is no number, with its unit, is still a figure somebody gave.
        unread = match["unit"] and len(match["low"]) > 1
        amount = Amount(value=0, unit=_unit(match["unit"] or ""))
        return Found(match.start(), match.end(), amount, "approximate_target") if unread else None
    kind = re.search(rf"({source('amounts.kinds')})[^\d，,；;。]{{0,3}}$", match.string[: match.start()])
    note = "不少于" if match["least"] or match["up"] else kind.group(1) if kind else ""
    amount = Amount(value=-value if match["minus"] else value, unit=_unit(match["unit"] or ""), note=note)
    return Found(match.start(), match.end(), amount, _flaw(match))


def _goes_on(match: re.Match[str]) -> bool:
    """True for 一 with a word behind it, which then is no figure: 就此一事, 一贯."""
    return "\u4e00" <= match.string[match.end("low") : match.end("low") + 1] <= "\u9fff"


def _value(match: re.Match[str]) -> int | float | None:
    """The number with its half: 3个半 is 3.5, 半个 is 0.5; zero for a figure that is none."""
    if not match["low"] or match["low"] == "半":
        return 0.5 if match["low"] else 0
    value = to_number(match["low"])
    return None if value is None else value + 0.5 if match["half"] else value


def _unit(said: str) -> str:
    return storage(said.removeprefix("个") or said)


def _flaw(match: re.Match[str]) -> Flaw:
    if match["high"]:
        return "range_not_exact"
    if match["rough"] or match["about"] or match["after"] or match["more"]:
        return "approximate_target"
    return "negative_target" if match["minus"] else ""


def storage(unit: str) -> str:
    """The unit with storage shorthand written out: t and T are TB."""
    upper = unit.upper()
    if upper in STORAGE:
        return upper if upper.endswith("B") else upper + "B"
    return unit


_LIST: Final = re.compile(
    r"(?P<list>(?:[\u4e00-\u9fff]{2}、)+[\u4e00-\u9fff]{2}[或和][\u4e00-\u9fff]{2})(?P<what>[\u4e00-\u9fff]{2,4}?)数"
)


def several(text: str, call: Call) -> frozenset[int]:
    """The tasks of which a text names more than one kind."""
    pairs = [(task, wanted) for task in call.tasks if (wanted := _kinds(task.indicator))]
    return frozenset(task.number for task, wanted in pairs if len(set(wanted.findall(text))) > 1)


def noted(found: list[Found], task: Task, piece: str) -> list[Found]:
    """The figures of a piece with the kind that stands before each as its remark."""
    wanted = _kinds(task.indicator)
    return [_noted(one, wanted, piece) for one in found] if wanted else found


def _noted(one: Found, wanted: re.Pattern[str], piece: str) -> Found:
    kinds = set(wanted.findall(piece[: one.start]) or wanted.findall(piece[one.end :]))
    if len(kinds) != 1 or one.amount.note:
        return one
    return replace(one, amount=one.amount.model_copy(update={"note": kinds.pop()}))


@lru_cache(maxsize=64)
def _kinds(indicator: str) -> re.Pattern[str] | None:
    """The kinds that an indicator lists, also said short (国标); None for one that lists none."""
    found = _LIST.search(indicator)
    if not found:
        return None
    what = found["what"]
    ways = (f"{one}{what}|{one[0]}{what[0]}" for one in re.split("[、或和]", found["list"]))
    return re.compile("|".join(ways))
