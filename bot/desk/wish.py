"""What somebody wishes of a bureau's desk, by words or by a button."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

Needs = Literal["anyone", "serves", "rules"]
PRESS: Final = "desk/"
_FILE = Path(__file__).with_name("words.toml")


@dataclass(frozen=True)
class Wish:
    """A kind of wish, the number it is about (0 for none), what was said with it, and whose number it is.

    `where` is a bureau's code; empty for the one the person comes to.
    """

    kind: str
    number: int = 0
    text: str = ""
    where: str = ""


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Needs, str, re.Pattern[str]], ...]:
    """Every way of wishing something in words, in the order of the file."""
    return tuple(
        (needs, kind, re.compile(shape.replace("{number}", _words()["parts"]["number"]), re.IGNORECASE | re.DOTALL))
        for needs in NEEDS
        for kind, shapes in _words()[needs].items()
        for shape in ([shapes] if isinstance(shapes, str) else shapes)
        if shape
    )


NEEDS: Final[tuple[Needs, ...]] = ("rules", "serves", "anyone")


def needed(kind: str) -> Needs | None:
    """What somebody must be for this kind of wish; None for a kind that doesn't exist."""
    return next((needs for needs in NEEDS if kind in _words()[needs]), None)


def typed(text: str, *, serves: bool) -> Wish | None:
    """The wish that a whole message says, None where it says none; those of the desk's people only from them."""
    said = text.strip()
    bare = said.strip("。！!~～ ")
    for needs, kind, pattern in _patterns():
        whole = said if "text" in pattern.groupindex else bare
        open_ = serves or needs == "anyone" or kind in _words()["parts"]["open"]
        if open_ and (found := pattern.fullmatch(whole)):
            groups = found.groupdict()
            number, said = int(groups.get("number") or 0), (groups.get("text") or "").strip()
            return Wish(kind, number, said, groups.get("where") or "")
    return None


def pressed(id_: str) -> Wish | None:
    """The wish of a button `desk/KIND/NUMBER/TEXT`; None for a button that isn't one."""
    mark, _, rest = id_.partition("/")
    kind, _, rest = rest.partition("/")
    number, _, text = rest.partition("/")
    if f"{mark}/" != PRESS or needed(kind) is None:
        return None
    return Wish(kind, int(number) if number.isdecimal() and len(number) < 10 else 0, text)


def press(kind: str, number: int = 0, text: str = "") -> str:
    """The id of the button that wishes this."""
    return f"{PRESS}{kind}/{number}" + (f"/{text}" if text else "")
