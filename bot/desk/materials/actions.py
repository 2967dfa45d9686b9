"""Documents of the shelf listed, published by another than their author, taken off at once, changed, removed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from bot.desk.approval import stale
from bot.desk.bureau.profile import day_of, last_day
from bot.desk.case import Action, Case, action, actions, button
from bot.desk.display_names import file_name, named
from bot.desk.life import Doer
from bot.desk.materials.life import (
    Material,
    MaterialEdited,
    MaterialLed,
    Stock,
    StockFile,
    after,
    replaced,
    standing,
    titled,
)
from bot.desk.materials.page import MATERIALS, brief
from bot.desk.materials.receiving import issued
from bot.turn.effects import Give
from bot.turn.events import Turn
from bot.turn.replies import Reply
from bot.turn.wording import say

_PART: Final = re.compile(r"(标题|日期|发布单位|有效期|有效)\s*(?:[:：改为是]|至|到)*\s*(.+)", re.DOTALL)


def file(case: Case[StockFile]) -> Turn:
    """The file as it came; never where others read along."""
    item = case.seen.item
    if not case.ground.private:
        return case.told(say("stock.private"))
    if item is None:
        return MATERIALS.refused(case)
    name = file_name(Path(item.name).stem) + Path(item.name).suffix.lower()[:6]
    return case.asking(Give(brief(item), name, item.file, raw=True))


# ---------------------------------------------------------------- published, taken off
def publish(case: Case[Stock]) -> Turn:
    """On the shelf from now on, if somebody else than who sent it saw it as it is; what had its approval comes back."""
    item, stock = case.seen.item, case.seen
    late = item is not None and item.over(case.ground.today)
    if item is None or late or not item.may("material_publish"):
        return MATERIALS.refused(case, *((say("stock.over_first"),) if late else ()))
    own, back = item.own(case.user), item.state == "replaced"
    if own and not stock.alone:
        return case.told(say("stock.somebody_else"))
    if why := stale(case.text, item, needed=not back):
        return MATERIALS.refused(case, why)
    gone = "、".join(map(brief, standing(stock.items, item)))
    detail = [item.title, *[say("faq.alone")] * own, *([say("stock.did_replace", gone=gone)] if gone else [])]
    lines = [say("stock.back" if back else "stock.out", called=brief(item))]
    lines += [say("stock.gone", gone=gone)] if gone else []
    lines += [say("faq.out_alone")] if own else []
    word = Reply(say("stock.out_you", called=brief(item), who=named(case.ground.name)), chat=item.author)
    works = item.author != case.user and any(clerk.person == item.author for clerk in stock.clerks)
    kept = case.acting(MaterialLed("material_publish", "；".join(detail)), item.version)
    return kept.told("\n".join(lines), *((word,) if works else ()))


def withdraw(case: Case[Stock], item: Material) -> Turn:
    """Off the shelf at once, by anybody at the desk; with the way back to what it took the place of."""
    kept = case.acting(MaterialLed("material_withdraw", item.title), item.version)
    stood = item.state == "published"
    text = say("stock.withdrawn" if stood else "stock.voided", called=brief(item))
    earlier = replaced(case.seen.items, item) if stood else None
    if earlier is None:
        return kept.told(text)
    again = button("material_publish", earlier.number, str(earlier.version), say("stock.do_restore"))
    offer = say("stock.earlier", called=brief(earlier), number=earlier.number)
    return kept.shown(Reply(f"{text}{offer}", buttons=((again,),)))


def drop(case: Case[Stock], item: Material) -> Turn:
    """Removed with its file, once it is off the shelf."""
    kept = case.acting(MaterialLed("material_drop", item.title), item.version)
    return kept.told(say("stock.dropped", called=brief(item)))


# ---------------------------------------------------------------- changed
def edit(case: Case[Stock], item: Material) -> Turn:
    """Title, day, issuer or last day as somebody says; what is published may only be ended earlier."""
    words = _words(case)
    if isinstance(words, str):
        return case.told(words)
    if item.state == "published" and not item.narrows(words):
        return MATERIALS.refused(case, say("stock.published_first"))
    now = after(item, "material_edit", Doer(case.user, case.ground.name), words)
    first = say("stock.ended" if now.state == "published" else "stock.changed")
    return MATERIALS.shown(case.acting(words, item.version), now, first)


def _words(case: Case[Stock]) -> MaterialEdited | str:
    """What a change comes to; a sentence where it can't stand."""
    match, today = _PART.fullmatch(case.text.strip()), case.ground.today
    name, said = (match[1], match[2].strip(" 。；;《》")) if match else ("", "")
    if name in ("标题", "发布单位") and (text := titled(said)):
        return MaterialEdited(title=text) if name == "标题" else MaterialEdited(issuer=issued(text, case.office))
    if name == "日期":
        day = day_of(said, today)
        return MaterialEdited(dated=day.isoformat()) if day else say("stock.how_edit")
    last = last_day(said, today) if name else None
    if last is None:
        return say("stock.how_edit")
    return say("stock.past_day") if last and last < today.isoformat() else MaterialEdited(valid_until=last)


ACTIONS: Final[Mapping[str, Action]] = {
    **actions("serves", Stock, {
        "materials": MATERIALS.listed, "material": MATERIALS.on(MATERIALS.shown), "material_publish": publish,
        "material_withdraw": MATERIALS.on(withdraw, "material_withdraw"), "material_edit": MATERIALS.on(edit),
        "material_drop": MATERIALS.on(drop, "material_drop", "stock.withdraw_first"),
    }),
    "material_file": action("serves", StockFile, file),
}  # fmt: skip
