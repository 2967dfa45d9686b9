"""`shenbao bureau take` and `shenbao bureau pack`: applications that came by mail taken in, the ranked ones packed."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import Final

from bot.commands import USAGE, UsageError
from bot.commands.application_files import files_in
from bot.commands.at_desk import AtDesk
from bot.desk.applications.mailing import refused, taken, took
from bot.desk.applications.packing import against, lines_of, looked, signed, weight
from bot.desk.papers import Intake
from bot.outside.desk_papers import DeskPapers
from bot.running import wiring
from bot.store.desk.applications import mailbox, ranked
from bot.store.desk.bureaus import overlay
from bot.turn.wish import Consulted, Wish
from bot.turn.wording import say
from drafting.form.values import full_label
from knowledge.call.definition import Recommender

INSISTED: Final = "仍要打包，请加 --with-errors。"
PARTLY: Final = 1


def take(desk: AtDesk, arguments: Namespace) -> int:
    """A line a file; 1 when one was not taken, 0 when all were."""
    if not arguments.files:
        raise UsageError("请给出邮寄来的申报书（Word），或装着它们的文件夹")
    scope = desk.scope
    _recommender(desk, scope.bureau)
    names = [name for given in arguments.files for name in files_in(given)]
    refusals = 0
    for name in names:
        with desk.look() as seen:
            asked = Consulted(Wish("mailed"), scope, mailbox(seen, Wish("mailed")), overlay(seen)[0])
        arrived = _papers(desk).intake(Intake(asked, asked.overlay.judging(desk.call)), Path(name))
        text = refused(arrived, asked.seen)
        refusals += bool(text)
        if not text:
            change, number = taken(arrived, desk.call), asked.seen.number
            desk.do(change, number=number)
            text = took(change, scope.bureau, number, desk.call)[1]
        print(text, flush=True)
    return PARTLY if refusals else 0


def pack(desk: AtDesk, arguments: Namespace) -> int:
    """Write the pack; 2 and no file when something speaks against it, each objection named."""
    if not arguments.out:
        raise UsageError("请用 --out 给出打包文件，例如 推荐材料.zip")
    bureau = _recommender(desk, desk.scope.bureau)
    with desk.look() as seen:
        ranking, said = ranked(seen, Wish("pack")), overlay(seen)[0]
    if not ranking.ranked:
        print(say("pack.empty", count=len(ranking.accepted)), file=sys.stderr)
        return USAGE
    held = against(ranking, bureau, desk.call)
    notes, gravest = lines_of(held), weight(held)
    for note in notes:
        print(note, file=sys.stderr)
    if gravest == "never" or (gravest and not arguments.with_errors):
        print("没有打包。" + ("" if gravest == "never" else INSISTED), file=sys.stderr)
        return USAGE
    desk.do(looked(ranking))
    out = Path(arguments.out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _papers(desk).zip(ranking.ranked, signed(said, bureau), notes, out.absolute(), desk.today)
    except OSError as error:
        raise UsageError(f"{out.name} 写不进去（{error.strerror}）") from error
    print(arguments.out)
    return 0


def _papers(desk: AtDesk) -> DeskPapers:
    pack_ = wiring.pack(desk.settings)
    return DeskPapers(pack_, desk.settings.data / "exports")


def _recommender(desk: AtDesk, code: str) -> Recommender:
    """The bureau as one that recommends; UsageError for the province, which doesn't."""
    body = next((one for one in desk.call.recommenders if one.code == code), None)
    field = desk.call.field_of_kind("recommender")
    if body is None or desk.call.summary is None:
        raise UsageError(f"这里没有{full_label(field) if field else '推荐单位'}要做的事，请给出市工信局")
    return body
