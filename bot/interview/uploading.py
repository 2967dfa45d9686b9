"""A form somebody sent: what is wrong in it, what it says otherwise, and nothing taken over unseen."""

from __future__ import annotations

import hashlib

from bot.hearing.routing import FILE
from bot.hearing.signal import Heard
from bot.interview import filling
from bot.interview.findings import finding_line
from bot.interview.recording import with_consent
from bot.turn.effects import Open
from bot.turn.events import Opened, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.application.whole_form import lacking
from drafting.changes.differences import Difference, adopted, differences
from drafting.form.understood import Understood
from drafting.papers.report import weighed

MOST = 10
WIDE = 60

Rows = tuple[tuple[Button, ...], ...]


def receive(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A file: to be opened, unless it is no file or nothing is drafted here."""
    refused = ground.barred if heard.text else say("input.media")
    if refused:
        return filling.told(session, refused, ground)
    return Turn(session, effect=Open(heard.text, ground.call))


def opened(session: Session, event: Opened, ground: Ground) -> Turn:
    """What stands in the file, held against the draft."""
    if event.draft is None:
        text = say("upload.unread", name=event.name, why=event.why)
        return filling.told(session, text, ground)
    first = Reply("\n".join([say("upload.read", name=event.name), *_findings(event)]))
    if session.desk and session.phase in ("idle", "paused"):
        return filling.told(session, f"{first.text}\n{say('upload.at_desk')}", ground)
    found = differences(session.draft, event.draft, ground.call)
    if not found:
        same = Reply(say("upload.same"))
        return Turn(session.but(offered=None, left=()), (first, same, *filling.again(session, ground)))
    offered = session.but(offered=event.draft, left=(), shown=mark(session))
    return Turn(offered, (first, _listed(found, offered)))


def _findings(event: Opened) -> list[str]:
    found = weighed(event.findings)
    lines = [finding_line(one) for one in found[:MOST]] + [*event.notes[:MOST]]
    left = len(found) - MOST
    return [*(lines or [say("upload.sound")]), *([say("upload.more", count=left)] if left > 0 else [])]


def _listed(found: tuple[Difference, ...], session: Session) -> Reply:
    lines = [say("upload.differs", count=len(found)), *map(_line, found)]
    return Reply("\n".join(lines), buttons=buttons(session))


def _line(one: Difference) -> str:
    return say("upload.line", label=one.label, old=_cut(one.old), new=_cut(one.new))


def _cut(text: str) -> str:
    flat = text.replace("\n", " ")
    return flat if len(flat) <= WIDE else flat[: WIDE - 1] + "…"


# ---------------------------------------------------------------- choosing
def buttons(session: Session) -> Rows:
    """What can be pressed about the file on offer; nothing when there is none."""
    if session.offered is None:
        return ()
    if session.left:
        item = session.left[0]
        one = Button(f"{FILE}take/{item}", say("upload.take")), Button(f"{FILE}keep/{item}", say("upload.keep"))
        return one, (Button(f"{FILE}none", say("upload.rest")),)
    three = (("all", "upload.all"), ("each", "upload.each"), ("none", "upload.none"))
    return (tuple(Button(f"{FILE}{name}", say(key)) for name, key in three),)


def typed(session: Session, text: str) -> str:
    """The id of the button whose label was typed, "" when it is none of those on offer."""
    return next((one.id for row in buttons(session) for one in row if one.label == text.strip()), "")


def choose(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A choice about the file, if it is still the one on offer and the draft still what was shown beside it."""
    known = {one.id for row in buttons(session) for one in row}
    if session.offered is None or heard.text not in known or ground.barred:
        text = say("draft.stale") if session.offered is None or not ground.barred else ground.barred
        return filling.told(session, text, ground)
    found = differences(session.draft, session.offered, ground.call)
    if session.shown != mark(session):
        again = session.but(left=(), shown=mark(session))
        return Turn(again, (Reply(say("upload.changed")), _listed(found, again)))
    act, _, item = heard.text.removeprefix(FILE).partition("/")
    if act == "each":
        return _ask(session.but(left=tuple(one.id for one in found)), ground, ())
    if act in ("take", "keep"):
        return _one(session, item if act == "take" else "", ground)
    return _done(*_take(session, [one.id for one in found] if act == "all" else [], ground), ground)


def _one(session: Session, item: str, ground: Ground) -> Turn:
    """The item asked about taken or left, then the next one."""
    after, replies = _take(session, [item] if item else [], ground)
    rest = after.but(left=session.left[1:], shown=mark(after))
    return _ask(rest, ground, replies) if rest.left else _done(rest, replies, ground)


def _ask(session: Session, ground: Ground, replies: tuple[Reply, ...]) -> Turn:
    assert session.offered is not None
    found = {one.id: one for one in differences(session.draft, session.offered, ground.call)}
    left = tuple(item for item in session.left if item in found)
    asked = session.but(left=left)
    if not left:
        return _done(asked, replies, ground)
    return Turn(asked, (*replies, Reply(_line(found[left[0]]), buttons=buttons(asked))))


def _take(session: Session, ids: list[str], ground: Ground) -> tuple[Session, tuple[Reply, ...]]:
    """The session with these items taken over; personal ones wait for consent as if they had been said."""
    if not ids or session.offered is None:
        return session, ()
    fields = ground.call.field_by_id
    own = {one: session.offered.fields[one] for one in ids if one in fields and fields[one].personal}
    got, waiting, notice = with_consent(session, Understood(fields=own), ground.call)
    allowed = [one for one in ids if one not in own or one in got.fields]
    after = adopted(session.draft, session.offered, allowed, ground.call)
    more = {key: value for key, value in got.fields.items() if key not in own}
    whole = after.model_copy(update={"fields": {**after.fields, **more}})
    said = (Reply(say("upload.taken", count=len(allowed))),) if allowed else ()
    return _opened(waiting.changed(whole), ground), (*said, *notice)


def _opened(session: Session, ground: Ground) -> Session:
    """What was taken from a file opens a draft where there was none, so that it can be taken back."""
    if session.phase != "idle" or not session.steps:
        return session
    first = next(iter(lacking(session.draft, ground.call)), "")
    return session.but(phase="filling" if first else "complete", asking=first)


def _done(session: Session, replies: tuple[Reply, ...], ground: Ground) -> Turn:
    """The file is dealt with; on with the form, if there is one."""
    closed = session.but(offered=None, left=(), shown="")
    if closed.phase == "idle" and not closed.steps:
        return Turn(closed, (Reply(say("upload.left")),))
    return filling.go_on(closed, ground, replies or (Reply(say("upload.left")),), keep=True)


def mark(session: Session) -> str:
    """A short mark of the draft as it stands."""
    return hashlib.sha256(session.draft.model_dump_json().encode()).hexdigest()[:12]
