"""The pack a bureau sends on: the ranked table, every application in order, and what is to be stamped and sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.desk.applications import actions
from bot.desk.applications.handing_in import names_of
from bot.desk.applications.life import Submission
from bot.desk.applications.ranking import Ranking
from bot.desk.crew import done
from bot.desk.display_names import plain
from bot.desk.papers import Produce, Produced
from bot.interview import filling
from bot.interview.drafts import title as called
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.overlay import Overlay
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wish import Consulted, press
from bot.turn.wording import say
from drafting.papers.scan import scan
from drafting.papers.summary import Applied, Objection, Signed, objections
from knowledge.call.definition import Call, Recommender

SHOWN: Final = 12


def signed(said: Overlay, bureau: Recommender) -> Signed:
    """Who recommends, and whom to call about it, as the bureau says."""
    return Signed(bureau, said.contact, said.phone)


def against(found: Ranking, bureau: Recommender, call: Call) -> tuple[Objection, ...]:
    """Everything that speaks against the pack as it is ranked: what keeps it from being made, what is to be insisted
    on, and what is only said."""
    ranked = found.ranked
    held = [*objections([_applied(one, call) for one in ranked], bureau, call)]
    held += [Objection(_called(one, call), say("pack.altered"), "never") for one in ranked if not one.unaltered]
    held += [
        Objection(_called(one, call), say("pack.changed", number=one.newer), "unless") for one in ranked if one.newer
    ]
    held += [Objection(_called(one, call), say("pack.unranked"), "unless") for one in found.unranked]
    drafts = [(say("filed.ranked", rank=rank), one.content) for rank, one in enumerate(ranked, 1)]
    # What one lead or one name twice comes to is said already.
    shared = [one for one in scan(drafts, call) if one.code not in ("same_lead", "same_name")]
    return (*held, *(Objection(say("pack.across"), one.message, "note") for one in shared))


def _applied(one: Submission, call: Call) -> Applied:
    return Applied(_called(one, call), one.content, one.findings)


def _called(one: Submission, call: Call) -> str:
    return say("pack.called", number=one.number, what=plain(called(one.content, call)))


def pack(session: Session, event: Consulted, ground: Ground) -> Turn:
    """The pack is made, unless something speaks against it: that is named first, and some of it may be insisted on."""
    found: Ranking = event.found
    bureau = next((one for one in ground.call.recommenders if one.code == event.scope.bureau), None)
    if bureau is None or ground.call.summary is None:
        return filling.told(session, say("pack.no_table"), ground)
    if shut := actions.barred(ground):
        return filling.told(session, shut, ground)
    if not found.ranked:
        return filling.told(session, say("pack.empty", count=len(found.accepted)), ground)
    held = against(found, bureau, ground.call)
    never = any(one.weight == "never" for one in held)
    if never or (any(one.weight == "unless" for one in held) and not event.wish.text):
        return Turn(session, (_refused(held, never=never),))
    notes = tuple(_said(one) for one in held)
    order = "、".join(str(one.number) for one in found.ranked)
    kept = done(session, event, ground, "look", detail=say("pack.looked", order=order))
    return Turn(kept, effect=Produce("pack", found.ranked, signed(event.overlay, bureau), notes))


def _said(one: Objection) -> str:
    return say("pack.against", name=one.name, text=one.text)


def _refused(held: Sequence[Objection], *, never: bool) -> Reply:
    graver = [one for one in held if one.weight != "note"]
    lines = [say("pack.held", count=len(graver)), *map(_said, graver[:SHOWN])]
    lines += [say("pack.more", count=len(graver) - SHOWN)] if len(graver) > SHOWN else []
    lines.append(say("pack.mend" if never else "pack.sure"))
    button = ((Button(press("pack", 0, INSISTING), say("buttons.pack")),),)
    return Reply("\n".join(lines), buttons=() if never else button)


INSISTING: Final = "sure"


def produced(session: Session, event: Produced, ground: Ground) -> Turn:
    """The pack with what is in it and what is to be looked after; or the file of one application."""
    if event.asked.what != "pack":
        return actions.produced(session, event, ground)
    if event.path is None:
        return filling.told(session, say("pack.failed", why=event.why), ground)
    asked = event.asked
    lines = [say("pack.done", count=len(asked.of))]
    lines += [say("pack.line", rank=at, what=names_of(one, ground.call)) for at, one in enumerate(asked.of, 1)]
    lines += [say("pack.note", text=one) for one in asked.notes[:SHOWN]]
    left = len(asked.notes) - SHOWN
    lines += [say("pack.more", count=left)] if left > 0 else []
    blank = asked.signed and not (asked.signed.contact and asked.signed.phone)
    lines += [say("pack.no_contact")] if blank else []
    return Turn(session, (Reply("\n".join(lines), file=event.path),))


HANDLERS = {"pack": pack}
