"""`shenbao check`: what is wrong with applications, each finding with its place, its rule and the way to mend it."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from bot.commands.application_files import files_in, judged
from bot.commands.common import settings
from bot.outside import word_files
from bot.running import wiring
from drafting.application.exchange import from_facts
from drafting.form.problem import Finding
from drafting.papers.report import SEVERITIES, Checked, Report, Reviewed, counted, weighed
from drafting.papers.scan import Common, scan
from knowledge.call.definition import Call


def run(arguments: Namespace) -> int:
    """Report on every file in order; 1 when one has an error or can't be read, 0 when all are sound."""
    configured = settings()
    call = wiring.pack(configured).call
    names = [name for given in arguments.files for name in files_in(given)]
    checked = []
    for name, short, reviewed in zip(names, _short(names), judged([*map(Path, names)], call), strict=True):
        checked.append(Checked(short, reviewed))
        _tell(name, checked[-1], as_json=arguments.json)
    wanted = arguments.scan or arguments.report or not arguments.json
    shared = _shared(checked, call) if wanted and len(checked) > 1 else ()
    if arguments.json and arguments.scan:
        print(json.dumps({"scan": [asdict(one) for one in shared]}, ensure_ascii=False), flush=True)
    elif not arguments.json and len(checked) > 1:
        print("\n".join(_compared(shared)), flush=True)
    if arguments.report:
        report = Report(call, wiring.today(configured), tuple(checked), shared)
        word_files.write_report(report, Path(arguments.report))
    return 0 if all(_is_sound(one.reviewed) for one in checked) else 1


def _is_sound(reviewed: Reviewed) -> bool:
    return reviewed.readable and all(one.severity != "error" for one in reviewed.findings)


def _short(names: Sequence[str]) -> list[str]:
    """The files' own names, with their folders where two are called the same."""
    own = [Path(name).name for name in names]
    return [name if own.count(one) > 1 else one for name, one in zip(names, own, strict=True)]


def _tell(name: str, checked: Checked, *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(checked.reviewed.line(name), ensure_ascii=False), flush=True)
    else:
        print("\n".join(_lines(checked)), flush=True)


def _lines(checked: Checked) -> Iterator[str]:
    yield f"{checked.name}：{counted(checked.reviewed)}"
    yield from (_finding(one) for one in weighed(checked.reviewed.findings))
    yield from (f"  {note}" for note in checked.reviewed.notes)


def _finding(one: Finding) -> str:
    rule = f"（原文：“{one.rule}”）" if one.rule else ""
    mend = f"→{one.mend}" if one.mend else ""
    return f"  {SEVERITIES.get(one.severity, one.severity)} {one.where}：{one.message}{mend}{rule}"


# ---------------------------------------------------------------- across the files
def _shared(checked: Sequence[Checked], call: Call) -> tuple[Common, ...]:
    read = [one for one in checked if one.reviewed.readable]
    return scan([(one.name, from_facts(one.reviewed.application, call)) for one in read], call)


def _compared(shared: Sequence[Common]) -> Iterator[str]:
    yield "各份对照：" + (f"{len(shared)}处请核。" if shared else "没有发现相同或相近之处。")
    yield from (f"  请核 {one.where}：{one.message}→{one.mend}" for one in shared)
