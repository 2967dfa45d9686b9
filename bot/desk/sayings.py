"""What a bureau says in its own voice: a ruling or an entry of its FAQ, with the questions it answers."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from bot.turn.days import day_text
from bot.turn.overlay import Overlay

_FILE = Path(__file__).with_name("overlay.toml")


class Saying(BaseModel):
    """A text under a key of the bureau's own, dated as ISO days; `voice` says as what it is shown.

    `questions` are what it answers, in words people use, `points` those whose whole point it decides however that is
    asked about. Without a text it stands for nothing being said any more.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    title: str = ""
    text: str = ""
    questions: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    voice: Literal["ruling", "faq"] = "ruling"
    issuer: str = ""
    dated: str = ""
    valid_until: str = ""


class Shape(BaseModel):
    """How a setting reads as a ruling, and the questions on the notice that it answers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: str
    text: str
    points: tuple[str, ...]
    questions: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def shapes() -> dict[str, Shape]:
    """Every setting that answers questions."""
    return {name: Shape(**row) for name, row in tomllib.loads(_FILE.read_text("utf-8")).items()}


def of_settings(said: Overlay, bureau: str, today: date) -> tuple[Saying, ...]:
    """What a bureau's settings come to as its rulings from `today` on, nothing for one that isn't in use.

    `bureau` is its full name.
    """
    values = {
        "inner_deadline": day_text(said.inner_deadline) if said.inner_deadline else "",
        "reach": said.reach,
        "priorities": said.priorities.rstrip("。；; "),
    }
    out = []
    for name, shape in shapes().items():
        value = values[name] if said.active else ""
        text = shape.text.format(bureau=bureau, value=value) if value else ""
        given = {"title": shape.title, "questions": shape.questions, "points": shape.points}
        given |= {"issuer": bureau, "dated": today.isoformat()}
        out.append(Saying(key=f"setting/{name}", text=text, **given))
    return tuple(out)
