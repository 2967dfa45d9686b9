"""The drawing of a message's way through the rooms: `python -m tests.drawing` makes it from a run of the program.

One message that states a figure and asks something is typed into a draft; whenever a room is called by another for the
first time, that is a step. Rooms that hold values and text helpers, which everybody calls all the time, are left out.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from types import FrameType
from xml.sax.saxutils import escape

from bot.channels.terminal import converse
from bot.process.settings import Settings
from bot.running import conversation
from bot.store import open_store
from bot.turn.ports import take_turn
from tests.furnished import furnished

OUT = Path(__file__).parents[1] / "bot" / "docs" / "pictures" / "way.svg"
MESSAGE = "专利先填6个，牵头单位必须注册在江苏吗？"
FLOORS = ("bot", "drafting", "knowledge")
VALUES = ("bot.turn", "bot.process", "drafting.form", "drafting.phrasebook", "knowledge.call", "knowledge.language")
ROW, WIDE, HEAD, EDGE = 22, 96, 64, 60


@dataclass(frozen=True)
class Step:
    """One room calls another for the first time, by this function."""

    caller: str
    called: str
    function: str


def room(frame: FrameType | None) -> str:
    """The room a call is in, empty for what isn't ours and for rooms that are left out."""
    module = str(frame.f_globals.get("__name__", "")) if frame else ""
    name = ".".join(module.split(".")[:2])
    return name if name.startswith(FLOORS) and name not in VALUES else ""


@contextmanager
def watched(steps: list[Step]) -> Iterator[None]:
    """Write down every first call from room to room within the block."""
    known: set[tuple[str, str]] = set()

    def look(frame: FrameType, event: str, _argument: object) -> None:
        called, name = room(frame), frame.f_code.co_name
        if event != "call" or not called or name.startswith(("__", "<")):
            return
        above = frame.f_back
        while above is not None and not room(above):
            above = above.f_back
        if (caller := room(above)) and caller != called and (caller, called) not in known:
            known.add((caller, called))
            steps.append(Step(caller, called, name))

    sys.setprofile(look)
    try:
        yield
    finally:
        sys.setprofile(None)


def way() -> list[Step]:
    """The steps of the message, in order."""
    steps: list[Step] = []
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=furnished(Path(folder)), today=date(2026, 3, 28))
        store = open_store(settings.database)
        turn = partial(take_turn, conversation.assistant(settings), store)
        converse(turn, _typed("写申报书"), _unread)
        with watched(steps):
            converse(turn, _typed(MESSAGE), _unread)
        store.close()
    return steps


def _typed(text: str) -> Callable[[], str | None]:
    lines = iter((text,))
    return lambda: next(lines, None)


def _unread(_line: str) -> None:
    """Nobody reads what is printed."""


def svg(steps: list[Step]) -> str:
    """The steps as a ladder: a column a room, a row a step."""
    rooms = list(dict.fromkeys(name for step in steps for name in (step.caller, step.called)))
    place = {name: EDGE + WIDE * at for at, name in enumerate(rooms)}
    high, wide = HEAD + ROW * (len(steps) + 1), EDGE * 2 + WIDE * (len(rooms) - 1)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" font-family="sans-serif" font-size="11">',
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#2b6cb0"/></marker></defs>',
        f'<rect width="{wide}" height="{high}" fill="#fff"/>',
    ]
    for name, x in place.items():
        floor, _, wing = name.partition(".")
        lines.append(f'<text x="{x}" y="24" text-anchor="middle" fill="#7b8794">{floor}</text>')
        lines.append(f'<text x="{x}" y="40" text-anchor="middle" font-weight="bold" fill="#1f2933">{wing}</text>')
        lines.append(f'<path d="M{x} {HEAD - 12}V{high - 8}" stroke="#cbd2d9"/>')
    lines += [_arrow(step, place, HEAD + ROW * (at + 1) - 6, at + 1) for at, step in enumerate(steps)]
    return "\n".join((*lines, "</svg>")) + "\n"


def _arrow(step: Step, place: dict[str, int], y: int, number: int) -> str:
    start, end = place[step.caller], place[step.called]
    middle, label = (start + end) // 2, escape(f"{number} {step.function.strip('_')}")
    return (
        f'<path d="M{start} {y}H{end}" stroke="#2b6cb0" marker-end="url(#tip)"/>'
        f'<text x="{middle}" y="{y - 4}" text-anchor="middle" fill="#1f2933" '
        f'stroke="#fff" stroke-width="3" paint-order="stroke">{label}</text>'
    )


if __name__ == "__main__":
    OUT.write_text(svg(way()), "utf-8")
