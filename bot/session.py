"""A conversation as it is saved between two messages."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from drafting.draft import Draft

Phase = Literal["idle", "filling", "complete", "paused"]
Consent = Literal["none", "shown", "given", "refused"]
TRAIL = 40
REMEMBERED = 4


class Session(BaseModel):
    """Where a conversation stands: no draft yet, an item open, everything there, or set aside for now.

    `asking` is the open item, `trail` the items asked before it, `skipped` those put off, `questions` the last policy
    questions, `held` personal fields said before the notice stood.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    phase: Phase = "idle"
    asking: str = ""
    trail: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    consent: Consent = "none"
    held: dict[str, str] = {}
    draft: Draft = Draft()

    def but(self, **changes: object) -> Session:
        """The session with some parts changed."""
        return self.model_copy(update=changes)
