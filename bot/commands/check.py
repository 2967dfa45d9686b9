"""`shenbao check`: what is wrong with applications, each finding with its place, its rule and the way to mend it."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from bot import wiring
from bot.commands.common import settings
from bot.commands.documents import judged
from drafting.problem import Finding
from drafting.review import Reviewed

NAMES = {"error": "须改", "warning": "请核"}


def run(arguments: Namespace) -> int:
    """Report on every file in order; 1 when one has an error or can't be read, 0 when all are sound."""
    call = wiring.pack(settings()).call
    sound = True
    for name in arguments.files:
        reviewed = judged(Path(name), call)
        if arguments.json:
            print(json.dumps(reviewed.line(name), ensure_ascii=False), flush=True)
        else:
            print("\n".join(_lines(Path(name).name, reviewed)), flush=True)
        sound = sound and reviewed.readable and all(one.severity != "error" for one in reviewed.findings)
    return 0 if sound else 1


def _lines(name: str, reviewed: Reviewed) -> Iterator[str]:
    if not reviewed.readable:
        yield f"{name}：没有读成。{reviewed.reason}"
        return
    errors = sum(one.severity == "error" for one in reviewed.findings)
    counted = f"{errors}处须改，{len(reviewed.findings) - errors}处请核" if reviewed.findings else "没有发现问题"
    yield f"{name}：{counted}。"
    yield from (_finding(one) for one in sorted(reviewed.findings, key=lambda one: one.severity != "error"))
    yield from (f"  没读懂：{note}" for note in reviewed.notes)


def _finding(one: Finding) -> str:
    rule = f"（原文：“{one.rule}”）" if one.rule else ""
    mend = f"→{one.mend}" if one.mend else ""
    return f"  {NAMES.get(one.severity, one.severity)} {one.where}：{one.message}{mend}{rule}"
