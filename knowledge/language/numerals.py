"""Numbers as people write them: digits, Chinese numerals, 万 and 亿."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

MOST: Final = 10**15
POWERS: Final = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
DIGITS = re.compile(r"([-−负]?)(\d+(?:,\d{3})+|\d+)(\.\d+)?((?:[十百千]?[万亿]|万亿|[百千])?)")
LONGEST: Final = 24
# The library has no word for 三亿五, nor for 两亿八千.
AFTER_YI: Final = re.compile(r"亿(?P<last>[一二两三四五六七八九])千?$")
CHINESE = "零〇一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟"


def to_number(text: str) -> int | float | None:
    """The number that `text` alone is (3,000 · 300万 · １２ · 一万二 · 两千零三 · 3.5亿), None when it is none.

    Nobody means a number of more than fifteen digits.
    """
    value = _number(unicodedata.normalize("NFKC", text).strip().replace("，", ","))
    return value if value is not None and abs(value) < MOST else None


def _number(said: str) -> int | float | None:
    found = DIGITS.fullmatch(said)
    if found:
        return _digits(*found.groups())
    sign = -1 if said[:1] in "-−负" else 1
    value = _chinese(said.lstrip("-−负")) if said else None
    return None if value is None else sign * value


def _digits(sign: str, whole: str, part: str | None, powers: str) -> int | float:
    """Exact arithmetic: 1.1亿 is 110000000, not 110000000.00000001."""
    value = Decimal(whole.replace(",", "") + (part or ""))
    for power in powers:
        value *= POWERS[power]
    value = -value if sign else value
    return int(value) if value == value.to_integral_value() else float(value)


def _chinese(text: str) -> int | float | None:
    """cn2an raises on what it doesn't know and returns floats for full-width digits; both end here."""
    power = 1
    head, tail = text[:-1], text[-1:]
    if "点" in text and tail in ("万", "亿"):
        text, power = head, POWERS[tail]
    text = text.replace("俩", "两").replace("仨", "三")
    if not 0 < len(text) <= LONGEST or not set(text) <= set(CHINESE + "点.0123456789"):
        return None
    import cn2an  # noqa: PLC0415 - 90 ms that most messages need not pay

    try:
        value = cn2an.cn2an(AFTER_YI.sub("亿\\g<last>千万", text), "smart") * power
    except (ValueError, KeyError):
        return None
    return int(value) if float(value).is_integer() else float(value)
