"""Bureaus with people in a test: who comes in by which code, over one assistant and a real store."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from bot.desk.bureau.life import Recruited, Settled
from bot.dialogue.assistant import Assistant
from bot.store import open_store
from bot.turn.acts import Act
from bot.turn.scope import Role, operator
from tests.conversation.office import Clock, Office, opened

CODES = count(2345)


def staffed(folder: Path, one: Assistant | None = None, address: str = "") -> Office:
    """An office of chats, on SQLite in a folder or at a database address."""
    office = opened(folder, one)
    if address:
        office.store.close()
        clock = Clock()
        office.store, office.clock = open_store(address, clock), clock
    return office


def bureau(office: Office, code: str, **settings: object) -> None:
    """A bureau in use, with what it says of itself."""
    office.store.perform([Act(operator(code), Settled({"active": True, **settings}))])


def recruit(office: Office, code: str, chat: str, role: Role = "admin") -> None:
    """Somebody who works there from now on."""
    made = f"ABCD{next(CODES)}".translate(str.maketrans("01", "ZY"))
    office.store.perform([Act(operator(code), Recruited(made, role))])
    assert "您已是" in office.say(chat, f"加入 {made}")
