"""The plan: its dates lie in the period, its units belong to the consortium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from drafting.form.problem import Finding
from drafting.rules.subject import Reading, finding
from knowledge.call.definition import Section
from knowledge.language.folding import fold
from knowledge.language.numerals import to_number

MONTH: Final = r"(20\d\d)年(\d{1,2})月"
SPAN = re.compile(rf"{MONTH}(?:\d{{1,2}}日)?(?:[-~—–至到]+(?:(20\d\d)年)?(\d{{1,2}})月)?(?!以?[后起])")
WRITTEN_YEAR = re.compile(r"二([零〇○])([零〇○一二三四五六七八九])([零〇○一二三四五六七八九])(?=年)")
WRITTEN_PART = re.compile(r"(?<=[年月\-~—–至到])([一二三四五六七八九十]{1,3})(?=[月日])")
FIGURES: Final = str.maketrans("零〇○一二三四五六七八九", "000123456789")
POINTED = re.compile(r"(20\d\d)[./-](\d{1,2})(?![\d.%])")
YEAR = re.compile(r"(20\d\d)年(?!\d|上|下|第|[一二三四]季|年?[底末])")
PART_OF_YEAR = re.compile(r"(20\d\d)年(上半年|下半年|第?[一二三四]季度|年?底|年?末)(?!以?[后起])")
PARTS: Final = {"上半年": (1, 6), "下半年": (7, 12), "一": (1, 3), "二": (4, 6), "三": (7, 9), "四": (10, 12)}
STAGE = re.compile(r"^.{0,6}阶段|^.{0,4}(?:[一二三四五六]|\d)[)、.].{0,4}阶段")
BY_UNIT = re.compile(
    r"由([^,，。;；、“”《》()由]{2,26}?(?:公司|大学|学院|研究院|研究所|协会|学会))(?:具体|主要|共同)?(?:牵头|负责|承担|实施|组织实施)"
)
JOINED = re.compile(
    r"(?<![已曾])(?:委托|联合)([^,，。;；、“”《》()由]{2,26}?(?:公司|大学|学院|研究院|研究所|协会|学会))"
    r"(?:具体|主要|共同)?(?:承担|开展)(?!.{0,6}(?:交流|宣传|宣讲|培训|调研|研讨|对接|测评|检测|评估|审计|验收))"
)
ANY_UNIT = re.compile(
    r"第三方|专业(?!合作社)|有关|相关|知名|资质|具备|各|多[家所]|权威|头部|骨干|龙头|高校|高水平|外部|省内|国内"
)


def _plans(reading: Reading, section: Section) -> Iterator[str]:
    if section.every_aspect:
        yield from (_dated(fold(text)) for text in reading.form.texts.get(section.id, ()))


def _dated(text: str) -> str:
    """The text with its dates in figures: 2027.08 and 二〇二七年八月 are 2027年8月."""
    years = WRITTEN_YEAR.sub(lambda found: f"2{''.join(found.groups()).translate(FIGURES)}", text)
    parts = WRITTEN_PART.sub(lambda found: str(to_number(found.group()) or found.group()), years)
    return POINTED.sub(r"\1年\2月", parts)


# ---------------------------------------------------------------- dates
def dates(reading: Reading, section: Section) -> Iterator[Finding]:
    """date_out_of_range: nothing is planned after the period, no stage begins before it (V14, clause period)."""
    period = reading.call.period
    for text in _plans(reading, section):
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


# ---------------------------------------------------------------- units
def strangers(reading: Reading, section: Section) -> Iterator[Finding]:
    """unit_not_in_consortium: who is to do the work stands in the units' table."""
    names = [fold(unit.name) for unit in reading.form.units if unit.name]
    for text in _plans(reading, section) if names else ():
        joined = [said for said in JOINED.findall(text) if not ANY_UNIT.search(said)]
        for said in dict.fromkeys((*BY_UNIT.findall(text), *joined)):
            if not any(said in name or name in said for name in names):
                message = f"正文写由“{said}”承担，分工表里没有这个单位。"
                yield finding("unit_not_in_consortium", section.number, message, reading.call.clauses.get("roles", ""))
