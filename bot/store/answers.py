"""Answers as they were given, kept with the turn that gave them, so that each can be shown again word for word."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

from sqlalchemy import Connection, Row

from bot.ports import AnswerRecord
from bot.store.tables import answers
from knowledge.answer import Citation

PLAIN: Final = ("question", "text", "status", "today", "bureau", "pack", "exact", "model", "prompt")


@dataclass(frozen=True)
class Given:
    """An answer that somebody was given; `at` is in seconds since 1970."""

    chat: str
    who: str
    at: float
    record: AnswerRecord


def keep(connection: Connection, chat: str, by: tuple[float, str], records: Iterable[AnswerRecord]) -> None:
    """Within a transaction: the answers of a turn, in order."""
    rows = [{"chat": chat, "at": by[0], "who": by[1], **_values(record)} for record in records]
    if rows:
        connection.execute(answers.insert(), rows)


def given(connection: Connection, chat: str, most: int) -> Sequence[Given]:
    """The last answers of a chat, oldest first."""
    query = answers.select().where(answers.c.chat == chat).order_by(answers.c.id.desc()).limit(most)
    return [Given(row.chat, row.who, row.at, _record(row)) for row in reversed(connection.execute(query).all())]


def _values(record: AnswerRecord) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in PLAIN}
    cited = [asdict(one) for one in record.citations]
    basis = {"citations": cited, "passages": record.passages, "history": record.history}
    return values | {"basis": json.dumps(basis)}


def _record(row: Row[Any]) -> AnswerRecord:
    basis = json.loads(row.basis)
    return AnswerRecord(
        **{name: getattr(row, name) for name in PLAIN},
        citations=tuple(Citation(**one) for one in basis["citations"]),
        passages=tuple(basis["passages"]),
        history=tuple(basis["history"]),
    )
