"""What the assistant gets and gives on every channel, and who keeps it: types and Protocols only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, runtime_checkable

from bot.turn.outcome import NO_WORK, Outcome, Post, Saved, Work
from bot.turn.replies import Incoming, Reply, SoFar
from knowledge.answers.answer import Answer, Citation, Prompt, Weighed


class Asker(Protocol):
    """Who answers policy questions."""

    def ask(self, question: str, *, history: tuple[str, ...], today: date, bureau: str) -> Answer:
        """The answer on that day, for somebody of that bureau (empty: the province's text alone)."""

    def note(self, item: str, *, today: date, bureau: str) -> Citation | None:
        """What the bureau says on an item of the form beside the form's own words, None when it says nothing."""


@runtime_checkable
class Telling(Protocol):
    """An Asker that can tell what stands of an answer while it is made."""

    def telling(self, so_far: SoFar) -> Asker:
        """The same, telling `so_far` each time there is more; what it is told may still be taken back."""


@runtime_checkable
class Spending(Protocol):
    """An Asker that may cost something."""

    def spending(self, spend: Callable[[], bool]) -> Asker:
        """The same, which asks `spend` before each time that it costs, and does without where that says no."""


@runtime_checkable
class Weighing(Protocol):
    """An Asker that can compare questions."""

    def weigh(
        self, questions: Sequence[str], asked: Sequence[str], bureau: str = "", *, ruling: bool = False
    ) -> Weighed:
        """What the notice itself says to each question, and which of those `asked` ask the same as one of them."""


@dataclass(frozen=True)
class WordedAnswer(Answer):
    """An answer whose text a model worded: status, citations and passages are those of the exact one."""

    exact: str = ""
    model: str = ""
    prompt: str = ""


@dataclass(frozen=True)
class Failed:
    """A model gave no answer; `reason` is a few English words for the log, without what people wrote."""

    reason: str


class Model(Protocol):
    """A chat model, called from several threads at once."""

    @property
    def name(self) -> str:
        """What it is called in settings and records."""

    def rests(self) -> bool:
        """Whether it would give no words just now, without being asked."""

    def words(self, prompt: Prompt, seconds: float) -> Iterator[str | Failed]:
        """Its answer, part by part; a Failed is the last part. It raises nothing and ends within so many seconds."""


class Assistant(Protocol):
    """The conversation. It writes nothing but files: what it returns is saved first and sent afterwards.

    It is called from several threads, never twice at once for one chat of a channel, and again with what is saved by
    then if another process was faster. An exception is our own mistake, never the person's.
    """

    def handle(self, incoming: Incoming, saved: Saved) -> Outcome:
        """The next state and the replies to one thing a person did."""


class StaleError(Exception):
    """Somebody else saved the chat or its draft in between: load again, handle again."""


class TakenError(StaleError):
    """The update was finished elsewhere, or is in hand there: there is nothing left to handle."""


class Keeper(Protocol):
    """Who keeps conversations; the database, or a dictionary in a test."""

    def load(self, chat: str) -> Saved:
        """The chat as saved last."""

    def commit(self, saved: Saved, outcome: Outcome, who: str = "", work: Work = NO_WORK) -> object:
        """Save a turn, all of it or nothing; StaleError when `saved` is no longer the last."""


Outward = Callable[[Sequence[Reply]], Sequence[Post]]


def nowhere(_replies: Sequence[Reply]) -> Sequence[Post]:
    """Whoever called tells the others."""
    return ()


def take_turn(
    assistant: Assistant, keeper: Keeper, incoming: Incoming, outward: Outward = nowhere, tries: int = 5
) -> Outcome:
    """Handle one thing and save what came of it; StaleError only when others kept being faster.

    `outward` makes letters of what is for others than the chat itself.
    """
    for left in range(tries - 1, -1, -1):
        saved = keeper.load(incoming.chat)
        outcome = assistant.handle(incoming, saved)
        try:
            letters = outward([one for one in outcome.replies if one.chat not in ("", incoming.chat)])
            keeper.commit(saved, outcome, incoming.user, Work(posts=letters) if letters else NO_WORK)
            break
        except StaleError:
            if not left:
                raise
    return outcome
