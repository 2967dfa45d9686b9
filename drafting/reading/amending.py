"""Values of cells said by what changes in them: the last digits of a number, words put before or behind a name."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from drafting.phrasebook import either, source
from drafting.reading.setting import Setting
from knowledge.call.definition import Call, Field
from knowledge.language.numerals import to_number

_SPELT: Final = re.compile("[零〇洞一幺二两三四五六七八九]{7,}")
_DIGITS: Final = dict(zip("零〇洞一幺二两三四五六七八九", "00011223456789", strict=True))


def dialled(text: str) -> str:
    """The text with numbers that are said digit by digit in figures: 幺三八零零……"""
    return _SPELT.sub(lambda found: "".join(_DIGITS[char] for char in found.group()), text)


def amended_cells(shown: str, setting: Setting) -> dict[str, str]:
    """Field id → its recorded value with the change a message tells of; empty when it tells of none."""
    for field in setting.call.field_by_id.values():
        known = setting.draft.fields.get(field.id, "")
        new = _amended(shown, field, known, setting.call) if known else ""
        if new:
            return {field.id: new}
    return {}


@lru_cache(maxsize=4)
def _ways(call: Call) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """Per cell: how some of its digits are said anew, and how words are joined to it."""
    out = {}
    for field in call.field_by_id.values():
        label = rf"(?:{either(field.names)})(?:号码?)?的?\s*"
        digits = rf"{label}{source('fields.part')}.*?(?P<new>\d{{2,8}})\D*$"
        words = rf"{label}{source('fields.joined')}[“\"「]?(?P<new>[^”\"」，,。；;]{{1,20}})"
        out[field.id] = re.compile(digits), re.compile(words)
    return out


def _amended(shown: str, field: Field, known: str, call: Call) -> str:
    changed, joined = _ways(call)[field.id]
    digits = changed.search(shown)
    if digits and field.kind == "phone" and int(to_number(digits["count"]) or 0) == len(digits["new"]):
        size = len(digits["new"])
        return digits["new"] + known[size:] if digits["side"] in "前头" else known[:-size] + digits["new"]
    words = joined.search(shown)
    if words and field.kind == "text":
        new = words["new"].strip()
        return new + known if words["side"] in "前开头" else known + new
    return ""
