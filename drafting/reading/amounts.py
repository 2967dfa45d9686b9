"""Figures with their units, ranges and approximations, as they stand in a message."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from drafting.draft import Amount
from drafting.numerals import to_number

Flaw = Literal["", "range_not_exact", "approximate_target", "negative_target"]

STORAGE = ("EB", "PB", "TB", "GB", "MB", "E", "P", "T", "G")
COUNTERS = ("个", "件", "家", "款", "项", "套", "种", "份", "类", "户")
MEASURES = ("万小时", "小时", "张", "条", "帧", "幅", "篇", "例", "组", "段", "万", "亿")

_CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億廿俩"
NUMERAL = rf"(?:\d[\d,]*(?:\.\d+)?(?:[十百千万亿]+\d*)*|[{_CHINESE}]+(?:点[{_CHINESE}]+)?)"

_UNIT = r"(?:个小时|小时|[EPTGM]B?(?![A-Za-z])|{units})"
_RANGE = r"\s*(?:-|~|～|—+|–|至|到|或者?)\s*"
_APPROX_BEFORE = r"(?:大约|大概|约|差不多|将近|接近|近|估计|可能)"
_APPROX_AFTER = r"(?:左右|上下|吧左右)"
_ROUGH = r"(?:[十百千万亿\d]+[几多来余]|好?几[十百千万]?|若干|两三|三四|四五|五六|六七|七八|八九|[一二三四五六七八九]?十[几来多余]|上[百千万])"
_KINDS = "图片|图像|照片|文本|视频|音频|语音|点云|工单|日志|批次数据|时序数据|文档|曲线|报文"


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
    for match in _pattern(units).finditer(text):
        found = _found(match)
        if found:
            yield found


def _pattern(units: tuple[str, ...]) -> re.Pattern[str]:
    every = sorted({*units, *COUNTERS, *MEASURES[1:-2]}, key=len, reverse=True)
    unit = _UNIT.format(units="|".join(map(re.escape, every)))
    return re.compile(
        rf"(?P<least>不少于|不低于|至少|最少|不小于|≥|>=)?\s*(?P<about>{_APPROX_BEFORE})?\s*(?P<minus>-|－|负)?\s*"
        rf"(?:(?P<rough>{_ROUGH})|(?P<low>{NUMERAL})(?:\s*(?P<lowunit>{unit})?{_RANGE}(?P<high>{NUMERAL}))?)"
        rf"\s*(?P<more>[多来余几])?\s*(?P<unit>{unit})?(?P<after>{_APPROX_AFTER})?(?P<up>以上|及以上)?",
        re.IGNORECASE,
    )


def _found(match: re.Match[str]) -> Found | None:
    unit = storage((match["unit"] or "").removeprefix("个小")) if match["unit"] != "个小时" else "小时"
    value = to_number(match["low"]) if match["low"] else 0
    if value is None:
        return None
    flaw = _flaw(match)
    note = "不少于" if match["least"] or match["up"] else ""
    kind = re.search(rf"({_KINDS})[^\d，,；;。]{{0,3}}$", match.string[: match.start()])
    note = note or (kind.group(1) if kind else "")
    return Found(match.start(), match.end(), Amount(value=-value if match["minus"] else value, unit=unit, note=note), flaw)


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
