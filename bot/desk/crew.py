"""Who works at a desk: coming in by a code, who is there, leaving; and the groups that belong to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol, TypeVar

from bot.hearing.cities import meant
from bot.interview import filling
from bot.interview.standing import passed
from bot.turn.acts import Act, act
from bot.turn.days import moment
from bot.turn.effects import Consult
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.scope import PROVINCE, Role, Scope
from bot.turn.session import MISSES, Session
from bot.turn.wish import Consulted, Wish
from bot.turn.wording import say
from knowledge.call.definition import Call
from knowledge.language.folding import same

DESK: Final = "desk:"
ROLES: Final = {"admin": "desk.admin", "staff": "desk.staff", "province": "desk.staff", "operator": "desk.operator"}


@dataclass(frozen=True)
class Clerk:
    """Somebody who works at a desk, since when in seconds since 1970."""

    person: str
    role: Role
    name: str
    since: float


@dataclass(frozen=True)
class Pass:
    """What a code opens: work at a desk, in a role; `state` says whether it still does."""

    bureau: str
    role: Role
    state: str
    already: str = ""


@dataclass(frozen=True)
class Place:
    """A group as it is kept: whose it is and what for; empty for one that is nobody's."""

    bureau: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Line:
    """One act in the record."""

    at: float
    name: str
    act: str
    number: int
    detail: str


class Bureaus(Protocol):
    """Something of a bureau."""

    @property
    def bureau(self) -> str:
        """Its code."""
        ...


Of = TypeVar("Of", bound=Bureaus)


def desk_chat(bureau: str) -> str:
    """Where a desk is written to: its group, or whoever works there, as it is when that is sent."""
    return f"{DESK}{bureau}"


def title(bureau: str, call: Call) -> str:
    """A desk's full name."""
    if bureau == PROVINCE:
        return call.call.issuer
    found = meant(bureau, call)
    return found.name if found else bureau


def placed(found: Sequence[Of], call: Call) -> list[tuple[str, Of]]:
    """Each with its bureau to be put before it, where they are of several; with nothing where they are of one."""
    several = len({one.bureau for one in found}) > 1
    return [(f"{title(one.bureau, call)} " if several else "", one) for one in found]


def done(session: Session, event: Consulted, ground: Ground, kind_: str, was_: int = 0, **values: Any) -> Session:
    """The session with an act by whoever wished it, on what they were shown."""
    made: Act = act(kind_, event.scope, event.wish.number, was_, **values)
    return session.acting(made.model_copy(update={"name": ground.name}))


def colleagues(event: Consulted, clerks: Sequence[Clerk]) -> list[str]:
    """Whom to tell at the desk: the group they work in, else each of the others."""
    if event.overlay.staff_chat:
        return [event.overlay.staff_chat]
    return [one.person for one in clerks if one.person != event.scope.user]


# ---------------------------------------------------------------- coming and going
def guide(bureau: str) -> str:
    """What can be said at a desk."""
    return say("desk.help_province" if bureau == PROVINCE else "desk.help")


def enter(session: Session, event: Consulted, ground: Ground) -> Turn:
    """In by a code; a code that opens nothing counts as a guess."""
    recent = session.missed(event.at)
    if len(recent) >= MISSES:
        return filling.told(session.but(misses=recent), say("people.wait"), ground)
    found: Pass | None = event.found
    if found is None or found.state != "open":
        state = found.state if found else "wrong"
        return filling.told(session.but(misses=(*recent, event.at)), say(f"people.{state}"), ground)
    name = title(found.bureau, ground.call)
    if found.already:
        key = "desk.already" if found.already == found.bureau else "desk.elsewhere"
        return filling.told(session, say(key, bureau=title(found.already, ground.call)), ground)
    scope = Scope(found.bureau, "applicant", event.scope.user)
    made = act("join", scope, code=event.wish.text).model_copy(update={"name": ground.name})
    own = "" if found.bureau == PROVINCE else found.bureau
    after = session.acting(made).but(desk=found.bureau, bureau=own or session.bureau, misses=())
    told = say("desk.joined", bureau=name, role=say(ROLES[found.role]))
    return Turn(after, (Reply(f"{told}\n{guide(found.bureau)}", menu="staff"),))


