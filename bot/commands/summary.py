"""`shenbao summary`: the ranked table of what a bureau recommends."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from bot.cli import USAGE, UsageError
from bot.commands.common import recommender, settings
from bot.commands.documents import judged
from bot.running import wiring
from drafting.application.exchange import from_facts
from drafting.papers.summary import Applied, Signed, objections, rows
from knowledge.call.definition import Call

INSISTED = "仍要列入，请加 --with-errors。"


def run(arguments: Namespace) -> int:
    """Write the table; 2 and no table when an application may not be in it, each objection named by its file."""
    call = wiring.pack(settings()).call
    bureau = recommender(arguments.bureau, call)
    if call.summary is None:
        raise UsageError("这个通知没有推荐汇总表")
    applied = _applied(arguments.files, call)
    against = objections(applied, bureau, call)
    for one in against:
        print(f"{one.name}：{one.text}", file=sys.stderr)
    if any(one.weight == "never" or (one.weight == "unless" and not arguments.with_errors) for one in against):
        only = all(one.weight != "never" for one in against)
        print("汇总表没有生成。" + (INSISTED if only else ""), file=sys.stderr)
        return USAGE
    signed = Signed(bureau, arguments.contact, arguments.phone)
    wiring.write_summary(call.summary, rows(applied, call.summary, call), signed, Path(arguments.out))
    print(arguments.out)
    return 0


def _applied(names: Sequence[str], call: Call) -> list[Applied]:
    reviewed = judged([*map(Path, names)], call)
    return [
        Applied(name, from_facts(one.application, call), one.findings, one.reason)
        for name, one in zip(names, reviewed, strict=True)
    ]
