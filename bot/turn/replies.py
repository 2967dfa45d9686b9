"""What goes in and out of every channel, neutral of how it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from drafting.form.problem import Problem

SoFar = Callable[[str], None]


def unheard(_text: str) -> None:
    """Nobody shows what is there so far."""


@dataclass(frozen=True)
class Incoming:
    """One thing a person did: exactly one of text, press (a button id) and file is set.

    `drafting` is false where applications may not be drafted; `private` is false where others read along;
    `pictures` is true where they can be seen. `name` is what the person is called there, empty where nobody is;
    `door` what a code is put behind to make a link that opens this conversation, empty where there are none.
    `matter` is the key of what the message belongs to or answers (a ticket), as a reply once named it;
    `replying` whether it is an answer to such a reply.
    `caption` are the words that came with a file.
    `abroad` is true where what is said passes through another country.
    `so_far` is told, now and then and from the thread of the turn, what stands of an answer that takes long; it may be
    shown until the answer is there, and never counts.
    """

    chat: str
    user: str = ""
    text: str | None = None
    press: str | None = None
    file: Path | None = None
    bureau: str = ""
    today: date | None = None
    drafting: bool = True
    private: bool = True
    pictures: bool = False
    name: str = ""
    door: str = ""
    matter: str = ""
    replying: bool = False
    caption: str = ""
    abroad: bool = False
    so_far: SoFar = field(default=unheard, compare=False, repr=False)


@dataclass(frozen=True)
class Quote:
    """A clause word for word and the place it stands in; `source` is empty for the notice itself."""

    source: str
    locator: str
    text: str

    @property
    def place(self) -> str:
        """Source and locator as they are shown."""
        return "·".join(part for part in (self.source, self.locator) if part)


@dataclass(frozen=True)
class Button:
    """A choice a person can press; `id` is at most 64 bytes of ASCII and names the item it answers."""

    id: str
    label: str


@dataclass(frozen=True)
class Reply:
    """One message back.

    `board` names a message that is edited in place when sent again (the task board); `chat` is set
    when the reply goes to another chat than the one that spoke. `matter` is the key of what it is about, so that an
    answer to it is known as one; with a `topic` it has a thread of that title of its own, where a chat has threads.
    `menu` is whose commands the chat shows from now on, where it shows any: `staff`, or `person` as before.
    """

    text: str
    quotes: tuple[Quote, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    file: Path | None = None
    board: str = ""
    chat: str = ""
    problems: tuple[Problem, ...] = ()
    matter: str = ""
    topic: str = ""
    menu: str = ""
