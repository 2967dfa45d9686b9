"""Text as it is compared: width, white space and invisible characters make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

NAME: Final = 30
SPACE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
EMPTY = re.compile(r"[\s/／\\—–_\-－.。…·*×√]*|无|暂无|待定|待填|待补充|略|空|none|n/a", re.IGNORECASE)
PLACEHOLDER = re.compile(
    r"[XxＸｘ×╳]{2,}(?!\d)|_{3,}|＿{2,}|[○◯●]{2,}|\*{3,}|＊{2,}|某某|待定|TBD|TODO|此处填写|在此填写|请填写|请补充|待补充|待填写"
    r"|[（(【\[](?:待|请|此处)[^（）()【】\[\]]{0,12}[】）)\]]",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """The text in the form two writings of one thing share: NFKC, small letters, no white space."""
    return _folded_name(text) if len(text) <= NAME else _folded(text)


def _folded(text: str) -> str:
    return SPACE.sub("", unicodedata.normalize("NFKC", text)).lower()


# Names of the call are compared again and again; prose is not.
_folded_name = lru_cache(maxsize=1024)(_folded)


def tidy(text: str) -> str:
    """The text as it is kept: white space at the ends and between Chinese characters is gone, nothing else."""
    stripped = SPACE.sub(" ", text).strip(" ，。；、“”\"'")
    return re.sub(r"(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])", "", stripped)


def is_empty(text: str) -> bool:
    """True when a cell says nothing: blank, a dash, a slash, 无, 待定."""
    return EMPTY.fullmatch(unicodedata.normalize("NFKC", text).strip()) is not None


def same(one: str, other: str) -> bool:
    """True when two writings name the same thing."""
    return fold(one) == fold(other)


def length(text: str) -> int:
    """Characters without white space, the way the form counts 字."""
    return len(SPACE.sub("", text))


def is_subsequence(short: str, full: str) -> bool:
    """True when `short` is `full` with characters left out, in order."""
    rest = iter(full)
    return all(character in rest for character in short)
