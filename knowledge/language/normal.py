"""One spelling for one thing: width, script, blanks and numerals of a text made uniform."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from opencc import OpenCC

LONGEST = 3000
INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "俩": 2, "三": 3, "仨": 3, "四": 4, "五": 5, "六": 6}
DIGITS |= {"七": 7, "八": 8, "九": 9}
NUMERAL = r"(?:\d{1,3}|[零〇一二两三四五六七八九十]{1,3})"


@lru_cache(maxsize=8192)
def normalise(text: str) -> str:
    """The text in NFKC, lower case and simplified characters, without invisible marks; at most LONGEST characters."""
    if len(text) > LONGEST:
        text = text[: LONGEST // 2] + text[-LONGEST // 2 :]
    return folded(text)


def folded(text: str) -> str:
    """The text in one spelling, however long it is."""
    text = text.encode("utf-8", "ignore").decode()
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    return re.sub(r"\s+", " ", simplified(text)).strip()


def simplified(text: str) -> str:
    """The text in simplified characters; the converter is loaded only when a character needs it."""
    if all(_plain(char) for char in set(text)):
        return text
    return converted(text)


@cache
def _plain(char: str) -> bool:
    if char < "\u3400" or char > "\u9fff":
        return True
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def converted(text: str) -> str:
    """The text with every traditional character turned, whatever else stands there."""
    return str(_converter().convert(text))


@cache
def _converter() -> Any:
    return OpenCC("t2s")


def number(text: str) -> int | None:
    """The whole number below 1000 that digits or Chinese numerals say; None for anything else."""
    if text.isascii() and text.isdigit():
        return int(text)
    if not text or any(char != "十" and char not in DIGITS for char in text):
        return None
    if "十" not in text:
        return DIGITS[text] if len(text) == 1 else None
    tens, _, ones = text.partition("十")
    return (
        10 * (DIGITS[tens] if tens else 1) + (DIGITS[ones] if ones else 0) if len(ones) < 2 and len(tens) < 2 else None
    )
