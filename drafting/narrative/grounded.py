"""Whether a text keeps to what was said: every number, date and name in it stands in the facts or the targets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from drafting.form.amounts import write_amount
from drafting.form.draft import Draft
from drafting.form.organisations import CITIES, COMMON
from drafting.form.short_names import ONE
from drafting.phrasebook import pattern, source
from knowledge.call.definition import Call
from knowledge.language.folding import fold
from knowledge.language.numerals import to_number

ORDINAL: Final = re.compile(r"(?m)^\s*(?:[（(][一二三四五六七八九十\d]{1,2}[)）]|\d{1,2}[．.、](?!\d))")
DAY: Final = re.compile(r"20\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?")
RANGE: Final = re.compile(r"(20\d\d)年\d{1,2}月(?:\d{1,2}日)?[至到~—–-]+(\d{1,2})月")
POINTED: Final = re.compile(r"(20\d\d)[.\-/](\d{1,2})(?:[.\-/](\d{1,2}))?(?!\d)")
CHINESE_YEAR: Final = re.compile(r"[一二三四五六七八九][一二三四五六七八九零〇]{3}(?=年)")
UNIT: Final = (
    r"(?:个?百分点|[KMGTPEZ]B?|万元|平方米|小时|分钟|公里|公顷|[个项家条件套台人名位张幅帧次种类步成年月日号天周期米元倍轮款只批亩吨篇"
    r"户例部份所字层级秒％%])"
)
NUMBER: Final = re.compile(rf"(?<![A-Za-z\d])(\d[\d,]*(?:\.\d+)?(?:万亿|[万亿千百])?)[余多]?({UNIT})?", re.IGNORECASE)
COUNTED: Final = re.compile(rf"(?<!第)([零〇一二两三四五六七八九十百千万亿]{{1,9}}|半)({UNIT})", re.IGNORECASE)
SHARE: Final = re.compile(r"百分之([零〇一二两三四五六七八九十百点\d.]+)()")
IDLE: Final = re.compile(r"一(?=[个种套批类次系级层期])|[半](?=成)|一(?=年(?:四季|来))")
KINDS: Final = ("人名位", "日号天", "个项件家款种类份套部篇户批例台只所条次轮", "张幅帧", "%％")
QUOTED: Final = re.compile(r"[“\"《「『]([^“”\"《》「」『』]{1,40})[”\"》」』]")
LATIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.+-]*[A-Za-z0-9+]|(?<![A-Za-z\d])[A-Z](?![A-Za-z])")
LEAST_NAME: Final = 4


def strange(text: str, said: str) -> tuple[str, ...]:
    """The numbers, dates, names and vaunts in `text` that `said` doesn't have, as they are written."""
    known, body = _known(said), _years(ORDINAL.sub("", text))
    dated, figures = _days(body), DAY.sub(" ", _days(_years(said)))
    words = [*DAY.findall(dated), *QUOTED.findall(body), *LATIN.findall(body)]
    words += [one[one.lastindex or 0] for way in _ways() for one in way.finditer(body)]
    unknown = [word for word in words if fold(word) not in known]
    return tuple(dict.fromkeys([*_figures(DAY.sub(" ", dated), figures), *_names(body, known, said), *unknown]))


def _ways() -> tuple[re.Pattern[str], ...]:
    """What else must have been said: shares and seasons, praise, what is done already, people and places."""
    return (*(pattern(f"grounded.{one}") for one in ("share", "season", "vaunt", "done")), _people(), _places())


def _known(said: str) -> str:
    """What was said, folded, with dates in the way a sentence writes them."""
    text = _years(said)
    ends = [f"{year}年{month}月" for year, month in RANGE.findall(_days(text))]
    return fold("\n".join([text, _days(text), *ends]))


def _days(text: str) -> str:
    """2026.3 and 2026-03 as 2026年3月."""

    def written(found: re.Match[str]) -> str:
        year, month, day = found.groups()
        return f"{year}年{int(month)}月" + (f"{int(day)}日" if day else "") if 0 < int(month) <= 12 else found.group()

    return re.sub(r"(?<=年)0(?=\d月)", "", POINTED.sub(written, text))


