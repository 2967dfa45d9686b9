"""What a conversation asks the outside to do: plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.turn.base import Effect
from bot.turn.card import Card
from bot.turn.wish import Consulted, Wish
from drafting.form.draft import Draft
from drafting.reading.orders import Kind
from knowledge.call.definition import Call


@dataclass(frozen=True)
class LookUp(Effect):
    """Please find the answer to a question; `unread` marks a message taken for one because it was nothing else.

    `more` are further questions of the same message, to be looked up one after the other.
    """

    question: str
    history: tuple[str, ...] = ()
    unread: bool = False
    more: tuple[str, ...] = ()


@dataclass(frozen=True)
class Write(Effect):
    """Please fill the form with this draft."""

    draft: Draft


@dataclass(frozen=True)
class Open(Effect):
    """Please read the file that was sent, and look what is wrong in it by this call's rules."""

    name: str
    call: Call


@dataclass(frozen=True)
class Draw(Effect):
    """Please draw how far this draft is."""

    draft: Draft


@dataclass(frozen=True)
class Recall(Effect):
    """Please fetch what was kept of the drafts; `then` names the handler that waits for it, `text` is what was said."""

    what: Literal["versions", "notes", "drafts"]
    then: str
    text: str = ""


@dataclass(frozen=True)
class Redeem(Effect):
    """Please look what a code opens."""

    code: str


@dataclass(frozen=True)
class Invite(Effect):
    """Please make a code for an editor, or for somebody of this unit."""

    unit: str = ""


@dataclass(frozen=True)
class Read(Effect):
    """Please have a model read a text that nothing else could.

    `otherwise` is what is said when it can't either; `draft` and `asking` are what the text was said to. It goes
    `onward` to the item `wanted` where the rest of the message was recorded.
    """

    text: str
    draft: Draft
    asking: str
    otherwise: str
    onward: bool = False
    wanted: str = ""


@dataclass(frozen=True)
class Word(Effect):
    """Please have a model word a section of this draft; `before` is the wording it had last."""

    section: str
    kind: Kind
    draft: Draft
    before: tuple[str, ...] = ()


@dataclass(frozen=True)
class Advise(Effect):
    """Please look what the bureau says on an item; `whole` when help on everything was asked for."""

    item: str
    whole: bool = False


@dataclass(frozen=True)
class Gather(Effect):
    """Please write down everything that is kept of this person."""


@dataclass(frozen=True)
class Erase(Effect):
    """Please remove the files that were made for this person."""


@dataclass(frozen=True)
class Consult(Effect):
    """Please look at a bureau's desk for what is wished, as what the person is there.

    `bureau` is its code, empty for the one that answers the person.
    """

    wish: Wish
    bureau: str = ""


@dataclass(frozen=True)
class Give(Effect):
    """Please make a file of that name with that content, and draw a card, as far as they are wanted.

    `text` is what is said with them. The content is a text for a spreadsheet; with `raw` bytes in base64.
    """

    text: str
    name: str = ""
    content: str = ""
    card: Card | None = None
    raw: bool = False


@dataclass(frozen=True)
class Weigh(Effect):
    """Please look what the notice itself says to these questions, and which of those `asked` ask the same as one.

    `consulted` is what the person saw when they wished for it; a `ruling` decides more than an FAQ entry answers.
    """

    consulted: Consulted
    questions: tuple[str, ...]
    asked: tuple[str, ...] = ()
    ruling: bool = False
