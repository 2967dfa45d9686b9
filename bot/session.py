"""A conversation as it is saved between two messages."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from drafting.draft import Draft
from drafting.history import Delta, delta
from drafting.reading.understood import Understood

Phase = Literal["idle", "filling", "complete", "paused"]
Consent = Literal["none", "shown", "given", "refused"]
TRAIL = 40
REMEMBERED = 4
STEPS = 20
VERSIONS = 20


class Kept(BaseModel):
    """A version of the draft and when it was kept, as it is told."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: str
    draft: Draft


class Shelved(BaseModel):
    """Another draft of the same person, put by with its versions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    draft: Draft
    kept: tuple[Kept, ...] = ()


class Wording(BaseModel):
    """A section in a model's words that waits to be adopted, and the facts it was made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    section: str
    lines: tuple[str, ...]
    facts: tuple[str, ...]


class Session(BaseModel):
    """Where a conversation stands: no draft yet, an item open, everything there, or set aside for now.

    `asking` is the open item, `trail` the items asked before it, `skipped` those put off, `questions` the last policy
    questions, `held` personal fields said before the notice stood, `steps` the way back from the draft's last changes,
    `offered` what a file said that was sent, `left` the items of it still asked about one by one, `shown` the mark of
    the draft it was shown beside, `kept` the draft's versions, `shelf` the person's other drafts, `vowed` how many
    points of the promise were confirmed, `proposed` what a model read and nobody said yes to yet, `wording` a section
    that may be adopted.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    phase: Phase = "idle"
    asking: str = ""
    trail: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    consent: Consent = "none"
    held: dict[str, str] = {}
    steps: tuple[Delta, ...] = ()
    kept: tuple[Kept, ...] = ()
    shelf: tuple[Shelved, ...] = ()
    vowed: int = 0
    offered: Draft | None = None
    left: tuple[str, ...] = ()
    shown: str = ""
    proposed: Understood | None = None
    wording: Wording | None = None
    draft: Draft = Draft()

    def changed(self, draft: Draft) -> Session:
        """The session with another draft, and the way back to the one before."""
        step = delta(self.draft, draft)
        return self.but(draft=draft, steps=(*self.steps, step)[-STEPS:]) if step else self

    def but(self, **changes: object) -> Session:
        """The session with some parts changed."""
        return self.model_copy(update=changes)
