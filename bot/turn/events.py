"""What happens to a conversation, and what it asks the outside to do: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.turn.base import Effect, Event
from bot.turn.effects import Advise, Give, Invite, Read, Recall, Weigh, Word
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.team import Note, Offer, Shelved, Version
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.form.understood import Understood
from drafting.narrative.judged import Judged
from knowledge.answers.answer import Answer, Citation


@dataclass(frozen=True)
class Said(Event):
    """A person typed a text."""

    text: str


@dataclass(frozen=True)
class Pressed(Event):
    """A person pressed a button."""

    id: str


@dataclass(frozen=True)
class Sent(Event):
    """A person sent a file, with a few words or none; an empty name stands for a medium that can't be read."""

    name: str
    caption: str = ""


@dataclass(frozen=True)
class Found(Event):
    """The answer to a LookUp, its question, and the questions that are still to be looked up.

    `mark` tells this answer from all others of the person.
    """

    answer: Answer
    unread: bool = False
    more: tuple[str, ...] = ()
    question: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Written(Event):
    """The outcome of a Write: the file, what the form had no place for, or why there is none.

    `prints` are the same pages to look at: a PDF, a picture.
    """

    path: Path | None
    unplaced: tuple[str, ...] = ()
    why: str = ""
    prints: tuple[Path, ...] = ()


@dataclass(frozen=True)
class Opened(Event):
    """The outcome of an Open: what the form says and what is wrong in it, or `why` it can't be read."""

    name: str
    draft: Draft | None
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Drawn(Event):
    """The outcome of a Draw: the picture, None where there is none to be had."""

    path: Path | None


@dataclass(frozen=True)
class Recalled(Event):
    """The outcome of a Recall: what it asked for, the rest empty."""

    wanted: Recall
    versions: tuple[Version, ...] = ()
    notes: tuple[Note, ...] = ()
    drafts: tuple[Shelved, ...] = ()


@dataclass(frozen=True)
class Redeemed(Event):
    """The outcome of a Redeem: what the code opens, None when there is no such code; `at` in seconds since 1970."""

    code: str
    offer: Offer | None
    at: float


@dataclass(frozen=True)
class Coded(Event):
    """The outcome of an Invite: a code nobody knows yet, and a link that says it, where there are links."""

    wanted: Invite
    code: str
    link: str = ""


@dataclass(frozen=True)
class Taken(Event):
    """The outcome of a Read: what the text may mean, nothing where that can't be said."""

    asked: Read
    got: Understood = Understood()


@dataclass(frozen=True)
class Worded(Event):
    """The outcome of a Word: the wording as far as it keeps to the facts."""

    asked: Word
    judged: Judged


@dataclass(frozen=True)
class Advised(Event):
    """The outcome of an Advise: what the bureau says on the item, None when it says nothing."""

    wanted: Advise
    note: Citation | None


@dataclass(frozen=True)
class Gathered(Event):
    """The outcome of a Gather: the file, None when it could not be written."""

    path: Path | None


@dataclass(frozen=True)
class Erased(Event):
    """The outcome of an Erase: the person's files are gone."""


@dataclass(frozen=True)
class Given(Event):
    """The outcome of a Give: the file and the picture, None where there is none."""

    wanted: Give
    file: Path | None = None
    picture: Path | None = None


@dataclass(frozen=True)
class Compared(Event):
    """The outcome of a Weigh: what the notice itself says to each question, and which of the others ask the same."""

    wanted: Weigh
    answers: tuple[Answer, ...] = ()
    same: tuple[bool, ...] = ()


@dataclass(frozen=True)
class Turn:
    """What a step comes to: the session, replies in order, and at most one thing to be done outside.

    `told` is the policy answer among the replies, if there is one.
    """

    session: Session
    replies: tuple[Reply, ...] = ()
    effect: Effect | None = None
    told: Answer | None = None
