"""The last look at an answer: nothing in it that no source, computation, asker or calendar vouches for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from knowledge.answers.answer import Answer
from knowledge.call.definition import Call
from knowledge.call.pack import squeeze
from knowledge.language.normal import normalise

ADDRESS = re.compile(r"https?://[^\s，。；）]+|www\.[^\s，。；）]+|[a-z0-9_.+-]+@[a-z0-9.-]+", re.I)
MONEY = re.compile(r"[\d一二三四五六七八九十百千万亿两.]+\s?(?:万元|亿元|元|万)")
BODY = re.compile(r"[一-鿿]{2,12}?(?:有限公司|集团公司|银行|大学|研究院)")
TITLE = re.compile(r"《([^》]+)》")
NUMBER = re.compile(r"(\d+(?:\.\d+)?)\s?(年|月|日|家|项|个|条|字|份|页|分|%|天|人|次|平台|库|处|号)?")
TASKS = re.compile(r"任务\d+(?:[、和]\d+)*")
LEAST = 2


@dataclass(frozen=True)
class Vouchers:
    """What may be relied on: the source as one squeezed text, the call, computed values, what the asker said."""

    source: str
    call: Call
    computed: Mapping[str, str] = field(default_factory=dict)
    said: Sequence[str] = ()
    today: date | None = None


def unsupported(answer: Answer, vouchers: Vouchers) -> list[str]:
    """What the answer says or quotes without support; an empty list when all of it is vouched for."""
    quotes = "".join(normalise(one.quote) for one in answer.citations)
    heard = "".join(normalise(one) for one in vouchers.said)
    text = normalise(_without(answer.text, vouchers.computed.values()))
    held = squeeze(quotes + heard) + _today(vouchers.today)
    return [
        *_quotes(answer, vouchers.source),
        *_tasks(text, heard, vouchers.call),
        *_strings(text, held, vouchers.source),
        *_numbers(TASKS.sub("", text), held),
    ]


def _without(text: str, values: Iterable[str]) -> str:
    for value in sorted(values, key=len, reverse=True):
        if len(value) >= LEAST:
            text = text.replace(value, "□")
    for value in values:
        if len(value) == 1 and value.isdigit():
            text = re.sub(rf"(?<!\d){value}(?!\d)", "□", text)
    return text


def _today(today: date | None) -> str:
    return f"{today.year}年{today.month}月{today.day}日" if today else ""


def _quotes(answer: Answer, source: str) -> list[str]:
    return [one.quote for one in answer.citations if not one.quote.strip() or squeeze(one.quote) not in source]


def _tasks(text: str, heard: str, call: Call) -> list[str]:
    said = (number for match in TASKS.finditer(text) for number in re.findall(r"\d+", match[0]))
    return [f"任务{number}" for number in said if int(number) not in call.task_by_number and number not in heard]


def _strings(text: str, held: str, source: str) -> list[str]:
    found = [match[0] for pattern in (ADDRESS, MONEY, BODY) for match in pattern.finditer(text)]
    titles = [match[1] for match in TITLE.finditer(text) if "□" not in match[1]]
    whole = held + normalise(source)
    return [one for one in found if squeeze(one) not in held] + [one for one in titles if squeeze(one) not in whole]


def _numbers(text: str, held: str) -> list[str]:
    known = {match[1] for match in NUMBER.finditer(held)}
    pairs = {(match[1], match[2]) for match in NUMBER.finditer(held)}
    return [
        match[0]
        for match in NUMBER.finditer(text)
        if (match[1], match[2]) not in pairs and (match[2] is not None or match[1] not in known)
    ]
