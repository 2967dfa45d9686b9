"""`shenbao chat --jsonl`: the conversation as JSON lines."""

from __future__ import annotations

from argparse import Namespace
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bot.commands.common import LineError, Row, bureau, day, each, settings, text_of
from bot.delivery.messages import outward
from bot.dialogue.assistant import Assistant
from bot.process.settings import Settings
from bot.running import conversation, wiring
from bot.store import Store, open_store
from bot.turn.ports import take_turn
from bot.turn.replies import Incoming, Reply


def run(_arguments: Namespace) -> int:
    """Answer each line of standard input."""
    configured = settings()
    assistant = conversation.assistant(configured)
    with closing(open_store(configured.database)) as store:
        return each(lambda row: _row(row, configured, assistant, store))


def _row(row: Row, configured: Settings, assistant: Assistant, store: Store) -> dict[str, Any]:
    incoming = _incoming(row, configured, assistant)
    # Who reads these lines brings their words to chats that have no channel of their own here.
    outcome = take_turn(assistant, store, incoming, outward(store, pushed=True))
    return {"chat": incoming.chat, "replies": [_reply(one) for one in outcome.replies]}


def _incoming(row: Row, configured: Settings, assistant: Assistant) -> Incoming:
    said = [key for key in ("text", "press", "file") if row.get(key) is not None]
    if len(said) != 1:
        raise LineError("text、press、file 要有一个，且只能有一个")
    content = text_of(row, said[0])
    return Incoming(
        chat=text_of(row, "chat"),
        user=str(row.get("user") or ""),
        text=content if said[0] == "text" else None,
        press=content if said[0] == "press" else None,
        file=Path(content) if said[0] == "file" else None,
        bureau=bureau(row.get("bureau") or configured.bureau, assistant.call),
        today=day(row, wiring.today(configured)),
        pictures=True,
        name=str(row.get("user") or ""),
    )


def _reply(reply: Reply) -> dict[str, Any]:
    """A reply as the machine interface has it; clauses follow the text, as every channel shows them."""
    quotes = [f"“{quote.text}”（{quote.place}）" for quote in reply.quotes]
    out: dict[str, Any] = {
        "text": "\n".join((reply.text, *quotes)),
        "buttons": [asdict(button) for row in reply.buttons for button in row],
        "file": str(reply.file) if reply.file else None,
    }
    if reply.chat:
        out["chat"] = reply.chat
    if reply.problems:
        out["problems"] = [{"code": problem.code, "on": problem.on} for problem in reply.problems]
    return out
