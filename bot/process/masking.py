"""What must not be read by others, masked: tokens, keys, phone numbers, e-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

MASKS: Final = (
    (re.compile(r"\d{6,}:[\w-]{20,}"), "<token>"),
    (re.compile(r"(?<![\d.])(\+?86[- ]?)?(1[3-9]\d)\d{4}(\d{4})(?!\d)"), r"\2****\3"),
    (re.compile(r"(?<!\d)(0\d{2,3})[- ]?\d{7,8}(?!\d)"), r"\1-****"),
    (re.compile(r"[\w.+-]+@([\w-]+(?:\.[\w-]+)+)"), r"***@\1"),
    # Here PostgreSQL repeats the row that it refused.
    (re.compile(r"(DETAIL|CONTEXT):.*"), r"\1: <hidden>"),
)


def masked(text: str, secrets: Iterable[str] = ()) -> str:
    """The text with secrets, tokens, phone numbers and e-mail addresses masked."""
    for secret in secrets:
        text = text.replace(secret, "<secret>")
    for pattern, mask in MASKS:
        text = pattern.sub(mask, text)
    return text
