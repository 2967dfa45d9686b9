"""The budget: every division of its total adds up to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, takewhile
from typing import Final

from drafting.form.problem import Finding
from drafting.rules.subject import Reading, finding
from knowledge.call.definition import Section
from knowledge.language.folding import fold
from knowledge.language.numerals import to_number

MONEY: Final = r"(\d[\d,]*(?:\.\d+)?)(亿元|万元)"
TOTAL = re.compile(
    rf"(?:总投入|总投资|总概算|概算总额|总预算|预算总额|总经费|投资总额|总额|概算|预算|所需资金)[^\d。;]{{0,8}}{MONEY}"
)
SUMMED = re.compile(rf"(?:合计|共计|总计)[:为]?{MONEY}$")
BRACKETS = re.compile(r"\([^()]*\)")
PARTS_OPEN = re.compile(r"^[,:;。]?(?:其中|包括|具体|主要包括|由|分为|按用途)|^:")
ANNOUNCED = re.compile(r"(?:分项|具体|明细|构成|安排|分配)[^。;]{0,6}如下[:。;]?$|如下:$")
SOURCES = re.compile(r"自筹")
OTHERS = re.compile(r"申请|财政|专项|补助|贷款|配套")
YEARLY = re.compile(rf"20\d\d年(?:度|计划|拟)?(?:投入|安排|使用|支出|预算)?[:约]?{MONEY}")
NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[一二三四五六七八九十])(?:[)、]|\.(?!\d))")
SLACK: Final = 0.5


@dataclass(frozen=True)
class Sum:
    """A total in 万元, how far its parts may be off, and the words that follow it: its own, and the next paragraphs."""

    total: float
    slack: float
    rest: str
    after: tuple[str, ...]


def budget(reading: Reading, section: Section) -> Iterator[Finding]:
    """budget_sum_mismatch: the parts of the total, its years and the sources of the money, add up to it."""
    texts = [fold(text) for text in reading.form.texts.get(section.id, ())] if section.every_aspect else []
    for total, word, amounts in _divisions(texts):
        if not _adds_up(total, amounts):
            message = f"总额{total.total:g}万元，{word}合计{sum(amounts):g}万元，不一致。"
            yield finding("budget_sum_mismatch", f"{section.number}/概算", message, section.clause)
            return


def _divisions(texts: list[str]) -> Iterator[tuple[Sum, str, list[float]]]:
    for place, text in enumerate(texts):
        found = TOTAL.search(text)
        if found:
            after = takewhile(lambda one: re.search(MONEY, one) and not TOTAL.search(one), texts[place + 1 :])
            total = Sum(*_total(*found.groups()), BRACKETS.sub("", text[found.end() :]), tuple(after))
            yield total, "分项", _parts(total.rest) or _numbered(total.after) or _announced(total)
            yield total, "分年度", _yearly(total)
            yield total, "资金来源", _sources(total)
        else:
            yield from _summed(text)


def _adds_up(total: Sum, amounts: list[float]) -> bool:
    """Also where one total is divided twice in one sentence."""
    parts = amounts[1:] if len(amounts) >= 2 and amounts[0] == total.total else amounts
    twice = abs(sum(parts) - 2 * total.total) <= total.slack
    once = [abs(one - total.total) <= total.slack for one in accumulate(parts)]
    return len(parts) < 2 or once[-1] or (twice and any(once))


def _total(number: str, unit: str) -> tuple[float, float]:
    """亿元 are rounded to their last place: 0.33亿元 may be 3304万元."""
    places = len(number.partition(".")[2])
    return _money(number, unit), max(SLACK, SLACK * _money("1", unit) / 10**places if places > 1 else SLACK)


def _money(number: str, unit: str) -> float:
    return float(to_number(number) or 0) * (10_000 if unit == "亿元" else 1)


def _amounts(text: str) -> list[float]:
    return [_money(*found) for found in re.findall(MONEY, text)]


# ---------------------------------------------------------------- ways to divide a total
def _parts(rest: str) -> list[float]:
    """The figures of the sentence that says what the total is made of; none when a part is divided again."""
    opened = PARTS_OPEN.match(rest)
    if not opened:
        return []
    sentence = rest[opened.end() :].split("。", maxsplit=1)[0]
    if "等" in sentence:
        return []
    items = [item.split("其中")[0] for item in sentence.split(";")]
    if len(items) == 1 and "其中" in sentence:
        return []
    return _amounts(items[0] if "自筹" in sentence else ";".join(items))


def _numbered(after: tuple[str, ...]) -> list[float]:
    """The figure of each numbered paragraph of the same kind as the first; none when one of them lists several."""
    opened = [NUMBERED.match(text) for text in after]
    kinds = [re.sub(r"[^()、.]", "", found.group()) if found else "" for found in opened]
    if not kinds or not kinds[0]:
        return []
    listed = takewhile(lambda one: one[0], zip(kinds, after, strict=True))
    alike = (NUMBERED.sub("", text) for kind, text in listed if kind == kinds[0])
    items = [_amounts(re.split("其中|包括|[(:]", text)[0]) for text in alike]
    return [amounts[0] for amounts in items] if all(len(amounts) == 1 for amounts in items) else []


def _announced(total: Sum) -> list[float]:
    """The one figure of each paragraph behind 分项如下, up to the first with another number of figures."""
    if not ANNOUNCED.search(total.rest):
        return []
    items = [_amounts(text) for text in total.after]
    return [amounts[0] for amounts in takewhile(lambda one: len(one) == 1, items)]


def _yearly(total: Sum) -> list[float]:
    """The figures of a sentence that holds nothing but years with money."""
    for sentence in _sentences(total):
        years = [_money(*found) for found in YEARLY.findall(sentence)]
        if len(years) >= 2 and len(years) == len(_amounts(sentence)):
            return years
    return []


def _sources(total: Sum) -> list[float]:
    for sentence in _sentences(total):
        if SOURCES.search(sentence) and OTHERS.search(sentence) and "其中" not in sentence:
            return _amounts(sentence)
    return []


def _sentences(total: Sum) -> Iterator[str]:
    for text in (total.rest, *(BRACKETS.sub("", one) for one in total.after)):
        yield from re.split(r"[。;]", text)


def _summed(text: str) -> Iterator[tuple[Sum, str, list[float]]]:
    """A list that ends with its own sum (…；合计3300万元)."""
    for sentence in BRACKETS.sub("", text).split("。"):
        found = SUMMED.search(sentence)
        if found and "其中" not in sentence and "等" not in sentence:
            yield Sum(*_total(*found.groups()), "", ()), "分项", _amounts(sentence[: found.start()])
