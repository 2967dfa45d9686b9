"""Orders on a narrative section: word it, show it point by point, take a point out, change or move one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.hearing.signal import Heard
from bot.interview import filling
from bot.interview.show import fit, parted, thin
from bot.turn.effects import Word
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.form.draft import Draft
from drafting.kinds.kind import shortened
from drafting.narrative import numbered_points as points
from drafting.narrative.compose import written
from drafting.narrative.numbered_points import Entry, redated
from drafting.narrative.points import facts
from drafting.reading.orders import Kind, Order, ordered
from knowledge.call.definition import Call, Section
from knowledge.language.folding import length

LONGEST_TOLD: Final = 3
Doing = Callable[[Session, Section, Order, Ground], Turn]


def section(session: Session, heard: Heard, ground: Ground) -> Turn:
    """An order on the section that is named, or else the one that is open."""
    order = ordered(heard.text, ground.call)
    chosen = _meant(session, order, ground.call) if order else None
    if ground.barred:
        return filling.told(session, ground.barred, ground)
    if order is None or chosen is None:
        named = "、".join(f"{one.number}、{one.title}" for one in ground.call.narratives())
        return filling.told(session, say("section.which", sections=named), ground)
    if not facts(session.draft, chosen):
        empty = Reply(say("section.empty", title=_title(chosen)))
        return filling.go_on(session, ground, (empty,), wanted=chosen.id)
    return DOING[order.kind](session, chosen, order, ground)


def _meant(session: Session, order: Order, call: Call) -> Section | None:
    """The section that is named, waits to be adopted, is or was asked for, or the only one that has something."""
    if order.section:
        return call.section(order.section)
    sections = {one.id: one for one in call.narratives()}
    full = [one for one in sections.values() if facts(session.draft, one)]
    waiting = [session.wording.section] if session.wording else []
    for item in (*waiting, session.asking, *reversed(session.trail)):
        found = sections.get(item.partition("/")[0])
        if found in full:
            return found
    return full[0] if len(full) == 1 else sections.get(session.asking.partition("/")[0])


def _title(one: Section) -> str:
    return f"{one.number}、{one.title}"


# ---------------------------------------------------------------- wording
def word(session: Session, chosen: Section, order: Order, ground: Ground) -> Turn:
    """The section in a model's words; without a model, as it stands, and what would make it shorter or longer."""
    if ground.model:
        before = session.wording.lines if session.wording and session.wording.section == chosen.id else ()
        return Turn(session, effect=Word(chosen.id, order.kind, session.draft, before or _prose(session, chosen)))
    lines = PLAIN[order.kind](session.draft, chosen, ground.call)
    lines += [say("section.no_model")] if order.kind == "again" else []
    return filling.told(session, "\n".join(lines), ground)


def _prose(session: Session, chosen: Section) -> tuple[str, ...]:
    return session.draft.texts.get(chosen.id, ())


def _as_it_is(draft: Draft, chosen: Section, call: Call) -> list[str]:
    """The whole text, put together from what was said."""
    lines = written(chosen, draft, call)
    text = "\n".join(lines)
    return [say("section.as_it_is", title=_title(chosen), fit=fit(chosen, length(text))), text]


def _to_cut(draft: Draft, chosen: Section, call: Call) -> list[str]:
    """The points with their lengths, and the longest, which are worth a look first."""
    found = points.entries(draft, chosen)
    count = sum(map(length, written(chosen, draft, call)))
    lines = [say("section.lengths", title=_title(chosen), fit=fit(chosen, count)), *_listed(found, sizes=True)]
    longest = sorted(found, key=lambda one: -length(one.text))[:LONGEST_TOLD]
    named = "、".join(str(one.number) for one in sorted(longest, key=lambda one: one.number))
    return [*lines, say("section.cut", numbers=named, one=longest[0].number)]


def _to_add(draft: Draft, chosen: Section, call: Call) -> list[str]:
    """By how much a section falls short, and which aspects want more, with what to tell."""
    count = sum(map(length, written(chosen, draft, call)))
    lines = [say("section.as_long", title=_title(chosen), fit=fit(chosen, count))]
    return [*lines, *(thin(chosen, draft, call) or [say("section.even")])]


PLAIN: Final[dict[Kind, Callable[[Draft, Section, Call], list[str]]]] = {
    "word": _as_it_is, "again": _as_it_is, "shorter": _to_cut, "longer": _to_add,
}  # fmt: skip


# ---------------------------------------------------------------- point by point
def show(session: Session, chosen: Section, _order: Order, ground: Ground) -> Turn:
    """Everything said for the section, numbered, under its aspects."""
    count = sum(map(length, written(chosen, session.draft, ground.call)))
    lines = [f"{_title(chosen)}：{fit(chosen, count)}", *_listed(points.entries(session.draft, chosen))]
    return filling.told(session, "\n".join([*lines, say("section.how")]), ground)


