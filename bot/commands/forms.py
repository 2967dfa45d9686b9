"""`shenbao fill`, `read`, `schema`, `summary`: applications as JSON and as the issuer's Word files."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from bot.commands import USAGE, UsageError
from bot.commands.application_files import FileError, draft_in, judged
from bot.commands.common import recommender, settings
from bot.outside.word_files import fill_form, write_summary
from bot.running import wiring
from drafting.application.exchange import from_facts
from drafting.application.exchange import schema as schema_of
from drafting.papers.summary import Applied, Signed, objections, rows
from drafting.word.review import review

INSISTED: Final = "仍要列入，请加 --with-errors。"


def fill(arguments: Namespace) -> int:
    """Write the Word file; what the blank has no place for is named on standard error."""
    pack = wiring.pack(settings())
    blank, out = Path(arguments.blank or pack.blank_form), Path(arguments.out)
    if unplaced := fill_form(draft_in(Path(arguments.application), pack.call), pack.call, blank, out):
        print(f"空白表里找不到：{'、'.join(unplaced)}", file=sys.stderr)
    print(out)
    return 0


def read(arguments: Namespace) -> int:
    """Print the application in a form; cells that can't be read as one are named on standard error."""
    path = Path(arguments.file)
    reviewed = review(path, wiring.pack(settings()).call)
    if not reviewed.readable:
        raise FileError(f"{path.name}：{reviewed.reason}")
    for note in reviewed.notes:
        print(note, file=sys.stderr)
    print(json.dumps(reviewed.application, ensure_ascii=False, indent=1))
    return 0


def schema(_arguments: Namespace) -> int:
    """Print the JSON Schema of an application to the call in force."""
    print(json.dumps(schema_of(wiring.pack(settings()).call), ensure_ascii=False, indent=1))
    return 0


def summary(arguments: Namespace) -> int:
    """Write the ranked table; 2 and no table when an application may not be in it, each objection named by its file."""
    call = wiring.pack(settings()).call
    bureau = recommender(arguments.bureau, call)
    if call.summary is None:
        raise UsageError("这个通知没有推荐汇总表")
    reviewed = zip(arguments.files, judged([*map(Path, arguments.files)], call), strict=True)
    applied = [Applied(name, from_facts(one.application, call), one.findings, one.reason) for name, one in reviewed]
    against = objections(applied, bureau, call)
    for objection in against:
        print(f"{objection.name}：{objection.text}", file=sys.stderr)
    never = any(objection.weight == "never" for objection in against)
    if never or (not arguments.with_errors and any(objection.weight == "unless" for objection in against)):
        print("汇总表没有生成。" + ("" if never else INSISTED), file=sys.stderr)
        return USAGE
    signed = Signed(bureau, arguments.contact, arguments.phone)
    write_summary(call.summary, rows(applied, call.summary, call), signed, Path(arguments.out))
    print(arguments.out)
    return 0
