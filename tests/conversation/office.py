"""Several people's chats in a test: one assistant, one real store, what each is told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from bot.dialogue.assistant import Assistant
from bot.dialogue.restoring import restore
from bot.process.settings import Settings
from bot.running import conversation
from bot.store import Store, open_store
from bot.turn.outcome import Outcome, Saved
from bot.turn.ports import StaleError
from bot.turn.replies import Incoming, Reply
from drafting.form.draft import Draft
from tests.furnished import furnished

DAY = date(2026, 3, 28)
CODE = re.compile(r"加入 ([A-Z2-9]{8})")


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1_774_670_400.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Office:
    """Chats by name; `letters` is what came to a chat without its having spoken, `names` what people are called."""

    assistant: Assistant
    store: Store
    clock: Clock
    file: Path
    letters: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def incoming(self, chat: str, said: str) -> Incoming:
        """What a chat says, as a channel hands it over; with a bracket before it the button that is pressed."""
        pressed = said.removeprefix("[") if said.startswith("[") else None
        words, name = None if pressed else said, self.names.get(chat, chat)
        return Incoming(chat, chat, text=words, press=pressed, today=DAY, name=name, pictures=True)

    def handled(self, chat: str, said: str) -> tuple[Saved, Outcome]:
        """What a chat says dealt with and not yet saved."""
        saved = self.store.load(chat)
        return saved, self.assistant.handle(self.incoming(chat, said), saved)

    def keep(self, chat: str, saved: Saved, outcome: Outcome) -> bool:
        """Save it; False when somebody was faster."""
        try:
            self.store.commit(saved, outcome, chat)
        except StaleError:
            return False
        return True

    def say(self, chat: str, said: str) -> str:
        """All that a chat is told on a message, handled again when somebody was faster."""
        self.clock.now += 0.01
        for _ in range(20):
            saved, outcome = self.handled(chat, said)
            if self.keep(chat, saved, outcome):
                return self.told(chat, outcome.replies)
        raise AssertionError(f"{chat} says {said!r} and is never done with")

    def told(self, chat: str, replies: tuple[Reply, ...]) -> str:
        """What is for this chat in one text; the rest goes to the letters of the others."""
        self.problems = [one.code for reply in replies for one in reply.problems]
        for reply in replies:
            if reply.chat and reply.chat != chat:
                self.letters.setdefault(reply.chat, []).append(reply.text)
        return "\n".join(reply.text for reply in replies if reply.chat in ("", chat))

    def draft(self, chat: str) -> Draft:
        """The draft a chat is on."""
        return restore(self.store.load(chat)).draft

    def code(self, chat: str, ask: str = "邀请同事") -> str:
        """A code from an invitation."""
        found = CODE.search(self.say(chat, ask))
        assert found
        return found[1]

    def joined(self, owner: str, *others: str) -> None:
        """Colleagues who come in by a code each."""
        for other in others:
            assert "已加入" in self.say(other, f"加入 {self.code(owner)}")

    def id(self, chat: str) -> str:
        """Which draft a chat is on."""
        draft = self.store.load(chat).draft
        assert draft
        return draft.id


def assistant(folder: Path) -> Assistant:
    """One assistant; it keeps nothing of anybody."""
    return conversation.assistant(Settings(data=furnished(folder), today=DAY, office=False))


def opened(folder: Path, one: Assistant | None = None) -> Office:
    """An office whose store is in a folder of its own."""
    clock, file = Clock(), folder / "shenbao.db"
    return Office(one or assistant(folder), open_store(f"sqlite:///{file}", clock), clock, file)
