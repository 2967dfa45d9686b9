"""What the assistant gets and gives on every channel, and who keeps it: types and Protocols only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Protocol, runtime_checkable

from bot.budget import Share, What
from bot.desk.acts import Act
from bot.desk.overlay import SILENT, Overlay
from bot.desk.scope import Scope
from bot.desk.wish import Wish
from bot.events import Consulted
from bot.replies import Incoming, Reply, SoFar
from bot.team import ALONE, Deed, Note, Offer, Shelved, Team, Version
from knowledge.answer import Answer, Citation

if TYPE_CHECKING:
    # What a model needs is loaded where there is one, and what compares questions where some are asked.
    from knowledge.asked import Weighed
    from knowledge.worded import Prompt

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Comer:
    """Somebody who comes to a desk: who it is, from which chat, and which bureau answers there."""

    user: str
    chat: str
    bureau: str


class Past(Protocol):
    """What is seldom wanted of the drafts of one person: fetched only when it is asked for."""

    def versions(self) -> Sequence[Version]:
        """The versions of the current draft, oldest first."""
        ...

    def notes(self) -> Sequence[Note]:
        """Who changed what in the current draft, oldest first."""
        ...

    def drafts(self) -> Sequence[Shelved]:
        """All drafts the person is in, in the order they came to them."""
        ...

    def offer(self, code: str) -> tuple[Offer | None, float]:
        """What a code opens, None when there is no such code; and the time it is now."""
        ...

    def overlay(self, bureau: str) -> Overlay:
        """What a bureau says of itself."""
        ...

    def consult(self, wish: Wish, comer: Comer) -> Consulted:
        """What there is at a desk for a wish, as whoever wishes it may see it."""
        ...

    def everything(self) -> dict[str, Any]:
        """All that is kept of the person beside the conversation itself, as JSON has it."""
        ...

    def spend(self, what: What, day: date, shares: Sequence[Share]) -> bool:
        """Whether it may be done once more on that day; it then counts in every share, else in none."""
        ...


class NoPast:
    """Nothing kept beside what was loaded."""

    def versions(self) -> Sequence[Version]:
        """None."""
        return ()

    def notes(self) -> Sequence[Note]:
        """None."""
        return ()

    def drafts(self) -> Sequence[Shelved]:
        """None."""
        return ()

    def offer(self, _code: str) -> tuple[Offer | None, float]:
        """None, at no time."""
        return None, 0.0

    def overlay(self, _bureau: str) -> Overlay:
        """Nothing."""
        return SILENT

    def consult(self, wish: Wish, comer: Comer) -> Consulted:
        """Nothing, and nobody may anything."""
        return Consulted(wish, Scope(comer.bureau, "applicant", comer.user), may=False)

    def everything(self) -> dict[str, Any]:
        """Nothing."""
        return {}

    def spend(self, _what: What, _day: date, _shares: Sequence[Share]) -> bool:
        """Always: nobody counts."""
        return True


NO_PAST: Final = NoPast()


@dataclass(frozen=True)
class SavedDraft:
    """The draft a chat works on, with who is in it; `version` counts the changes of its `facts`."""

    id: str
    call: str
    facts: Json
    version: int
    team: Team = ALONE


@dataclass(frozen=True)
class Waiting:
    """Something that was written to a chat which can't be told before it speaks; `id` is its place in the outbox."""

    id: int
    reply: Reply


@dataclass(frozen=True)
class Saved:
    """A chat as it was saved last, `updated` in seconds since 1970; nothing saved yet means no state and version 0.

    `removed` says that the draft it worked on is no longer the person's. `letters` came to the chat since it spoke
    last, and are seen with the turn that is saved next.
    """

    chat: str
    state: Json | None = None
    version: int = 0
    draft: SavedDraft | None = None
    consented: str = ""
    updated: float = 0.0
    removed: bool = False
    letters: Sequence[Waiting] = ()
    past: Past = field(default=NO_PAST, compare=False, repr=False)


@dataclass(frozen=True)
class DraftStep:
    """What a turn did to the draft: its facts afterwards and the events that led there, oldest first.

    `id` is that of `Saved.draft`, or empty to begin a new one, which becomes the chat's draft.
    """

    facts: Json
    events: Sequence[Json] = ()
    call: str = ""
    id: str = ""


@dataclass(frozen=True)
class Stage:
    """How far the draft is that a chat works on, for the bureau of that code; `was` is the one that knew before."""

    bureau: str
    stage: str
    was: str = ""


