"""Whether a model is asked at all: not for a while after failures in a row, and not beyond the day's budget."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.turn.budget import SPENT, UNKNOWN
from bot.turn.ports import Failed, Model
from knowledge.answers.answer import Prompt
from knowledge.errors import SentenceError

FAILURES: Final = 3
PAUSE: Final = 60.0
# Why an endpoint that is not tried gave no answer.
RESTING: Final = "left alone after failures"


@dataclass(frozen=True)
class Breaker:
    """How an endpoint has done lately; `until` is the moment before which it is left alone, in seconds.

    After some failures in a row nothing is tried for a while, then one try at a time.
    """

    failures: int = 0
    until: float = 0.0

    def allows(self, now: float) -> bool:
        """Whether a call may be made now."""
        return self.failures < FAILURES or now >= self.until

    def tried(self, now: float) -> Breaker:
        """After a call began: when the endpoint is on trial, others wait for what comes of it."""
        return replace(self, until=now + PAUSE) if self.failures >= FAILURES else self

    def succeeded(self) -> Breaker:
        """After a call went well."""
        return Breaker()

    def failed(self, now: float) -> Breaker:
        """After a call went wrong."""
        return Breaker(self.failures + 1, now + PAUSE)


@dataclass(frozen=True)
class Metered:
    """`model`, as long as `spend` says yes; it is asked before each call, and not for one that wouldn't be made."""

    model: Model
    spend: Callable[[], bool]

    @property
    def name(self) -> str:
        """The model's own name."""
        return self.model.name

    def rests(self) -> bool:
        """Whether the model does."""
        return self.model.rests()

    def words(self, prompt: Prompt, seconds: float) -> Iterator[str | Failed]:
        """The model's words, or one Failed and no call; a call that can't be counted isn't made."""
        if self.rests():
            yield Failed(RESTING)
            return
        try:
            allowed = self.spend()
        except SentenceError:
            yield Failed(UNKNOWN)
            return
        if not allowed:
            yield Failed(SPENT)
            return
        yield from self.model.words(prompt, seconds)
