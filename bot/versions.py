"""Versions of a draft, and several drafts of one person: kept, listed, compared, brought back."""

from __future__ import annotations

from bot import filling
from bot.events import Turn
from bot.filling import Ground
from bot.heard import Heard
from bot.replies import Reply
from bot.session import VERSIONS, Kept, Session, Shelved
from bot.show import parts_label
from bot.standing import day_text
from bot.wording import say
from drafting.compare import differences
from drafting.draft import Draft
from drafting.history import delta
from drafting.interview import progress
from drafting.reading.words import pattern
from knowledge.call import Call


def kept(session: Session, ground: Ground) -> Session:
    """The session with its draft as a version, unless nothing changed since the last one."""
    last = session.kept[-1].draft if session.kept else Draft()
    if session.draft == last:
        return session
    one = Kept(at=" ".join(part for part in (day_text(ground.today), ground.now) if part), draft=session.draft)
    return session.but(kept=(*session.kept, one)[-VERSIONS:])


def keep(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The draft as it is now, to come back to."""
    after = kept(session, ground)
    return _told(after, say("versions.kept", number=len(after.kept)), ground)


def versions(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A line a version: when, and what changed since the one before."""
    if not session.kept:
        return _told(session, say("versions.none"), ground)
    before = [Draft(), *(one.draft for one in session.kept)]
    lines = [
        say("versions.line", number=number, at=one.at, what=_changed(old, one.draft, ground.call))
        for number, (old, one) in enumerate(zip(before, session.kept, strict=False), 1)
    ]
    return _told(session, "\n".join([*lines, say("versions.how")]), ground)


def _changed(old: Draft, new: Draft, call: Call) -> str:
    return "、".join(parts_label(delta(old, new), new, call)) or say("versions.same")


def compare(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What two versions say differently, a line a thing."""
    one, other = (_version(number, session) for number in pattern("clauses.numbers").findall(heard.text)[:2])
    if one is None or other is None:
        return _told(session, say("versions.unknown", count=len(session.kept)), ground)
    lines = differences(one.draft, other.draft, ground.call)
    return _told(session, "\n".join(lines) or say("versions.same"), ground)


def restore(session: Session, heard: Heard, ground: Ground) -> Turn:
    """An earlier version as the draft; what was there is kept as a version of its own."""
    number = pattern("clauses.numbers").findall(heard.text)[0]
    found = _version(number, session)
    if found is None:
        return _told(session, say("versions.unknown", count=len(session.kept)), ground)
    back = kept(session, ground).changed(found.draft).but(asking="", skipped=(), trail=())
    return filling.go_on(back, ground, (Reply(say("versions.restored", number=number, at=found.at)),))


def _version(number: str, session: Session) -> Kept | None:
    place = int(number) - 1
    return session.kept[place] if 0 <= place < len(session.kept) else None


# ---------------------------------------------------------------- several drafts
def fresh(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A new draft; the one so far is put by."""
    if session.draft == Draft() or ground.barred:
        return filling.start(session, heard, ground)
    return filling.start(_emptied(session), heard, ground)


def _emptied(session: Session) -> Session:
    shelf = (*session.shelf, Shelved(draft=session.draft, kept=session.kept))
    return Session(shelf=shelf, consent=session.consent, questions=session.questions)


def switch(session: Session, heard: Heard, ground: Ground) -> Turn:
    """Another of the person's drafts; without saying which, a list of them."""
    wanted = pattern("clauses.switch").sub("", heard.text).strip(" 第份。“”")
    place = next((at for at, one in enumerate(session.shelf) if wanted and _is(wanted, at, one, ground.call)), None)
    if place is None:
        return _told(session, _listed(session, ground.call), ground)
    chosen = session.shelf[place]
    rest = (*session.shelf[:place], Shelved(draft=session.draft, kept=session.kept), *session.shelf[place + 1 :])
    there = Session(phase="filling", draft=chosen.draft, kept=chosen.kept, shelf=rest, consent=session.consent)
    return filling.resume(there, heard, ground)


def _is(wanted: str, place: int, one: Shelved, call: Call) -> bool:
    return wanted == str(place + 2) or (not wanted.isdigit() and wanted in title(one.draft, call))


def _listed(session: Session, call: Call) -> str:
    if not session.shelf:
        return say("shelf.one")
    lines = [say("shelf.here", name=title(session.draft, call))]
    lines += [
        say(
            "shelf.line",
            number=number,
            name=title(one.draft, call),
            done=sum(p.done for p in progress(one.draft, call)),
        )
        for number, one in enumerate(session.shelf, 2)
    ]
    return "\n".join([*lines, say("shelf.how")])


def title(draft: Draft, call: Call) -> str:
    """What a draft goes by: the first name on its cover."""
    return next((draft.fields[one] for one in call.cover if draft.fields.get(one)), say("shelf.unnamed"))


def _told(session: Session, text: str, ground: Ground) -> Turn:
    return Turn(session, (Reply(text), *filling.again(session, ground)))
