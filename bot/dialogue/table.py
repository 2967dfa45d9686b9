"""The conversation as a pure table: what each kind of message does in each phase.

`step` is the only way in. It awaits nothing, reads no clock and touches no file; what must be done outside comes
back as an Effect, and its outcome is the next event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final, get_args

from bot.desk import awaiting, unheard
from bot.desk import registry as desk
from bot.desk.applications import mailing, packing
from bot.desk.bureau.actions import guide
from bot.desk.materials import receiving
from bot.desk.papers import Arrived, Digested, Produced
from bot.hearing.cities import leading
from bot.hearing.routing import MOST, apart, hear
from bot.hearing.signal import Heard, Signal
from bot.interview import (
    authors,
    checking,
    city,
    colleagues,
    consent,
    drafts,
    filling,
    jumping,
    own_data,
    policy,
    pressing,
    proposals,
    sections,
    together,
    unit_part,
    uploading,
    versions,
)
from bot.interview.asking import guidance
from bot.interview.findings import faults, listed
from bot.interview.recording import Recorded
from bot.interview.show import label, preview, progress_text
from bot.interview.standing import away, passed, standing
from bot.turn.base import Event
from bot.turn.effects import Advise, Draw, Read, Write
from bot.turn.events import (
    Advised,
    Coded,
    Compared,
    Drawn,
    Erased,
    Found,
    Gathered,
    Given,
    Opened,
    Pressed,
    Recalled,
    Redeemed,
    Said,
    Sent,
    Taken,
    Turn,
    Worded,
    Written,
)
from bot.turn.ground import Ground
from bot.turn.replies import Quote, Reply
from bot.turn.session import Phase, Session
from bot.turn.team import unconfirmed
from bot.turn.wish import Consulted, Denied
from bot.turn.wording import say
from drafting.application.whole_form import lacking
from drafting.kinds.kind import shortened
from drafting.reading.unused import idle

PHASES: Final[tuple[Phase, ...]] = get_args(Phase)
PRINTS: Final = {".pdf": "export.pdf", ".png": "export.png"}
Handler = Callable[[Session, Heard, Ground], Turn]


def step(session: Session, event: Event, ground: Ground) -> Turn:
    """The next session and replies, or one effect to be carried out first; never raises for what a person did."""
    if not isinstance(event, Said | Pressed | Sent):
        return together.finished(session, RETURNED[type(event)](session, event, ground), ground)
    turn = together.finished(session, _heard(session, event, ground), ground)
    back = standing(session, ground) if away(session, ground) else ()
    return replace(turn, replies=(*back, *together.told(session, turn.session, ground), *turn.replies))


def _heard(session: Session, event: Said | Pressed | Sent, ground: Ground) -> Turn:
    """What a person did, as what they are in the draft, with the question that is still open."""
    session, expected = awaiting.met(session, event, ground)
    if expected:
        return expected
    if isinstance(event, Said) and (answering := desk.answered(session, event.text, ground)):
        return answering
    if isinstance(event, Sent) and (kept := desk.sent(session, event, ground)):
        return kept
    open_ = together.reopened(session, ground)
    if ground.team.unit:
        return unit_part.stepped(open_, event, ground, policy.ask)
    if open_ is session or not together.late(session, event, ground):
        return _stepped(open_, event, ground)
    more = isinstance(event, Said) and hear(open_, event, ground.call).signal == "facts"
    turn = _stepped(open_, event, ground) if more else filling.go_on(open_, ground, ())
    return replace(turn, replies=(together.refusal(session.asking, ground), *turn.replies))


def _stepped(session: Session, event: Said | Pressed | Sent, ground: Ground) -> Turn:
    if isinstance(event, Said):
        if (lead := leading(event.text, session, ground.call))[0]:
            said = _stepped(session, Said(lead[0]), ground)
            asked = _stepped(said.session, Said(lead[1]), ground)
            return replace(asked, replies=(said.replies[0], *asked.replies))
        if answer := proposals.typed(session, event.text):
            return _handled(session, Heard("settle", answer), ground)
        if chosen := uploading.typed(session, event.text):
            return _handled(session, Heard("choose", chosen), ground)
        pieces = apart(event.text, session, ground.call)
        if pieces and not unheard.mixed(session, pieces, ground.call):
            return several(session.but(proposed=None), pieces, ground)
    return _handled(session, hear(session, event, ground.call), ground)


def _handled(session: Session, heard: Heard, ground: Ground) -> Turn:
    session = proposals.kept(session, heard)
    if session.erasing and heard.signal not in ("erase", "ask_policy", "help"):
        session = session.but(erasing=False)
    if session.onward and heard.signal != "city":
        session = session.but(onward=False)
    if unheard.aside(session, heard):
        return unheard.unheard(session, heard.text, ground)
    handler = TABLE.get((session.phase, heard.signal))
    if handler is None:
        return filling.told(session, say(REFUSED[session.phase, heard.signal]), ground)
    return handler(session, heard, ground)


# ---------------------------------------------------------------- several things in one message
def several(session: Session, pieces: tuple[str, ...], ground: Ground) -> Turn:
    """Every part of a message on its own: facts are put down first, then commands, then questions are answered."""
    heard, put = filling.gathered(session, pieces, ground)
    questions = tuple(one.text for one in heard if one.signal == "ask_policy")
    unread = [one.text.strip("。！\n ") for one in heard if one.signal == "unread" and not idle(one.text)]
    unread += [one for each in heard if each.signal == "facts" for one in filling.beside(session, each, ground.call)]
    told = say("draft.unread_parts", parts="；".join(map(shortened, unread))) if unread else ""
    orders = [one for one in heard if one.signal not in ("ask_policy", "unread", "facts", "remark", "blank")]
    if told and ground.model and not questions and not orders and put.session.phase == "filling":
        asked = Read("\n".join(unread), put.session.draft, "", told, onward=True)
        return Turn(put.session, put.replies, effect=asked)
    replies = (*put.replies, *((Reply(told),) if told else ()))
    turn = _ordered(put, orders, ground)
    if orders or not questions:
        return replace(turn, replies=(*replies, *turn.replies))
    return replace(
        policy.ask(turn.session, Heard("ask_policy", questions[0]), ground, more=questions[1:]), replies=replies
    )


def _ordered(put: Recorded, orders: list[Heard], ground: Ground) -> Turn:
    """The last command of the message carried out; without one, on to the next question."""
    session = put.session
    if orders and orders[-1].signal != "start":
        return _handled(session, orders[-1], ground)
    return filling.go_on(session, ground, ()) if session.phase == "filling" else Turn(session)


# ---------------------------------------------------------------- commands
def help_(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What can be done here, or what the open question wants."""
    if session.asking:
        return Turn(session, effect=Advise(session.asking, bool(heard.got.intent)))
    own = (Reply(guide(session.desk)),) if session.desk else ()
    return filling.told(session, say("help.text"), ground, *own)


