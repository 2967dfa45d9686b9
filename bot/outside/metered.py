"""A model that is asked only as often as the day's budget allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.outside.breaker import RESTING
from bot.turn.budget import SPENT, UNKNOWN
from bot.turn.ports import Failed, Model
from knowledge.answers.rewording import Prompt
from knowledge.errors import SentenceError


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