@dataclass(frozen=True)
class AnswerRecord:
    """An answer as it was given, with everything needed to show it again and to say why it was given.

    `pack` is the hash of the texts it rests on; `exact` the answer before a model worded it, `model` and `prompt` what
    worded it, all three empty when none did.
    """

    question: str
    text: str
    status: str
    citations: tuple[Citation, ...] = ()
    passages: tuple[str, ...] = ()
    history: tuple[str, ...] = ()
    today: str = ""
    bureau: str = ""
    pack: str = ""
    exact: str = ""
    model: str = ""
    prompt: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Outcome:
    """What a turn comes to: the chat's new state, the draft if it changed, the replies in order.

    `consented` is the version of the notice the person agreed to in this turn, else empty; `answers` are the policy
    answers among the replies. `current` is the draft the chat works on from now on: None for the same as before or the
    one that `draft` begins, empty for none. `left` is what was done to the draft that is left in this turn. `stage` is
    what a bureau is to be told of the draft.
    """

    state: Json
    replies: tuple[Reply, ...] = ()
    draft: DraftStep | None = None
    consented: str = ""
    answers: tuple[AnswerRecord, ...] = ()
    left: DraftStep | None = None
    current: str | None = None
    deeds: tuple[Deed, ...] = ()
    name: str = ""
    acts: tuple[Act, ...] = ()
    stage: Stage | None = None


@dataclass(frozen=True)
class Post:
    """A message for the outbox: `payload` is the channel's own, `board` names one that is edited in place.

    `channel` is the one that the chat is on, empty for that of the turn.
    """

    chat: str
    payload: Json
    board: str = ""
    channel: str = ""


@dataclass(frozen=True)
class Work:
    """What a commit takes along: the inbox row that is done with it, and the messages it sends.

    With `hand` the first message is given in hand at once, if it goes to the chat itself and none waits before it.
    """

    update: int | None = None
    channel: str = ""
    posts: Sequence[Post] = ()
    hand: bool = False


NO_WORK: Final = Work()


class Asker(Protocol):
    """Who answers policy questions."""

    def ask(self, question: str, *, history: tuple[str, ...], today: date, bureau: str) -> Answer:
        """The answer on that day, for somebody of that bureau (empty: the province's text alone)."""
        ...

    def note(self, item: str, *, today: date, bureau: str) -> Citation | None:
        """What the bureau says on an item of the form beside the form's own words, None when it says nothing."""
        ...


@runtime_checkable
class Telling(Protocol):
    """An Asker that can tell what stands of an answer while it is made."""

    def telling(self, so_far: SoFar) -> Asker:
        """The same, telling `so_far` each time there is more; what it is told may still be taken back."""
        ...


@runtime_checkable
class Spending(Protocol):
    """An Asker that may cost something."""

    def spending(self, spend: Callable[[], bool]) -> Asker:
        """The same, which asks `spend` before each time that it costs, and does without where that says no."""
        ...


@runtime_checkable
class Weighing(Protocol):
    """An Asker that can compare questions."""

    def weigh(
        self, questions: Sequence[str], asked: Sequence[str], bureau: str = "", *, ruling: bool = False
    ) -> Weighed:
        """What the notice itself says to each question, and which of those `asked` ask the same as one of them."""
        ...


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
        ...

    def rests(self) -> bool:
        """Whether it would give no words just now, without being asked."""
        ...

    def words(self, prompt: Prompt, seconds: float) -> Iterator[str | Failed]:
        """Its answer, part by part; a Failed is the last part. It raises nothing and ends within so many seconds."""
        ...


class Assistant(Protocol):
    """The conversation. It writes nothing but files: what it returns is saved first and sent afterwards.

    It is called from several threads, never twice at once for one chat of a channel, and again with what is saved by
    then if another process was faster. An exception is our own mistake, never the person's.
    """

    def handle(self, incoming: Incoming, saved: Saved) -> Outcome:
        """The next state and the replies to one thing a person did."""
        ...


class StaleError(Exception):
    """Somebody else saved the chat or its draft in between: load again, handle again."""


class TakenError(StaleError):
    """The update was finished elsewhere, or is in hand there: there is nothing left to handle."""


class Keeper(Protocol):
    """Who keeps conversations; the database, or a dictionary in a test."""

    def load(self, chat: str) -> Saved:
        """The chat as saved last."""
        ...

    def commit(self, saved: Saved, outcome: Outcome, who: str = "", work: Work = NO_WORK) -> object:
        """Save a turn, all of it or nothing; StaleError when `saved` is no longer the last."""
        ...


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
