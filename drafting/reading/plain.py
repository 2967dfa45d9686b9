"""Typed text made comparable: half-width letters and digits, simplified characters, nothing invisible."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_KEEP = "，。；：？！（）【】"
_TABLE = {code: to for code, to in _WIDE.items() if chr(code) not in _KEEP} | {0x3000: 0x20}
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufe0e\ufe0f]")
_CIRCLED = re.compile("[①-⑳]")


def plain(text: str) -> str:
    """The text with full-width ASCII halved, traditional characters simplified and control characters gone.

    Chinese punctuation stays: 智能终端（消费） is a name.
    """
    shown = _INVISIBLE.sub("", text.translate(_TABLE))
    shown = _CIRCLED.sub(lambda found: f"\n({unicodedata.numeric(found.group()):g})", shown)
    shown = "".join(char for char in shown if char in "\n\t" or unicodedata.category(char)[0] != "C")
    return simplified(shown).strip()


def simplified(text: str) -> str:
    """The text in simplified characters; text that GB 2312 can write is returned as it is."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return str(_converter().convert(text))
    return text


@lru_cache(maxsize=1)
def _converter() -> Any:
    import opencc  # noqa: PLC0415 - loads a dictionary that most messages don't need

    return opencc.OpenCC("t2s")
