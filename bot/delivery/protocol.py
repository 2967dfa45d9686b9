"""What delivery needs of a channel: how it hears and sends, and what may come of sending."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

from bot.delivery.threads import Threads
from bot.process.settings import Settings
from bot.store import Letter, Store, Update
from bot.turn.replies import Incoming
from knowledge.errors import SentenceError

Json = dict[str, Any]
Put = Callable[[Sequence[Json]], Awaitable[None]]

FORM: Final = ".docx"
# What else a desk's people send for their shelf.
PAPERS: Final = (".pdf", ".xlsx", ".html", ".htm", ".md", ".txt")


class ChannelError(SentenceError):
    """A channel can't be used as it is set up; the text is one Chinese line."""


# ---------------------------------------------------------------- what comes of sending or fetching
@dataclass(frozen=True)
class Arrived:
    """It is there; `message` is the new message's id, None when one was edited."""

    message: str | None = None


@dataclass(frozen=True)
class Wait:
    """It may come again in so many seconds."""

    seconds: float


@dataclass(frozen=True)
class Trouble:
    """It didn't go, and may the next time; with `doubt` it may have arrived all the same."""

    why: str
    doubt: bool = False


@dataclass(frozen=True)
class Moved:
    """The chat goes by another name now."""

    chat: str


@dataclass(frozen=True)
class Unreachable:
    """Nothing that is written to this chat arrives."""

    why: str


@dataclass(frozen=True)
class Refused:
    """It will never go as it is."""

    why: str


Arrival = Arrived | Wait | Trouble | Moved | Unreachable | Refused


# ---------------------------------------------------------------- what was heard
@dataclass(frozen=True)
class File:
    """A file that somebody sent, as they called it; `at` is the channel's own."""

    name: str
    at: Any


@dataclass(frozen=True)
class Heard:
    """What to do with an update: hand it to the conversation, after fetching its file; or answer, or nothing.

    `pressed` is the message whose button was pressed, `album` the group of media a message came in,
    `thread` the topic it stands in, `replied` the message of ours that it answers, `said` the message itself;
    `edited` says that it is an earlier one whose words were changed. `staff` is true for a file that only
    somebody at a desk sends for a reason; it is answered for anybody else.
    """

    incoming: Incoming | None = None
    file: File | None = None
    answer: str = ""
    pressed: str = ""
    album: str = ""
    thread: str = ""
    replied: str = ""
    said: str = ""
    edited: bool = False
    staff: bool = False


NOTHING: Final = Heard()


class Channel(Protocol):
    """A way to people. Its calls end in time; what goes wrong outside is a value, what is raised is our own mistake."""

    @property
    def source(self) -> tuple[str, str]:
        """Its name, and the account that it receives for."""

    @property
    def overtaking(self) -> float:
        """By how many seconds updates overtake each other on the way."""

    @property
    def trouble(self) -> str:
        """The kind of what keeps updates from coming, empty while all is well."""

    # The life of it

    async def connect(self) -> None:
        """Reach the other side, however long that takes; ChannelError when it is set up wrongly."""

    async def receive(self, put: Put) -> None:
        """Give `put` what comes in, for ever; what it has returned from is kept and may be acknowledged."""

    def allow(self, ours: bool) -> None:
        """Whether it is for this process to fetch what comes in, where only one may."""

    async def close(self) -> None:
        """Let go of the other side."""

    # Updates

    def update_of(self, raw: Json) -> Update | None:
        """The number and the chat of what came in, None for what belongs to none."""

    def kept(self, raw: Json) -> None:
        """It is kept, and waits for its turn."""

    def hear(self, raw: Any) -> Heard:
        """What an update says."""

    async def fetch(self, file: File) -> bytes | Refused | Trouble:
        """What a file holds; a refusal is said to whoever sent it."""

    # Messages

    async def send(self, letter: Letter) -> Arrival:
        """A message to its chat."""

    async def edit(self, letter: Letter, message: str) -> Arrival:
        """A message in the place of an earlier one; refused where that can't be changed any more."""

    async def busy(self, chat: str) -> None:
        """Show in a chat that something is being made, for some seconds; for comfort only."""

    async def preview(self, chat: str, number: int, text: str) -> Arrival | None:
        """Show what there is of answer `number`, to vanish by itself; None where a message has to stand for it."""

    async def show(self, chat: str, text: str, message: str) -> Arrival:
        """Show what there is in a message that the answer will replace: the one of that id, or with "" a new one."""

    def to_person(self, chat: str) -> bool:
        """Whether a chat is one person's."""


Opener = Callable[[Settings, Store, Threads], Channel]
