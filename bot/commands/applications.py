"""`shenbao bureau take` and `shenbao bureau pack`: applications that came by mail taken in, the ranked ones packed."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from bot.cli import USAGE, UsageError
from bot.commands.documents import files_in
from bot.desk.applications.handing_in import checked
from bot.desk.applications.mailing import refused, taken
from bot.desk.applications.packing import against, signed
from bot.desk.papers import Arrived, Intake
from bot.outside.desk_papers import DeskPapers
from bot.running import wiring
from bot.store.desk.applications import mailbox, ranked
from bot.store.desk.bureaus import overlay
from bot.turn.acts import act
from bot.turn.wish import Consulted, Wish
from bot.turn.wording import say
from drafting.form.values import full_label
from knowledge.call.definition import Recommender

if TYPE_CHECKING:
    from bot.commands.bureau import Tools

INSISTED: Final = "仍要打包，请加 --with-errors。"
PARTLY: Final = 1


def take(tools: Tools, arguments: Namespace) -> int:
    """A line a file; 1 when one was not taken, 0 when all were."""
    if not arguments.files:
        raise UsageError("请给出邮寄来的申报书（Word），或装着它们的文件夹")
    scope = tools.scope(arguments.bureau)
    _recommender(tools, scope.bureau)
    names = [name for given in arguments.files for name in files_in(given)]
    refusals = 0
    for name in names:
        with tools.store.desks.look(scope) as seen:
            asked = Consulted(Wish("mailed"), scope, overlay(seen)[0], found=mailbox(seen, Wish("mailed")))
        arrived = _papers(tools).intake(Intake(asked, asked.overlay.judging(tools.call)), Path(name))
        refusal = refused(arrived, asked.found)
        if not refusal:
            tools.do(taken(arrived, scope, asked.found.number, tools.call))
        refusals += bool(refusal)
        print(refusal or _took(arrived, asked.found.number, tools), flush=True)
    return PARTLY if refusals else 0


def _took(arrived: Arrived, number: int, tools: Tools) -> str:
    from bot.desk.applications.handing_in import names_of  # noqa: PLC0415
    from bot.desk.applications.life import Submission  # noqa: PLC0415

    draft = arrived.opened.draft
    facts = draft.model_dump(mode="json") if draft else {}
    one = Submission("", number, "", facts=facts, findings=arrived.opened.findings)
    return say("mail.took", number=number, what=names_of(one, tools.call), checked=checked(one))


def pack(tools: Tools, arguments: Namespace) -> int:
    """Write the pack; 2 and no file when something speaks against it, each objection named."""
    if not arguments.out:
        raise UsageError("请用 --out 给出打包文件，例如 推荐材料.zip")
    scope = tools.scope(arguments.bureau)
    bureau = _recommender(tools, scope.bureau)
    with tools.store.desks.look(scope) as seen:
        found, said = ranked(seen, Wish("pack")), overlay(seen)[0]
    if not found.ranked:
        print(say("pack.empty", count=len(found.accepted)), file=sys.stderr)
        return USAGE
    held = against(found, bureau, tools.call)
    for one in held:
        print(say("pack.against", name=one.name, text=one.text), file=sys.stderr)
    never = any(one.weight == "never" for one in held)
    if never or (any(one.weight == "unless" for one in held) and not arguments.with_errors):
        print("没有打包。" + ("" if never else INSISTED), file=sys.stderr)
        return USAGE
    order = "、".join(str(one.number) for one in found.ranked)
    tools.do(act("look", scope, detail=say("pack.looked", order=order)))
    notes = [say("pack.against", name=one.name, text=one.text) for one in held]
    out = Path(arguments.out)
    try:
        out.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        day = wiring.today(tools.settings)
        _papers(tools).zip(found.ranked, signed(said, bureau), notes, out.absolute(), day)
    except OSError as error:
        raise UsageError(f"{out.name} 写不进去（{error.strerror}）") from error
    print(arguments.out)
    return 0


def _papers(tools: Tools) -> DeskPapers:
    pack_ = wiring.pack(tools.settings)
    return DeskPapers(pack_, tools.settings.data / "exports", wiring.read_form)


def _recommender(tools: Tools, code: str) -> Recommender:
    """The bureau as one that recommends; UsageError for the province, which doesn't."""
    found = next((one for one in tools.call.recommenders if one.code == code), None)
    field = tools.call.field_of_kind("recommender")
    if found is None or tools.call.summary is None:
        raise UsageError(f"这里没有{full_label(field) if field else '推荐单位'}要做的事，请给出市工信局")
    return found
