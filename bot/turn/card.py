"""What a picture of numbers says: how far each part of the form is, what a desk did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

HEAD: Final = -1


@dataclass(frozen=True)
class Card:
    """What stands on it: a headline, a row a part with what is done of how much (of 0: nothing to write), a foot.

    With `counts` a row says how many there were instead of how far it is; one of HEAD is what those below share.
    """

    title: str
    rows: Sequence[tuple[str, int, int]]
    foot: str = ""
    counts: bool = False
