"""The decision in a task's row: ticks, crosses, words, and two boxes of which one is marked."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from knowledge.call.definition import Call
from knowledge.language.folding import fold

TICKS: Final = frozenset("√✓✔☑🗹✅vｖ")
CROSSES: Final = frozenset("×✗✘☒✖❌╳x叉")
YES_WORDS: Final = "是 对 对号 对勾 勾 打勾 选 选取 已选 开展 拟开展 承担 参加 y yes"
NO_WORDS: Final = "否 不 不选 未选 不开展 不承担 叉 叉号 打叉 错号 n no"
YES: Final = frozenset(YES_WORDS.split())
NO: Final = frozenset(NO_WORDS.split())
EMPTY: Final = "□☐▢◻"
BLACK: Final = ("■", "▣", "◼")
FULL: Final = "■☑☒▣◼🗹✅"
BOX: Final = rf"[{EMPTY}{FULL}]"
REFUSING: Final = ("不", "否", "未", "no")


def read_mark(text: str, call: Call) -> bool | None:
    """True for a tick, False for a cross, in all the ways people make them; None when it is neither or both."""
    said = fold(text)
    boxes = _boxes(text)
    if len(boxes) > 1 or said in BLACK:
        return _chosen(boxes)
    if said in {fold(call.marks.chosen), *YES}:
        return True
    if said in {fold(call.marks.left), *NO}:
        return False
    ticked = any(character in TICKS for character in unicodedata.normalize("NFC", text).lower())
    crossed = any(character in CROSSES for character in unicodedata.normalize("NFC", text).lower())
    return None if ticked == crossed else ticked


def _boxes(text: str) -> list[tuple[bool, str]]:
    """Every box with whether it is marked and the words beside it, which stand before or behind all of them."""
    said = fold(re.sub(r"[(（\[【][✓✔√][)）\]】]", "☑", text))
    behind = rf"({BOX})([^{EMPTY}{FULL}]*)" if re.match(BOX, said) else rf"([^{EMPTY}{FULL}]*)({BOX})"
    pairs = [sorted(pair, key=lambda one: re.fullmatch(BOX, one) is None) for pair in re.findall(behind, said)]
    return [(box in FULL, words.strip("/,、;；，")) for box, words in pairs]


def _chosen(boxes: list[tuple[bool, str]]) -> bool | None:
    marked = [words for full, words in boxes if full]
    if len(marked) != 1:
        return None
    return not (marked[0] in {*NO, *CROSSES} or marked[0].startswith(REFUSING))
