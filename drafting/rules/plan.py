"""The plan: its dates lie in the period, its budget adds up, its units belong to the consortium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from drafting.numerals import to_number
from drafting.problem import Finding
from drafting.rules.reading import Reading, finding
from drafting.text import fold
from knowledge.call import Section

MONTH: Final = r"(20\d\d)年(\d{1,2})月"
SPAN = re.compile(rf"{MONTH}(?:\d{{1,2}}日)?(?:[-~—–至到]+(?:(20\d\d)年)?(\d{{1,2}})月)?(?!以?[后起])")
POINTED = re.compile(r"(20\d\d)[./-](\d{1,2})(?![\d.%])")
YEAR = re.compile(r"(20\d\d)年(?!\d|上|下|第|[一二三四]季|年?[底末])")
PART_OF_YEAR = re.compile(r"(20\d\d)年(上半年|下半年|第?[一二三四]季度|年?底|年?末)(?!以?[后起])")
PARTS: Final = {"上半年": (1, 6), "下半年": (7, 12), "一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
STAGE = re.compile(r"^.{0,6}阶段|^.{0,4}(?:[一二三四五六]|\d)[)、.].{0,4}阶段")
MONEY: Final = r"(\d[\d,]*(?:\.\d+)?)(亿元|万元)"
TOTAL = re.compile(
    rf"(?:总投入|总投资|总概算|概算总额|总预算|预算总额|总经费|投资总额|总额|概算|预算|所需资金)[^\d。;]{{0,8}}{MONEY}"
)
BRACKETS = re.compile(r"\([^()]*\)")
PARTS_OPEN = re.compile(r"^[,:;。]?(?:其中|包括|具体包括|主要包括|由|分为)")
SOURCES = re.compile(r"自筹")
OTHERS = re.compile(r"申请|财政|专项|补助|贷款|配套")
BY_UNIT = re.compile(
    r"由([^,，。;；、“”《》()由]{2,26}?(?:公司|大学|学院|研究院|研究所|协会|学会))(?:具体|主要|共同)?(?:牵头|负责|承担|实施|组织实施)"
)


def _plans(reading: Reading) -> Iterator[tuple[Section, str]]:
    for section in reading.call.narratives():
        if section.every_aspect:
            yield from (
                (section, POINTED.sub(r"\1年\2月", fold(text))) for text in reading.form.texts.get(section.id, ())
            )


# ---------------------------------------------------------------- dates
def dates(reading: Reading) -> Iterator[Finding]:
    """date_out_of_range: nothing is planned after the period, no stage begins before it (V14, clause period)."""
    period = reading.call.period
    for section, text in _plans(reading):
        staged = STAGE.search(text[:20]) is not None
        for said, start, end in (*_spans(text), *(_years(text) if staged else ())):
            early = staged and start < date(period.start.year, period.start.month, 1)
            if early or end > period.end.replace(day=1):
                message = f"“{said}”不在{period.start:%Y年%-m月}至{period.end:%Y年%-m月}之内。"
                yield finding("date_out_of_range", section.number, message, period.clause)
                break


def _spans(text: str) -> Iterator[tuple[str, date, date]]:
    """Every stretch of months a text names, as the first days of its first and last month."""
    for found in SPAN.finditer(text):
        year, month, later, last = found.groups()
        start = _month(year, month)
        end = _month(later or year, last) if last else start
        if start and end:
            yield found.group(0), start, end
    for found in PART_OF_YEAR.finditer(text):
        first, final = next((span for key, span in PARTS.items() if key in found.group(2)), (12, 12))
        year = found.group(1)
        yield found.group(0), date(int(year), first, 1), date(int(year), final, 1)


def _years(text: str) -> Iterator[tuple[str, date, date]]:
    """The bare years of a stage."""
    for found in YEAR.finditer(text):
        year = int(found.group(1))
        yield found.group(0), date(year, 12, 1), date(year, 1, 1)


def _month(year: str, month: str) -> date | None:
    return date(int(year), int(month), 1) if 1 <= int(month) <= 12 else None


# ---------------------------------------------------------------- money
def budget(reading: Reading) -> Iterator[Finding]:
    """budget_sum_mismatch: the parts of the total, and the sources of the money, add up to it."""
    for section, text in _plans(reading):
        found = TOTAL.search(text)
        if not found:
            continue
        total = _money(*found.groups())
        rest = BRACKETS.sub("", text[found.end() :])
        for word, amounts in (("分项", _parts(rest)), ("资金来源", _sources(rest))):
            parts = amounts[1:] if len(amounts) >= 2 and amounts[0] == total else amounts
            if len(parts) >= 2 and abs(sum(parts) - total) > 0.5:
                message = f"总额{total:g}万元，{word}合计{sum(parts):g}万元，不一致。"
                yield finding("budget_sum_mismatch", f"{section.number}/概算", message, section.clause)
                break


def _money(number: str, unit: str) -> float:
    return float(to_number(number) or 0) * (10_000 if unit == "亿元" else 1)


def _amounts(text: str) -> list[float]:
    return [_money(*found) for found in re.findall(MONEY, text)]


def _parts(rest: str) -> list[float]:
    """The figures of the sentence that says what the total is made of; none when it is divided twice."""
    sentence = rest.lstrip("。;,").split("。")[0]
    if not PARTS_OPEN.match(rest) or sentence.count("其中") > 1 or "等" in sentence:
        return []
    return _amounts(sentence.split(";")[0] if "自筹" in sentence else sentence)


def _sources(rest: str) -> list[float]:
    for sentence in re.split(r"[。;]", rest):
        if SOURCES.search(sentence) and OTHERS.search(sentence) and "其中" not in sentence:
            return _amounts(sentence)
    return []


# ---------------------------------------------------------------- units
def strangers(reading: Reading) -> Iterator[Finding]:
    """unit_not_in_consortium: who is to do the work stands in the units' table."""
    names = [fold(unit.name) for unit in reading.form.units if unit.name]
    for section, text in _plans(reading) if names else ():
        for said in dict.fromkeys(BY_UNIT.findall(text)):
            if not any(said in name or name in said for name in names):
                message = f"正文写由“{said}”承担，分工表里没有这个单位。"
                yield finding("unit_not_in_consortium", section.number, message, reading.call.clauses.get("roles", ""))


RULES = (dates, budget, strangers)
