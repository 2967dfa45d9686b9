"""`shenbao search`: the passages themselves, ranked."""

from __future__ import annotations

from argparse import Namespace
from dataclasses import asdict
from datetime import date

from bot.commands.common import LineError, Row, asker, bureau, day, each, given, settings, text_of
from bot.running import answer_engine, wiring
from knowledge.answers.engine import AnswerEngine, Hit, Where
from knowledge.call.definition import Call


def run(arguments: Namespace) -> int:
    """Print the best passages for a query, or answer each line of standard input."""
    configured = settings()
    pack = wiring.pack(configured)
    engine = answer_engine.engine(configured, pack)
    today = wiring.today(configured)
    usual = Where(arguments.collection.strip(), asker(arguments.bureau or configured.bureau, pack.call), today)
    if arguments.jsonl:
        return each(lambda row: _row(row, engine, arguments.top, _where(row, usual, today, pack.call)))
    for hit in engine.search(given(arguments.question, "要找的词"), arguments.top, usual):
        print(f"{hit.score:6.2f}  {hit.locator}  {hit.text}")
    return 0


def _where(row: Row, usual: Where, today: date, call: Call) -> Where:
    collection = row.get("collection") or usual.collection
    if not isinstance(collection, str):
        raise LineError("collection 应是文字")
    return Where(collection.strip(), bureau(row.get("bureau"), call) or usual.bureau, day(row, today))


def _top(row: Row, otherwise: int) -> int:
    value = row.get("top", otherwise)
    if not isinstance(value, int) or not 0 < value <= 1000:
        raise LineError("top 应是 1 到 1000 的整数")
    return value


def _row(row: Row, engine: AnswerEngine, top: int, where: Where) -> Row:
    hits = engine.search(text_of(row, "q"), _top(row, top), where)
    return {"id": row.get("id"), "hits": [_hit(hit) for hit in hits]}


def _hit(hit: Hit) -> Row:
    """A hit as the machine interface has it: the passage's id under `passage`."""
    shown = asdict(hit)
    return {"passage": shown.pop("id"), **shown}
