"""Typed text made comparable: half-width letters and digits, simplified characters, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from knowledge.language.normal import converted

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KEEP = "，。；：？！（）【】"
_TABLE = {code: to for code, to in _WIDE.items() if chr(code) not in _KEEP} | {0x3000: 0x20}
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f]")
_CIRCLED = re.compile("[①-⑳]")
_LISTED = re.compile(r"[①-⑳]\s*[\u4e00-\u9fff（）()]{4,}")
_GROUPED = re.compile("([０-９]+)，(?=[０-９]{3}(?![０-９]))|(?<=[0-9])，(?=000(?![0-9]))")
# 1，250，000 with the comma of Chinese text; one group of it may be two figures, and so may a list (分别是).
_THOUSANDS = re.compile(r"(?<![\d.，,])\d{1,3}(?:[，,]\d{3}){2,}(?![，,]?\d)")
_COUNTER = "个家件项款条张套帧户小组篇TPGtpg"
_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ENGLISH = re.compile(rf"(?<![A-Za-z])({'|'.join(_WORDS)})\s*(?=[{_COUNTER}])", re.IGNORECASE)
_SHORT = re.compile(rf"(?<=\d)\s*([kKwW])(?=[{_COUNTER}]|[，,。；;、\s]|$)")
_APART = re.compile(r"(?<=\d) +(?=[万亿])")
_PAIRS = re.compile(r"\s*[①-⑳]\s*(?:\d[\d,.]*\s*[A-Za-z\u4e00-\u9fff]{1,4}|[√×])[\s，,；;、。]*")
_OLD = {"廿": "二十", "卅": "三十"}


@lru_cache(maxsize=64)
def plain(text: str) -> str:
    """The text with full-width ASCII halved, traditional characters simplified and control characters gone.

    Chinese punctuation stays: 智能终端（消费） is a name.
    """
    grouped = _GROUPED.sub(lambda found: f"{found.group(1) or ''},", text)
    shown = _INVISIBLE.sub("", grouped.translate(_TABLE))
    shown = _THOUSANDS.sub(lambda found: found.group() if "分别" in shown else found.group().replace("，", ","), shown)
    shown = _numbers(_circled(shown))
    shown = "".join(char for char in shown if char in "\n\t" or unicodedata.category(char)[0] != "C")
    return simplified(shown).strip()


def _circled(text: str) -> str:
    """①②: list marks where a name of some length follows the first, tasks before figures, else numbers."""
    if len(_CIRCLED.findall(text)) > 1 and re.fullmatch(rf"(?:{_PAIRS.pattern})+", text):
        return _CIRCLED.sub(lambda found: f"；任务{unicodedata.numeric(found.group()):g}：", text).lstrip("；")
    first = _CIRCLED.search(text)
    lists = first and _LISTED.match(text, first.start())
    form = "\n({:g})" if lists else "{:g}、"
    shown = _CIRCLED.sub(lambda found: form.format(unicodedata.numeric(found.group())), text)
    return shown if lists else re.sub(r"(\d+)、(?!\d)", r"\1", shown) if first else text


def _numbers(text: str) -> str:
    """Shorthand of figures written out: 3k家, 50w张, two个, 廿个."""
    said = _ENGLISH.sub(lambda found: str(_WORDS.index(found.group(1).lower())), _APART.sub("", text))
    said = _SHORT.sub(lambda found: "千" if found.group(1) in "kK" else "万", said)
    return said.replace("廿", _OLD["廿"]).replace("卅", _OLD["卅"])


def simplified(text: str) -> str:
    """The text in simplified characters; text that GB 2312 can write is returned as it is."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return converted(text)
    return text