def _listed(found: tuple[Entry, ...], *, sizes: bool = False) -> list[str]:
    lines, above = [], ""
    for one in found:
        if one.aspect != above:
            lines.append(f"【{one.aspect or say('section.other')}】")
            above = one.aspect
        size = say("section.size", count=length(one.text)) if sizes else ""
        lines.append(f"{one.number}. {shortened(one.text, 120)}{size}")
    return lines


def strike(session: Session, chosen: Section, order: Order, ground: Ground) -> Turn:
    """Points taken out by their numbers."""
    found = _numbered(session, chosen, order)
    if not found:
        return _unknown(session, chosen, ground)
    after = points.without(session.draft, chosen, tuple(one.number for one in found))
    gone = "；".join(shortened(one.text) for one in found)
    return _changed(session, after, say("section.struck", title=_title(chosen), what=gone), ground)


def amend(session: Session, chosen: Section, order: Order, ground: Ground) -> Turn:
    """A point in other words."""
    found = _numbered(session, chosen, order)
    if not found:
        return _unknown(session, chosen, ground)
    after = points.replaced(session.draft, chosen, found[0].number, order.text)
    told = say("section.amended", title=_title(chosen), old=shortened(found[0].text), new=shortened(order.text))
    return _changed(session, after, told, ground)


def date(session: Session, chosen: Section, order: Order, ground: Ground) -> Turn:
    """A stage of the plan with another date."""
    found = points.entries(session.draft, chosen)
    new = redated(found, order.numbers[0], order.text)
    if not new:
        return filling.told(session, say("section.no_stage", title=_title(chosen), stage=order.numbers[0]), ground)
    after = points.replaced(session.draft, chosen, *new)
    old = next(one.text for one in found if one.number == new[0])
    told = say("section.amended", title=_title(chosen), old=shortened(old), new=shortened(new[1]))
    return _changed(session, after, told, ground)


def move(session: Session, chosen: Section, order: Order, ground: Ground) -> Turn:
    """A point put where another stands, or under another aspect."""
    found, last = _numbered(session, chosen, order), len(points.entries(session.draft, chosen))
    if not found or (not order.aspect and not 0 < order.to <= last):
        return _unknown(session, chosen, ground)
    number = found[0].number
    if order.aspect:
        after = points.under(session.draft, chosen, number, order.aspect)
    else:
        after = points.moved(session.draft, chosen, number, order.to)
    return _ordered(session, chosen, order, after, ground)


def swap(session: Session, chosen: Section, order: Order, ground: Ground) -> Turn:
    """Two points in each other's place."""
    found = _numbered(session, chosen, order)
    if len({one.number for one in found}) != len(order.numbers):
        return _unknown(session, chosen, ground)
    after = points.swapped(session.draft, chosen, found[0].number, found[1].number)
    return _ordered(session, chosen, order, after, ground)


def _ordered(session: Session, chosen: Section, order: Order, after: Draft, ground: Ground) -> Turn:
    """The new order shown; where it is the old one, why."""
    shown = points.entries(after, chosen)
    if [one.text for one in shown] == [one.text for one in points.entries(session.draft, chosen)] and not order.aspect:
        return filling.told(session, say("section.by_time"), ground)
    told = "\n".join([say("section.moved", title=_title(chosen)), *_listed(shown)])
    return _changed(session, after, told, ground)


def _numbered(session: Session, chosen: Section, order: Order) -> list[Entry]:
    """The things meant by number; () when one of them doesn't exist. 保障措施第2点 counts within the aspect."""
    there = points.entries(session.draft, chosen)
    own = [one for one in there if order.within in ("", one.aspect)]
    by_number = {one.number: one for one in own}
    if order.within and not set(order.numbers) <= set(by_number):
        by_number = dict(enumerate(own, 1))
    found = [by_number[one] for one in order.numbers if one in by_number]
    return found if len(found) == len(order.numbers) else []


def _unknown(session: Session, chosen: Section, ground: Ground) -> Turn:
    count = len(points.entries(session.draft, chosen))
    return filling.told(session, say("section.unknown", title=_title(chosen), count=count, name=chosen.title), ground)


def _changed(session: Session, after: Draft, told: str, ground: Ground) -> Turn:
    lines = [told, *parted(session.draft, after, ground.call)]
    return filling.go_on(session.changed(after), ground, (Reply("\n".join(lines)),), keep=True)


DOING: Final[dict[Kind, Doing]] = {
    "word": word, "again": word, "shorter": word, "longer": word,
    "show": show, "strike": strike, "amend": amend, "move": move, "swap": swap, "date": date,
}  # fmt: skip