def welcome(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What a bureau says to whoever chose it, and until when it takes applications; then what they chose it for."""
    said = event.overlay
    due = passed(replace(ground, overlay=said), coming=True) if said.active and said.inner_deadline else ()
    lines = [said.greeting, *due] if said.active else []
    text = "\n".join(one for one in lines if one)
    replies = (Reply(text),) if text else ()
    if session.onward:
        return Turn(session.but(onward=False), replies, effect=Consult(Wish("human")))
    return filling.after(session, replies, ground)


def recruit(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A code for one more; asked for as an administrator's or anybody else's."""
    role: Role = "admin" if "管理员" in event.wish.text else "staff"
    code: str = event.found
    after = done(session, event, ground, "recruit", code=code, role=role)
    name = title(event.scope.bureau, ground.call)
    letter = Reply(say("desk.letter", bureau=name, code=code, role=say(ROLES[role])))
    return Turn(after, (Reply(say("desk.recruited")), letter))


def crew(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A line a person."""
    clerks: Sequence[Clerk] = event.found
    lines = [
        say("desk.clerk", number=number, who=_called(one), role=say(ROLES[one.role]), since=moment(one.since))
        for number, one in enumerate(clerks, 1)
    ]
    return filling.told(session, "\n".join((title(event.scope.bureau, ground.call), *lines)), ground)


def _called(one: Clerk) -> str:
    return one.name or say("desk.nameless")


def dismiss(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Somebody who works there no longer, by number or name."""
    clerks: Sequence[Clerk] = event.found
    text = event.wish.text
    found = [one for place, one in enumerate(clerks, 1) if text == str(place) or same(_called(one), text)]
    if len(found) != 1:
        return filling.told(session, say("desk.whom" if found else "desk.nobody", who=text), ground)
    if found[0].person == event.scope.user:
        return filling.told(session, say("desk.yourself"), ground)
    after = done(session, event, ground, "dismiss", person=found[0].person, called=_called(found[0]))
    gone = say("desk.dismissed_you", bureau=title(event.scope.bureau, ground.call))
    word = Reply(gone, chat=found[0].person, menu="person")
    return filling.told(after, say("desk.dismissed", who=_called(found[0])), ground, word)


def quit_(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Out of one's own accord; the last administrator stays until there is another."""
    clerks: Sequence[Clerk] = event.found
    others = [one for one in clerks if one.person != event.scope.user and one.role == "admin"]
    if event.scope.role == "admin" and not others:
        return filling.told(session, say("desk.last"), ground)
    after = done(session, event, ground, "dismiss", person=event.scope.user, called=ground.name).but(desk="")
    left = Reply(say("desk.left", bureau=title(event.scope.bureau, ground.call)), menu="person")
    return filling.after(after, (left,), ground)


# ---------------------------------------------------------------- groups, the record
def bind(session: Session, event: Consulted, ground: Ground) -> Turn:
    """A group made the bureau's: its people's, or its applicants'."""
    place: Place = event.found
    if ground.private:
        return filling.told(session, say("desk.in_group"), ground)
    if place.bureau and place.bureau != event.scope.bureau:
        return Turn(session, (Reply(say("desk.taken")),))
    kind = "staff" if event.wish.text == "工作群" else "public"
    after = done(session, event, ground, "bind", chat=ground.chat, kind=kind)
    if kind == "staff":
        after = done(after, event, ground, "settle", staff_chat=ground.chat)
    own = "" if event.scope.bureau == PROVINCE else event.scope.bureau
    kept = after.but(desk=event.scope.bureau if kind == "staff" else "", bureau=own)
    name = title(event.scope.bureau, ground.call)
    return Turn(kept, (Reply(say(f"desk.bound_{kind}", bureau=name), menu="staff" if kind == "staff" else "person"),))


def desk(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What can be done at the desk."""
    return filling.told(session, f"{title(event.scope.bureau, ground.call)}\n{guide(event.scope.bureau)}", ground)


HANDLERS = {
    "enter": enter, "recruit": recruit, "crew": crew, "dismiss": dismiss, "quit": quit_, "bind": bind,
    "desk": desk, "welcome": welcome,
}  # fmt: skip
