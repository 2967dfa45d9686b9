"""What is saved of a chat and its drafts, and what a turn comes to: plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from bot.turn.acts import Act, Change
from bot.turn.memory import NO_PAST, Past
from bot.turn.replies import Reply
from bot.turn.team import ALONE, Deed, Team
from knowledge.answers.answer import Citation

Json = Mapping[str, Any]


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
    acts: tuple[Act[Change], ...] = ()
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