def advised(session: Session, event: Advised, ground: Ground) -> Turn:
    """What helps with an item, and the bureau's own words on it."""
    note = event.note
    quotes = (Quote(note.source, note.locator, note.quote),) if note else ()
    told = Reply(guidance(event.wanted.item, ground.call), quotes=quotes)
    if event.wanted.whole:
        return Turn(session, (told, Reply(say("help.text"))))
    return Turn(session, (told, *filling.again(session, ground)))


def found(session: Session, event: Found, ground: Ground) -> Turn:
    """The answer; at a desk what can be said there, where it is none."""
    if unheard.unanswered(session, event):
        return unheard.unheard(session, event.question, ground)
    return policy.found(session, event, ground)


def show_progress(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A line a section, with a picture where pictures can be seen."""
    if ground.pictures:
        return Turn(session, effect=Draw(session.draft))
    return drawn(session, Drawn(None), ground)


def drawn(session: Session, event: Drawn, ground: Ground) -> Turn:
    """How far it is in words, with the picture if there is one."""
    told = Reply(progress_text(session.draft, ground.call), file=event.path)
    return Turn(session, (told, *filling.again(session, ground)))


def show_preview(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The whole draft."""
    return filling.told(session, preview(session.draft, ground.call), ground)


def export(session: Session, _heard: Heard, _ground: Ground) -> Turn:
    """The Word file, whatever is still missing."""
    return Turn(session, effect=Write(session.draft))


def written(session: Session, event: Written, ground: Ground) -> Turn:
    """The file with what is still missing or unconfirmed."""
    if event.path is None:
        return filling.told(session, say("export.failed", why=event.why), ground)
    call, promise = ground.call, ground.call.of_kind("commitment")
    left = [item for item in lacking(session.draft, call) if not promise or item != promise.id]
    lines = [say("export.done", name=event.path.name), *passed(ground)]
    if found := faults(session.draft, call):
        lines += [say("export.faults", count=len(found)), *listed(found)]
    if left:
        lines.append(say("export.missing", count=len(left), items="、".join(label(item, call) for item in left)))
    if promise and not session.draft.promised:
        lines.append(say("export.unpromised"))
    opinion = call.of_kind("opinion")
    if opinion:
        lines.append(say("export.blank", opinion=f"{opinion.number}、{opinion.title}"))
    if waiting := unconfirmed(ground.team, session.draft):
        lines.append(say("export.unconfirmed", units="、".join(waiting)))
    if event.unplaced:
        lines.append(say("export.unplaced", labels="、".join(event.unplaced)))
    prints = (Reply(say(PRINTS[one.suffix]), file=one) for one in event.prints)
    return Turn(versions.kept(session, ground), (Reply("\n".join(lines), file=event.path), *prints))


def cancel(session: Session, _heard: Heard, _ground: Ground) -> Turn:
    """Out of the form; nothing is thrown away."""
    return Turn(session.but(phase="paused", asking=""), (Reply(say("draft.kept")),))


def long(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A message over the limit, refused whole."""
    return filling.told(session, say("input.long", length=len(heard.text), limit=MOST), ground)


_ANYWHERE: Final[dict[Signal, Handler]] = {
    "help": help_, "ask_policy": policy.ask, "unread": policy.try_asking, "remark": policy.remark,
    "reserved": policy.reserved_, "long": long,
    "file": uploading.receive, "choose": uploading.choose, "join": colleagues.join, "switch": drafts.recall,
    "goto": jumping.goto, "settle": proposals.settle, "forget": own_data.forget, "erase": own_data.erase,
    "mine": own_data.mine, "city": city.city, "desk": desk.wished,
}  # fmt: skip
_COLLEAGUES: Final[dict[Signal, Handler]] = {
    "invite": colleagues.invite, "people": colleagues.people, "remove": colleagues.remove, "leave": colleagues.leave,
    "hand": colleagues.hand, "sure": colleagues.sure, "authors": colleagues.authors,
}  # fmt: skip
_OPEN: Final[dict[Signal, Handler]] = {
    "start": filling.resume, "greet": filling.resume, "progress": show_progress, "preview": show_preview,
    "back": filling.back, "undo": filling.undo, "skip": filling.skip, "export": export,
    "keep": versions.recall, "versions": versions.recall, "compare": versions.recall, "restore": versions.recall,
    "fresh": drafts.fresh, "check": checking.examine, "section": sections.section, **_COLLEAGUES,
    "cancel": cancel, "facts": filling.facts, "press": pressing.press, "confirm": consent.confirm, "deny": consent.deny,
}  # fmt: skip
_PAUSED: Final[dict[Signal, Handler]] = {
    "start": filling.resume, "greet": filling.greet, "progress": show_progress, "preview": show_preview,
    "export": export, "facts": filling.facts, "press": pressing.stale,
    "keep": versions.recall, "versions": versions.recall, "compare": versions.recall, "restore": versions.recall,
    "fresh": drafts.fresh, "check": checking.examine, **_COLLEAGUES,
}  # fmt: skip
_IDLE: Final[dict[Signal, Handler]] = {
    "start": filling.start, "fresh": filling.start, "greet": filling.greet, "facts": filling.start,
    "press": pressing.press_idle,
}  # fmt: skip
TABLE: Final[dict[tuple[Phase, Signal], Handler]] = (
    {(phase, signal): handler for phase in PHASES for signal, handler in _ANYWHERE.items()}
    | {(phase, signal): handler for phase in ("filling", "complete") for signal, handler in _OPEN.items()}
    | {("paused", signal): handler for signal, handler in _PAUSED.items()}
    | {("idle", signal): handler for signal, handler in _IDLE.items()}
)
RECALLED: Final[dict[str, Callable[[Session, Recalled, Ground], Turn]]] = {
    "keep": versions.keep, "versions": versions.versions, "compare": versions.compare, "restore": versions.restore,
    "forget": own_data.told, "switch": drafts.switch, "authors": authors.authors, "refuse": consent.refuse,
}  # fmt: skip
_NO_DRAFT: Final[tuple[Signal, ...]] = (
    "back", "undo", "skip", "cancel", "export", "progress", "preview", "keep", "check", "versions", "compare",
    "restore", *_COLLEAGUES, "section",
)  # fmt: skip
REFUSED: Final[dict[tuple[Phase, Signal], str]] = (
    {("idle", signal): "draft.nothing_open" for signal in _NO_DRAFT}
    | {("paused", signal): "draft.paused" for signal in ("back", "undo", "skip", "cancel", "section")}
    | {(phase, signal): "draft.nothing_to_answer" for phase in ("idle", "paused") for signal in ("confirm", "deny")}
    | {(phase, "blank"): "input.empty" for phase in PHASES}
)
RETURNED: Final[dict[type, Callable[[Session, Any, Ground], Turn]]] = {
    Recalled: lambda session, event, ground: RECALLED[event.wanted.then](session, event, ground),
    Consulted: desk.consulted, Denied: desk.denied,
    Given: desk.given, Compared: desk.compared, Produced: packing.produced,
    Arrived: mailing.arrived, Digested: receiving.digested,
    Redeemed: colleagues.redeemed, Coded: colleagues.coded, Found: found, Written: written,
    Opened: uploading.opened, Advised: advised,
    Gathered: own_data.gathered, Erased: own_data.erased, Taken: proposals.taken, Worded: proposals.worded,
    Drawn: drawn,
}  # fmt: skip
