"""Applications that came by mail: Word files that somebody at the desk sends, each answered in a line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

from bot.desk.applications.actions import barred, elsewhere
from bot.desk.applications.handing_in import checked, names_of
from bot.desk.applications.life import Submission, edition
from bot.desk.display_names import plain
from bot.desk.papers import Arrived, Intake
from bot.hearing.wishes import typed
from bot.interview import filling
from bot.interview.drafts import title as called
from bot.turn.acts import Act, act
from bot.turn.effects import Consult
from bot.turn.events import Sent, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.scope import PROVINCE, Scope
from bot.turn.session import Session
from bot.turn.wish import Consulted, Wish, press
from bot.turn.wording import say
from drafting.form.cells import FAINT, HIDDEN
from knowledge.call.definition import Call

MEGA: Final = 1024 * 1024
LARGEST: Final = 10 * MEGA
MOST: Final = 100
ROOM: Final = 200 * MEGA
# Files a desk has opened in a day, those among them that aren't kept.
OPENED: Final = 3 * MOST


@dataclass(frozen=True)
class Mailbox:
    """What there is for one more file: the number it gets, how many are kept and their bytes, whose hash has which."""

    number: int
    files: int = 0
    size: int = 0
    known: Mapping[str, int] = field(default_factory=dict)


# ---------------------------------------------------------------- asked for
def collect(session: Session, event: Consulted, ground: Ground) -> Turn:
    """From now on every Word file sent here is one that came by mail."""
    if shut := barred(ground):
        return filling.told(session, shut, ground)
    if event.scope.bureau == PROVINCE:
        return filling.told(session, say("mail.no_bureau"), ground)
    return filling.told(session.but(collecting=True, stocking=None), say("mail.ready"), ground)


def collected(session: Session, _event: Consulted, ground: Ground) -> Turn:
    """Files are again what they are for everybody."""
    told = "mail.over" if session.stocking is None else "stock.over"
    return filling.told(session.but(collecting=False, stocking=None), say(told), ground)


def sent(session: Session, event: Sent, ground: Ground) -> Turn | None:
    """A file that somebody at a desk sends as one that came by mail, by its caption or said before; None for others."""
    if not session.desk or not event.name or not ground.private:
        return None
    asked = typed(event.caption, serves=True) if event.caption else None
    if not session.collecting and (asked is None or asked.kind != "collect"):
        return None
    return Turn(session, effect=Consult(Wish("mailed", text=event.name)))


# ---------------------------------------------------------------- taken in
def mailed(session: Session, event: Consulted, ground: Ground) -> Turn:
    """One that may come in is read; not even opened where the room is full."""
    full = barred(ground) or (fullness(event.found) if event.scope.bureau != PROVINCE else say("mail.no_bureau"))
    if full:
        return filling.told(session, full, ground)
    return Turn(session, effect=Intake(event, event.overlay.judging(ground.call)))


def fullness(box: Mailbox) -> str:
    """Why no more files are taken in, empty while there is room."""
    if box.files >= MOST or box.size >= ROOM:
        return say("mail.full", count=box.files, size=box.size // MEGA)
    return ""


def arrived(session: Session, event: Arrived, ground: Ground) -> Turn:
    """A line for the file: its number and how it stands, or why it isn't taken."""
    asked = event.asked
    refusal = refused(event, asked.found)
    if refusal:
        return Turn(session, (Reply(refusal),))
    made = taken(event, asked.scope, asked.found.number, ground.call)
    one = Submission(asked.scope.bureau, asked.found.number, "", facts=made.values["facts"],
                     findings=event.opened.findings)  # fmt: skip
    text = say("mail.took", number=one.number, what=names_of(one, ground.call), checked=checked(one))
    text += say("filed.elsewhere", name=name) if (name := elsewhere(one, ground.call)) else ""
    text += "".join(note for note in event.opened.notes if note in (HIDDEN, FAINT))
    button = Button(press("opened", one.number), say("buttons.opened", number=one.number))
    return Turn(session.acting(made.model_copy(update={"name": ground.name})), (Reply(text, buttons=((button,),)),))


def refused(event: Arrived, box: Mailbox) -> str:
    """Why a file isn't taken in, as a line; empty when it is."""
    name = plain(event.opened.name)
    if event.size > LARGEST:
        return say("mail.large", name=name, most=LARGEST // MEGA)
    if event.hash and event.hash in box.known:
        return say("mail.known", name=name, number=box.known[event.hash])
    if event.opened.draft is None or not event.content:
        return say("mail.unread", name=name, why=event.opened.why or say("mail.nothing"))
    return fullness(box)


def taken(event: Arrived, scope: Scope, number: int, call: Call) -> Act:
    """The act that keeps a file that was read."""
    draft = event.opened.draft
    assert draft is not None
    values: dict[str, Any] = {
        "facts": draft.model_dump(mode="json"), "form": edition(call), "file": event.content, "hash": event.hash,
        "size": event.size, "title": plain(called(draft, call), 80), "called": plain(event.opened.name, 80),
        "findings": [asdict(one) for one in event.opened.findings],
    }  # fmt: skip
    return act("mail", scope, number, **values)


HANDLERS = {"collect": collect, "collected": collected, "mailed": mailed}
