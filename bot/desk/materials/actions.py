"""Documents of the shelf listed, shown, published by another than their author, taken off at once, changed, removed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Final

from bot.desk.crew import done, title
from bot.desk.display_names import file_name
from bot.desk.entries.entry import named
from bot.desk.entries.life import Doer
from bot.desk.materials.life import Material, Stock, after, titled
from bot.desk.materials.page import brief, card, line, missing, refused
from bot.desk.materials.receiving import LASTING, issued
from bot.desk.setting_values import day_of, to_come
from bot.interview import filling
from bot.turn.effects import Give
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say

LISTED: Final = 40
ORDER: Final = ("pending", "published", "replaced", "withdrawn")
PARTS: Final = {"标题": "title", "日期": "dated", "发布单位": "issuer"}
_PART: Final = re.compile(r"(标题|日期|发布单位|有效期|有效)\s*(?:[:：改为是]|至|到)*\s*(.+)", re.DOTALL)


# ---------------------------------------------------------------- seen
def list_(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A line a document, what waits for approval first."""
    stock: Stock = event.found
    rows = sorted(stock.items, key=lambda one: (ORDER.index(one.state), one.number))
    lines = [line(one, ground.today) for one in rows[:LISTED]]
    lines += [say("stock.more", count=len(rows) - LISTED)] if len(rows) > LISTED else []
    head = say("stock.title", bureau=title(event.scope.bureau, ground.call))
    waiting = [one for one in rows if one.state == "pending"][:6]
    buttons = tuple((Button(press("material", one.number), say("stock.open", number=one.number)),) for one in waiting)
    text = "\n".join((head, *(lines or [say("faq.none")]), say("stock.how")))
    return Turn(session, (Reply(text, buttons=buttons), *filling.again(session, ground)))


def show(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A document with what may be done to it."""
    stock: Stock = event.found
    if stock.item is None:
        return missing(session, event, ground)
    return Turn(session, (card(stock.item, stock, ground, event.scope.user), *filling.again(session, ground)))


def file(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The file as it came; never where others read along."""
    stock: Stock = event.found
    if stock.item is None or not ground.private:
        return (
            missing(session, event, ground) if ground.private else filling.told(session, say("stock.private"), ground)
        )
    name = file_name(Path(stock.item.name).stem) + Path(stock.item.name).suffix.lower()[:6]
    return Turn(session, effect=Give(brief(stock.item), name, stock.item.file, raw=True))


# ---------------------------------------------------------------- published, taken off
def publish(session: Session, event: Consulted, ground: Ground) -> Turn:
    """On the shelf from now on, if somebody else than who sent it saw it as it is; what had its approval comes back."""
    stock: Stock = event.found
    item = stock.item
    if item is None or not item.may("material_publish") or item.over(ground.today):
        return refused(
            session, event, ground, *((say("stock.over_first"),) if item and item.over(ground.today) else ())
        )
    if item.own(event.scope.user) and not stock.alone:
        return filling.told(session, say("stock.somebody_else"), ground)
    if event.wish.text != str(item.version) and (event.wish.text or item.state != "replaced"):
        first = say("faq.changed_since") if event.wish.text else say("faq.look_first")
        return refused(session, event, ground, first)
    return _out(session, event, item, ground)


def _out(session: Session, event: Consulted, item: Material, ground: Ground) -> Turn:
    stock: Stock = event.found
    alone = item.own(event.scope.user)
    gone = "、".join(brief(one) for one in stock.standing(item))
    detail = [say("faq.alone")] * alone + ([say("stock.did_replace", gone=gone)] if gone else [])
    kept = done(session, event, ground, "material_publish", item.version, detail="；".join((item.title, *detail)))
    lines = [say("stock.back" if item.state == "replaced" else "stock.out", called=brief(item))]
    lines += [say("stock.gone", gone=gone)] if gone else []
    lines += [say("faq.out_alone")] if alone else []
    word = Reply(say("stock.out_you", called=brief(item), who=named(ground.name)), chat=item.author)
    works = any(one.person == item.author for one in stock.clerks) and item.author != event.scope.user
    return filling.told(kept, "\n".join(lines), ground, *((word,) if works else ()))


def withdraw(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Off the shelf at once, by anybody at the desk; with the way back to what it took the place of."""
    stock: Stock = event.found
    item = stock.item
    if item is None or not item.may("material_withdraw"):
        return refused(session, event, ground)
    kept = done(session, event, ground, "material_withdraw", item.version, detail=item.title)
    told = say("stock.withdrawn" if item.state == "published" else "stock.voided", called=brief(item))
    earlier = stock.replaced(item) if item.state == "published" else None
    if earlier is None:
        return filling.told(kept, told, ground)
    again = Button(press("material_publish", earlier.number, str(earlier.version)), say("stock.do_restore"))
    offer = say("stock.earlier", called=brief(earlier), number=earlier.number)
    return Turn(kept, (Reply(f"{told}{offer}", buttons=((again,),)), *filling.again(session, ground)))


def drop(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Removed with its file, once it is off the shelf."""
    stock: Stock = event.found
    item = stock.item
    if item is None or not item.may("material_drop"):
        return refused(session, event, ground, *((say("stock.withdraw_first"),) if item else ()))
    kept = done(session, event, ground, "material_drop", item.version, detail=item.title)
    return filling.told(kept, say("stock.dropped", called=brief(item)), ground)


# ---------------------------------------------------------------- changed
def edit(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Title, day, issuer or last day as somebody says; what is published may only be ended earlier."""
    stock: Stock = event.found
    item = stock.item
    if item is None:
        return missing(session, event, ground)
    values = _values(event, ground)
    if isinstance(values, str):
        return filling.told(session, values, ground)
    if item.state == "published" and not item.narrows(values):
        return refused(session, event, ground, say("stock.published_first"))
    now = after(item, "material_edit", Doer(event.scope.user, ground.name), **values)
    kept = done(session, event, ground, "material_edit", item.version, **values)
    told = say("stock.ended" if now.state == "published" else "stock.changed")
    return Turn(kept, (card(now, stock, ground, event.scope.user, told), *filling.again(session, ground)))


def _values(event: Consulted, ground: Ground) -> dict[str, Any] | str:
    """What a change comes to; a sentence where it can't stand."""
    found = _PART.fullmatch(event.wish.text.strip())
    name, said = (found[1], found[2].strip(" 。；;《》")) if found else ("", "")
    if name in ("标题", "发布单位") and (text := titled(said)):
        return {PARTS[name]: text if name == "标题" else issued(text, title(event.scope.bureau, ground.call))}
    if name in ("有效", "有效期") and said in LASTING:
        return {"valid_until": ""}
    day = (day_of if name == "日期" else to_come)(said, ground.today)
    if not name or day is None:
        return say("stock.how_edit")
    if name != "日期" and day < ground.today:
        return say("stock.past_day")
    return {"dated" if name == "日期" else "valid_until": day.isoformat()}


HANDLERS: Final = {
    "materials": list_, "material": show, "material_file": file, "material_publish": publish,
    "material_withdraw": withdraw, "material_drop": drop, "material_edit": edit,
}  # fmt: skip
