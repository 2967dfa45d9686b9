"""What somebody wishes of a bureau's desk, by words or by a button."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Literal

from bot.turn.wish import PRESS, Wish

Needs = Literal["anyone", "serves", "rules"]
_FILE = Path(__file__).with_name("words.toml")


@lru_cache(maxsize=1)
def _words() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text("utf-8"))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Needs, str, re.Pattern[str]], ...]:
    """Every way of wishing something in words, in the order of the file."""
    return tuple(
        (needs, kind, re.compile(_filled(shape), re.IGNORECASE | re.DOTALL))
        for needs in NEEDS
        for kind, shapes in _words()[needs].items()
        for shape in ([shapes] if isinstance(shapes, str) else shapes)
        if shape
    )


def _filled(shape: str) -> str:
    """A shape with its parts put in, and theirs."""
    while found := _PART.search(shape):
        shape = shape.replace(found[0], _words()["parts"][found[1]])
    return shape


@lru_cache(maxsize=4)
def _part(name: str) -> re.Pattern[str]:
    return re.compile(_filled(_words()["parts"][name]))


NEEDS: Final[tuple[Needs, ...]] = ("rules", "serves", "anyone")
_PART: Final = re.compile(r"\{([a-z_]+)\}")
_DIGITS: Final = "一二三四五六七八九"


def needed(kind: str) -> Needs | None:
    """What somebody must be for this kind of wish; None for a kind that doesn't exist."""
    return next((needs for needs in NEEDS if kind in _words()[needs]), None)


def typed(text: str, *, serves: bool) -> Wish | None:
    """The wish that a whole message says, None where it says none; those of the desk's people only from them."""
    said, parts = text.strip(), _words()["parts"]
    ways: dict[tuple[bool, ...], tuple[str, ...]] = {}
    for needs, kind, pattern in _patterns():
        if not (serves or needs == "anyone" or kind in parts["open"]):
            continue
        shape = ("text" in pattern.groupindex, needs == "anyone", kind in parts["shows"])
        if shape not in ways:
            ways[shape] = tuple(_ways(said, *shape))
        for whole in ways[shape]:
            if found := pattern.fullmatch(whole):
                return _wish(kind, found.groupdict())
    return None


def _ways(said: str, wordy: bool, plain: bool, shows: bool) -> Iterator[str]:
    """A message as it may be meant: as it is, and without what people put before and behind a wish."""
    bare = said.strip("。！!~～ ")
    yield said if wordy else bare
    if plain:
        return
    told = _part("before").sub("", bare, count=1) if _part("before").match(bare) else bare
    yield from (bare, told) if wordy else (told,)
    if shows:
        told = re.sub(f"{_part('asking').pattern}$", "", told)
        yield told
    yield re.sub(f"{_part('behind').pattern}$", "", told)


def _wish(kind: str, groups: dict[str, str | None]) -> Wish:
    text = (groups.get("text") or "").strip()
    if kind == "rank" and text:
        text = {"移出": "out", "列入": "in"}.get(text) or str(_number(text))
    return Wish(kind, _number(groups.get("number") or ""), text, groups.get("where") or "")


def _number(said: str) -> int:
    """A number in digits of any width or in Chinese up to 99; 0 for none."""
    if said.isdecimal() or not said:
        return int(said or 0)
    tens, mark, ones = said.rpartition("十")
    known = {"": 0} | {one: place for place, one in enumerate(_DIGITS, 1)}
    return ((known.get(tens, 0) or 1) * 10 if mark else 0) + known.get(ones, 0)


def pressed(id_: str) -> Wish | None:
    """The wish of a button `desk/KIND/NUMBER/TEXT`; None for a button that isn't one."""
    mark, _, rest = id_.partition("/")
    kind, _, rest = rest.partition("/")
    number, _, text = rest.partition("/")
    if f"{mark}/" != PRESS or needed(kind) is None:
        return None
    return Wish(kind, int(number) if number.isdecimal() and len(number) < 10 else 0, text)