def _years(text: str) -> str:
    """二〇二六年 as 2026年."""
    return CHINESE_YEAR.sub(
        lambda found: "".join(str("零一二三四五六七八九".find(c) if c != "〇" else 0) for c in found[0]), text
    )


# ---------------------------------------------------------------- figures
def _figures(text: str, said: str) -> Iterator[str]:
    """Figures that were not said, or were said of another kind of thing: 5项 for 5人."""
    known = {(value, kind) for _, value, kind in numbers(said)}
    values = {value for value, _ in known}
    for word, value, kind in numbers(text):
        there = value in values if not kind else bool({(value, kind), (value, "")} & known)
        if not there:
            yield word


def numbers(text: str) -> Iterator[tuple[str, int | float | None, str]]:
    """(the number as written, its value, the kind of its unit) for every number; 一个 and the like are none."""
    bare = IDLE.sub(" ", text)
    for pattern_ in (NUMBER, COUNTED):
        for word, unit in pattern_.findall(bare):
            yield word, 0.5 if word == "半" else to_number(word), _kind(unit)
    for word, _ in SHARE.findall(bare):
        yield f"百分之{word}", to_number(word), _kind("%")


def _kind(unit: str) -> str:
    shown = unit.upper().rstrip("B") if unit.isascii() and unit.isalpha() else unit
    return next((kind for kind in KINDS if shown and shown in kind), shown.replace("万元", "元"))


# ---------------------------------------------------------------- names
def _names(text: str, known: str, said: str) -> Iterator[str]:
    """Organisations nobody named; a name that was said, with a word or two before it, is no other name."""
    own = {fold(one) for one in ONE.findall(said) if len(one) >= LEAST_NAME}
    for name in ONE.findall(text):
        shown = fold(name)
        if shown not in known and not any(shown.endswith(one) and len(shown) - len(one) <= LEAST_NAME for one in own):
            yield name


@lru_cache(maxsize=1)
def _people() -> re.Pattern[str]:
    """A surname and a name beside an office: 由张某某负责, 张某教授."""
    name = rf"(?!{source('fields.nobody')})(?:{source('fields.surnames')})(?:(?![由的等为及与和者])[一-鿿]){{1,2}}"
    led, called = source("grounded.led"), source("grounded.called")
    return re.compile(rf"(?:{led})({name})(?=[，。；、]|{called})|(?<![一-鿿])({name})(?={called})")


@lru_cache(maxsize=1)
def _places() -> re.Pattern[str]:
    """Provinces, cities and countries; those that are common words, too, only with their 市."""
    cities = {city if city not in COMMON else f"{city}市" for names in CITIES.values() for city in names.split()}
    stems = {re.sub(r"(?:省|市|特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区)$", "", one) for one in CITIES}
    return re.compile(
        "|".join(sorted(cities | stems, key=lambda one: -len(one))) + "|" + pattern("grounded.abroad").pattern
    )


def grounds(draft: Draft, call: Call) -> str:
    """All that was said, in one text: what a wording of this draft may rest on."""
    return "\n".join((frame(draft, call), *_told(draft)))


def frame(draft: Draft, call: Call) -> str:
    """What stands beside the narratives: the cells that are no person's, the units, the tasks with their targets."""
    lines = [value for key, value in draft.fields.items() if not call.field_by_id[key].personal]
    lines += [f"{one.name}，{one.intro}，{one.part.duty}" for one in draft.members]
    for number, choice in draft.tasks.items():
        task = call.task_by_number[number]
        lines.append(f"任务{number}（{task.short}）{task.measure}{'、'.join(map(write_amount, choice.targets))}")
    return "\n".join(lines)


def _told(draft: Draft) -> Iterator[str]:
    for found in draft.points.values():
        yield from (point.text for point in found)
    for lines in draft.texts.values():
        yield from lines
