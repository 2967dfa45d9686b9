"""What may stand in a file that we write: nothing XML can't hold, nothing that turns or cuts the text around it."""

from __future__ import annotations

import re
from typing import Final

# Control characters, marks of direction, halves of surrogate pairs, and what is no character at all.
UNFIT: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb\ufffe\uffff]"
)


def fit(text: str) -> str:
    """The text without what may not stand in a file."""
    return UNFIT.sub("", text)
