"""`shenbao ask`: a question answered with its clause."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import date
from typing import Any

from bot.channels.terminal import render
from bot.commands.common import LineError, Row, asker, bureau, day, each, given, settings, text_of
from bot.running import answer_engine, wiring
from bot.turn.answering import answer_reply
from knowledge.answers.answer import Answer
from knowledge.call.definition import Call


def run(arguments: Namespace) -> int:
    """Answer the question of the command line, or each line of standard input."""
    configured = settings()
    pack = wiring.pack(configured)
    answering, today = answer_engine.asker(configured, pack), wiring.today(configured)
    own = asker(arguments.bureau or configured.bureau, pack.call)
    if arguments.jsonl:
        return each(lambda row: _row(row, answering.ask(text_of(row, "q"), **_about(row, today, own, pack.call))))
    answer = answering.ask(given(arguments.question, "问题"), history=(), today=today, bureau=own)
    print(render(answer_reply(answer, pack.call)))
    return 0


def _about(row: Row, today: date, own: str, call: Call) -> dict[str, Any]:
    """What surrounds the question of a line."""
    told = bureau(row.get("bureau"), call) or own
    return {"history": history(row), "today": day(row, today), "bureau": told}


def history(row: Row) -> tuple[str, ...]:
    """The earlier questions of a line."""
    value = row.get("history") or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise LineError("history 应是文字的列表")
    return tuple(value)


def _row(row: Row, answer: Answer) -> dict[str, Any]:
    return {
        "id": row.get("id"),
        "answer": answer.text,
        "status": answer.status,
        "citations": [{"source": c.source, "locator": c.locator, "quote": c.quote} for c in answer.citations],
        "passages": list(answer.passages),
        **({"background": [asdict(one) for one in answer.background]} if answer.background else {}),
    }
