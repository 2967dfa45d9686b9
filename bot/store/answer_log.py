"""Answers as they were given, kept with the turn that gave them, so that each can be shown again word for word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from bot.store.tables import answers
from bot.turn.outcome import AnswerRecord
from knowledge.answers.answer import Citation


@dataclass(frozen=True)
class Given:
    """An answer that somebody was given; `at` is in seconds since 1970."""

    chat: str
    who: str
    at: float
    record: AnswerRecord


def keep(connection: Connection, chat: str, by: tuple[float, str], records: Iterable[AnswerRecord]) -> None:
    """Within a transaction: the answers of a turn, in order."""
    common = {"chat": chat, "at": by[0], "who": by[1]}
    # JSON in ASCII, because what people type may hold characters that no database takes as text.
    rows = [
        {**common, "status": one.status, "pack": one.pack, "model": one.model, "record": json.dumps(asdict(one))}
        for one in records
    ]
    if rows:
        connection.execute(answers.insert(), rows)


def given(connection: Connection, chat: str, most: int) -> Sequence[Given]:
    """The last answers of a chat, oldest first."""
    query = answers.select().where(answers.c.chat == chat).order_by(answers.c.id.desc()).limit(most)
    return [Given(row.chat, row.who, row.at, _record(row.record)) for row in reversed(connection.execute(query).all())]


def _record(text: str) -> AnswerRecord:
    values = json.loads(text)
    cited = tuple(Citation(**one) for one in values["citations"])
    lists = {name: tuple(values[name]) for name in ("passages", "history")}
    return AnswerRecord(**(values | lists | {"citations": cited}))
