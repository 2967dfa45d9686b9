"""Applications that came by mail: Word files that somebody at the desk sends, each answered in a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.desk.applications.handing_in import content_of
from bot.desk.applications.life import LARGEST, Mailbox, Mailed, Submission
from bot.desk.applications.page import barred, checked, elsewhere, names_of, opening
from bot.desk.case import Action, Case, action
from bot.desk.display_names import plain
from bot.desk.life import MEGA
from bot.desk.papers import Arrived, Intake
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.session import Session
from bot.turn.wish import Nothing
from bot.turn.wording import say
from drafting.form.cells import FAINT, HIDDEN
from knowledge.call.definition import Call

MOST: Final = 100
ROOM: Final = 200 * MEGA
# Files a desk has opened in a day, those among them that aren't kept.
OPENED: Final = 3 * MOST


# ---------------------------------------------------------------- asked for
def collect(case: Case[Nothing]) -> Turn:
    """From now on every Word file sent here is one that came by mail."""
    if shut := barred(case.ground) or _above(case):
        return case.told(shut)
    return case.but(collecting=True, stocking=None).told(say("mail.ready"))


def _above(case: Case[Nothing] | Case[Mailbox]) -> str:
    return say("mail.no_bureau") if case.above else ""


def collected(case: Case[Nothing]) -> Turn:
    """Files are again what they are for everybody."""
    text = "mail.over" if case.session.stocking is None else "stock.over"
    return case.but(collecting=False, stocking=None).told(say(text))


# ---------------------------------------------------------------- taken in
def mailed(case: Case[Mailbox]) -> Turn:
    """One that may come in is read; not even opened where the room is full."""
    if full := barred(case.ground) or _above(case) or fullness(case.seen):
        return case.told(full)
    return case.asking(Intake(case.event, case.event.overlay.judging(case.call)))


def fullness(box: Mailbox) -> str:
    """Why no more files are taken in, empty while there is room."""
    if box.files >= MOST or box.size >= ROOM:
        return say("mail.full", count=box.files, size=box.size // MEGA)
    return ""


def arrived(session: Session, event: Arrived, ground: Ground) -> Turn:
    """A line for the file: its number and how it stands, or why it isn't taken."""
    case = Case(session, event.asked, ground)
    if refusal := refused(event, case.seen):
        return case.said(refusal)
    change = taken(event, case.call)
    filed, text = took(change, case.scope.bureau, case.seen.number, case.call)
    text += say("filed.elsewhere", name=name) if (name := elsewhere(filed, case.call)) else ""
    text += "".join(note for note in event.opened.notes if note in (HIDDEN, FAINT))
    return case.acting(change, number=filed.number).said(text, (opening(filed.number),))


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


def taken(event: Arrived, call: Call) -> Mailed:
    """The change that keeps a file that was read."""
    opened = event.opened
    assert opened.draft is not None
    content = content_of(opened.draft, call, opened.findings, event.hash)
    return Mailed(content, event.content, plain(opened.name, 80))


def took(change: Mailed, bureau: str, number: int, call: Call) -> tuple[Submission, str]:
    """What is kept under a number, and a line on it."""
    filed = Submission(bureau, number, "", facts=change.content.facts, findings=change.content.findings)
    return filed, say("mail.took", number=number, what=names_of(filed, call), checked=checked(filed))


ACTIONS: Final[Mapping[str, Action]] = {
    "collect": action("serves", Nothing, collect), "collected": action("serves", Nothing, collected),
    "mailed": action("serves", Mailbox, mailed),
}  # fmt: skip
