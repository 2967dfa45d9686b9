"""A target cell read: its figures with unit and remark, or why they can't be taken as figures; their units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from drafting.form.draft import Amount
from knowledge.call.definition import Task
from knowledge.language.folding import SPACE, fold, is_empty
from knowledge.language.numerals import CHINESE, to_number

DATA: Final = ("KB", "MB", "GB", "TB", "PB", "EB", "ZB")
COUNTED: Final = "个 项 件 家 款 种 类 份 套 部 篇 户 批 例 台 只 所"
OTHERS: Final = "家 户 所 项 款 元 人 名 % ％ 天 日 次 平方米 公里 倍 个百分点"
COUNTERS: Final = tuple(COUNTED.split())
FOREIGN: Final = tuple(OTHERS.split())
OPEN = re.compile(r"单位[:：][^）)]*等")

HINT = re.compile(r"[(（]\s*单位[:：][^)）]*[)）]")
MONTHS = r"(?:20\d\d年)?\d{1,2}月(?:\d{1,2}日)?"
DATES = re.compile(rf"20\d\d年(?:\d{{1,2}}月)?(?:\d{{1,2}}日)?(?:[-~至到]{MONTHS})?|20\d\d(?:版|[-~至到]20\d\d年)")
DIGITAL = r"\d[\d,]*(?:\.\d+)?(?:万亿|[十百千]?[万亿]|[百千])?"
CARDINAL = rf"(?:{DIGITAL}|[零〇一二两三四五六七八九十百千万亿]+(?:点[零一二三四五六七八九]+)?万?)"
MORE: Final = "小时 分钟 帧 条 张 幅 亩 公顷 吨 公斤 千克 斤 头 株 万元 轮 次 点 字 词 样本"
PAIR = r"(?:一两|两三|二三|三四|三五|四五|五六|六七|七八|八九)"
APPROXIMATE = re.compile(
    rf"(?:大?约|将?近)[\d一二三四五六七八九十百千万]|[上数几][十百千万亿]|[\d十百千万亿][余多来几](?!源|模|方|维)|左右|上下(?!游)"
    rf"|{PAIR}[个项家条张十百千万]"
)
VAGUE = re.compile(r"若干|一(?:批|些|套|类|系列)|多个|多项|多家|[几数](?:个|项|家|条|张)")
SEPARATOR = re.compile(r"[;；、，,。\n/]|其中|以及|和|及|[(（)）]")


@dataclass(frozen=True)
class Figures:
    """What a target cell says: figures, or the code of what keeps them from being exact."""

    amounts: tuple[Amount, ...] = ()
    code: str = ""


def read_amounts(text: str, task: Task) -> Figures:
    """The figures in a target cell of this task; `code` is range_not_exact or approximate_target, else "".

    A printed indicator left in the cell, its hint in brackets and dates are no figures.
    """
    said = _bare(text, task)
    if is_empty(said):
        return Figures()
    if _range(task).search(said):
        return Figures(code="range_not_exact")
    if APPROXIMATE.search(said):
        return Figures(code="approximate_target")
    amounts = tuple(_amounts(VAGUE.sub("", said), task))
    return Figures(amounts, "approximate_target" if not amounts and VAGUE.search(said) else "")


def _bare(text: str, task: Task) -> str:
    said = SPACE.sub("", unicodedata.normalize("NFKC", text)).replace("−", "-")
    printed = unicodedata.normalize("NFKC", task.indicator)
    for part in (printed, printed.rstrip("。")):
        said = said.replace(part, "") if part else said
    return DATES.sub("", HINT.sub("", said)).strip("_:：。.;；")


@cache
def _units(task: Task) -> str:
    known = {*DATA, *task.units, *COUNTERS, *FOREIGN, *MORE.split()}
    return "|".join(re.escape(unit) for unit in sorted(known, key=len, reverse=True))


@cache
def _range(task: Task) -> re.Pattern[str]:
    return re.compile(rf"{CARDINAL}(?:{_units(task)})?(?:[-~—–]+|至|到){CARDINAL}(?:{_units(task)})?", re.IGNORECASE)


@cache
def _figure(task: Task) -> re.Pattern[str]:
    digits = rf"(?<![\dA-Za-z第.])([-负]?{DIGITAL})"
    words = rf"([{CHINESE}]+(?:点[{CHINESE}]+)?)(?={_units(task)})"
    return re.compile(rf"(?:{digits}|{words})({_units(task)})?(以上|以内)?", re.IGNORECASE)


def _amounts(said: str, task: Task) -> Iterator[Amount]:
    end = 0
    for found in _figure(task).finditer(said):
        value = to_number(found.group(1) or found.group(2))
        if value is None or re.match(r"[年月日号版期级]", said[found.end() :]):
            continue
        before = SEPARATOR.split(said[end : found.start()])[-1].strip(":： ")
        after = re.match(r"[(（]([^()（）\d]{1,20})[)）]", said[found.end() :])
        note = "" if _is_printed(before, task) else before
        extra = (found.group(4) or "") + (after.group(1) if after else "")
        yield Amount(value=value, unit=_unit(found.group(3) or ""), note=note + extra)
        end = found.end() + (after.end() if after else 0)


def _unit(word: str) -> str:
    return word.upper() if word.upper() in DATA else word


def _is_printed(words: str, task: Task) -> bool:
    """True when the words before a figure only repeat what the row prints (登记高质量数据集)."""
    said, printed = fold(words), fold(task.indicator)
    if not said or said.rstrip("数") == fold(task.measure).rstrip("数"):
        return True
    return len(said) >= 6 and (said in printed or said in fold(task.measure))


def write_amount(amount: Amount) -> str:
    """A figure as the form has it: 图片300万张, 1.5PB, 12个; whole ten-thousands get 万."""
    value = amount.value
    whole = isinstance(value, int) and value and value % 10_000 == 0
    number = (
        f"{value // 10_000}万" if whole else f"{value:f}".rstrip("0").rstrip(".") if "e" in str(value) else str(value)
    )
    return f"{amount.note}{number}{amount.unit}"


# ---------------------------------------------------------------- units of figures
def is_open(task: Task) -> bool:
    """True when the printed units are examples (…等), so that others of their kind will do."""
    return OPEN.search(task.indicator) is not None


def canonical(task: Task, unit: str) -> str | None:
    """The unit as this row writes it (家 becomes 个), "" when it must still be said, None when it doesn't fit."""
    word = unit.strip()
    if not word:
        return task.unit or ""
    known = _as_written(word)
    if known in task.units:
        return known
    if task.unit in COUNTERS and known in COUNTERS:
        return task.unit
    if known in DATA and any(own in DATA for own in task.units):
        return known
    return known if is_open(task) and known.lstrip("十百千万亿") not in FOREIGN else None


def _as_written(word: str) -> str:
    upper = word.upper()
    return upper if upper in DATA else f"{upper}B" if f"{upper}B" in DATA and len(upper) == 1 else word
