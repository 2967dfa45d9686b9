"""What of applications is done outside: files made of what was handed in, and files sent to a desk read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal, Protocol

from bot.desk.applications.life import Mailbox, Submission
from bot.desk.materials.life import Material, Stocked, Words
from bot.turn.base import Effect, Event
from bot.turn.events import Opened
from bot.turn.wish import Consulted
from drafting.papers.summary import Signed
from knowledge.call.definition import Call


@dataclass(frozen=True)
class Produce(Effect):
    """Please make the Word file of an application, the report on it, or the pack of all that are ranked, in order.

    `notes` go into the pack's list: what is to be looked after before it is sent.
    """

    what: Literal["word", "report", "pack"]
    of: tuple[Submission, ...]
    signed: Signed | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Produced(Event):
    """The outcome of a Produce: the file, or `why` there is none."""

    asked: Produce
    path: Path | None
    why: str = ""


@dataclass(frozen=True)
class Intake(Effect):
    """Please read an application that came by mail; `asked` is what was found at the desk, whose `call` judges it."""

    asked: Consulted[Mailbox]
    call: Call


@dataclass(frozen=True)
class Arrived(Event):
    """The outcome of an Intake: what the file says, its bytes in base64 and their SHA-256; empty ones for no file."""

    asked: Consulted[Mailbox]
    opened: Opened
    content: str = ""
    size: int = 0
    hash: str = ""


@dataclass(frozen=True)
class Digest(Effect):
    """Please read a document that somebody at the desk sent for its shelf; `words` is what was said with it."""

    asked: Consulted[Stocked]
    words: Words


@dataclass(frozen=True)
class Digested(Event):
    """The outcome of a Digest: the file's name, and the document with its pieces and its file, or `why` there is none.

    The document has no number and no author yet.
    """

    asked: Digest
    name: str
    made: Material | None = None
    why: str = ""


class Papers(Protocol):
    """Who makes and reads files for a desk; what fails comes back as a sentence."""

    def produce(self, asked: Produce, chat: str, today: date) -> Produced:
        """The file that is asked for, below the chat's own folder."""

    def intake(self, asked: Intake, file: Path | None) -> Arrived:
        """What a file says that somebody at the desk sent; None for no file at all."""

    def digest(self, asked: Digest, file: Path | None) -> Digested:
        """The document in a file that somebody at the desk sent for its shelf; None for no file at all."""


class NoPapers:
    """No files are made or read."""

    def produce(self, asked: Produce, _chat: str, _today: date) -> Produced:
        """None."""
        return Produced(asked, None)

    def intake(self, asked: Intake, _file: Path | None) -> Arrived:
        """Nothing."""
        return Arrived(asked.asked, Opened("", None))

    def digest(self, asked: Digest, _file: Path | None) -> Digested:
        """Nothing."""
        return Digested(asked, "")


NO_PAPERS: Final = NoPapers()
