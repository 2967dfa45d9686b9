"""Names that came from outside, as they may be shown on a line and given to a file."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bot.turn.wording import say

FORBIDDEN: Final = re.compile(r"[\\/:*?\"<>|\s]+")
# What a spreadsheet takes for a formula, and a shell or a file manager for something special.
LEADING: Final = ".=+-@~－＝＋＠"


def plain(text: str, most: int = 40) -> str:
    """A text on one short line, without marks that turn or hide what stands beside it."""
    seen = "".join(" " if one.isspace() else one for one in text if one.isspace() or _shown(one))
    line = " ".join(seen.split())
    return line if len(line) <= most else f"{line[: most - 1]}…"


def _shown(one: str) -> bool:
    return unicodedata.category(one) not in ("Cc", "Cf", "Cs", "Co")


def file_name(text: str) -> str:
    """A text as part of a file's name: nothing that names a folder, begins a formula or hides its ending."""
    bare = FORBIDDEN.sub("", plain(text, 60)).strip("….").lstrip(LEADING)
    return bare[:40] or say("filed.unnamed")


def named(name: str) -> str:
    """Somebody by name."""
    return name or say("desk.nameless")


def short(text: str, size: int) -> str:
    """A text of at most so many characters."""
    return text if len(text) <= size else f"{text[: size - 1]}…"
