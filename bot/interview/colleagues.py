"""Colleagues: invited by code, listed, removed, handed over to; who filled what."""

from __future__ import annotations

from dataclasses import replace

from bot.hearing.signal import Heard
from bot.interview import drafts, filling
from bot.turn.days import moment
from bot.turn.effects import Consult, Invite, Recall, Redeem
from bot.turn.events import Coded, Redeemed, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import MISSES, Session
from bot.turn.team import Deed, Offer, Person, Shelved, has_confirmed
from bot.turn.wish import Wish
from bot.turn.wording import say
from drafting.form.draft import Draft
from drafting.phrasebook import pattern
from drafting.reading.message import understand
from drafting.reading.setting import Setting
from knowledge.language.folding import fold, same

CLOSED = {"wrong": "people.wrong", "used": "people.used", "expired": "people.expired"}
ROLES = {"owner": "people.role_owner", "editor": "people.role_editor", "unit": "people.role_unit"}


def _owned(ground: Ground) -> str:
    """Why this person can't do what only the owner does; empty when it is theirs to do."""
    if ground.barred:
        return ground.barred
    team = ground.team
    return "" if team.me.role == "owner" else say("people.owner_only", who=team.called(team.owner.chat))


# ---------------------------------------------------------------- inviting
def invite(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A code for a colleague, or for somebody of a participating unit."""
    refused = _owned(ground)
    if refused:
        return filling.told(session, refused, ground)
    if pattern("clauses.invite_how").search(heard.text):
        return filling.told(session, say("people.how"), ground)
    said = pattern("clauses.invite").sub("", heard.text).strip(" 。“”")
    if pattern("clauses.of_colleague").fullmatch(said):
        return Turn(session, effect=Invite())
    said = pattern("clauses.invite_tail").sub("", said)
    wanted = pattern("clauses.of_unit").sub("", said, count=1).strip() or said
    if pattern("clauses.of_colleague").fullmatch(wanted):
        return Turn(session, effect=Invite())
    names = [one.name for one in session.draft.members]
    found = names if pattern("clauses.of_unit").fullmatch(wanted) else _named(wanted, names)
    if len(found) == 1:
        return Turn(session, effect=Invite(found[0]))
    if not names:
        return filling.told(session, say("people.no_units"), ground)
    key = "people.which_unit" if found else "people.unknown_unit"
    return filling.told(session, say(key, names="、".join(names)), ground)


def _named(wanted: str, names: list[str]) -> list[str]:
    exact = [one for one in names if same(one, wanted)]
    return exact or [one for one in names if fold(wanted) in fold(one)]


def coded(session: Session, event: Coded, ground: Ground) -> Turn:
    """The code, and a message to hand on with what the colleague has to type."""
    unit, name = event.wanted.unit, drafts.title(session.draft, ground.call)
    deed = Deed(kind="invite", code=event.code, unit=unit, role="unit" if unit else "editor")
    told = say("people.code_unit", unit=unit) if unit else say("people.code_editor")
    link = say("people.link", link=event.link) if event.link else ""
    letter = say("people.letter", name=name, code=event.code, part=unit or say("people.whole")) + link
    return filling.told(session.doing(deed), told, ground, Reply(letter))


# ---------------------------------------------------------------- joining
def join(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A code is looked up first."""
    if ground.barred:
        return Turn(session, (Reply(ground.barred),))
    found = pattern("clauses.join").match(heard.text.strip())
    code = (found["code"] or found["bare"]) if found else ""
    if not code:
        return filling.told(session, say("people.no_code"), ground)
    return Turn(session, effect=Redeem(code.replace("-", "").upper()))


def redeemed(session: Session, event: Redeemed, ground: Ground) -> Turn:
    """Into the draft the code opens; a code that opens none is told kindly, and may not be guessed on and on."""
    recent = session.missed(event.at)
    if len(recent) >= MISSES:
        return filling.told(session.but(misses=recent), say("people.wait"), ground)
    offer = event.offer
    if offer and any(one.chat == offer.team.me.chat and one.here for one in offer.team.people):
        return filling.told(session, say("people.already", name=_title(offer, ground)), ground)
    if offer is None:
        return Turn(session, effect=Consult(Wish("enter", text=event.code)))
    if offer.state != "open":
        return filling.told(session.but(misses=(*recent, event.at)), say(CLOSED[offer.state]), ground)
    return _joined(session, event.code, offer, ground)


def _title(offer: Offer, ground: Ground) -> str:
    return drafts.title(Draft.model_validate(offer.facts), ground.call)


def _joined(session: Session, code: str, offer: Offer, ground: Ground) -> Turn:
    me = replace(offer.team.me, name=ground.name)
    people = (*(one for one in offer.team.people if one.chat != me.chat), me)
    team = replace(offer.team, me=me, people=people)
    name, owner = _title(offer, ground), team.called(team.owner.chat)
    part = say("people.joined_unit", unit=me.unit) if me.role == "unit" else say("people.joined_editor", who=owner)
    former = say("people.former") if session.phase != "idle" else ""
    welcome = Reply(say("people.joined", name=name, who=owner) + part + former)
    word = Reply(say("people.came", who=team.called(me.chat), name=name), chat=team.owner.chat)
    chosen = Shelved(offer.draft, offer.facts, team)
    entered = drafts.enter(session.doing(Deed(kind="join", code=code)), chosen, ground, (welcome, word))
    return replace(entered, session=entered.session.but(misses=()))


# ---------------------------------------------------------------- who is in it
def people(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A line a person: role, unit, whether they confirmed it, when they were last here."""
    team = ground.team
    if not team.others:
        return filling.told(session, say("people.alone"), ground)
    here = [one for one in team.people if one.here]
    lines = [say("people.line", number=number, who=_shown(one, session, ground)) for number, one in enumerate(here, 1)]
    return filling.told(session, "\n".join(lines), ground)


def _shown(one: Person, session: Session, ground: Ground) -> str:
    role = say(ROLES[one.role]) + one.unit
    sure = say("people.sure") if one.role == "unit" and has_confirmed(one, session.draft) else ""
    me = one.chat == ground.team.me.chat
    when = say("people.you") if me else say("people.active", at=moment(one.active))
    return f"{ground.team.called(one.chat)}（{role}{sure}{when}）"


def _found(text: str, ground: Ground) -> list[Person]:
    """The others that a name or a number of the list means."""
    here = [one for one in ground.team.people if one.here]
    if text.isdigit():
        numbered = here[int(text) - 1 : int(text)] if int(text) else []
        return [one for one in numbered if one.chat != ground.team.me.chat]
    return [one for one in here if one.chat != ground.team.me.chat and same(ground.team.called(one.chat), text)]


def _one_of(session: Session, text: str, ground: Ground) -> tuple[Person | None, str]:
    """(the person meant, "") or (None, why it isn't clear)."""
    found = _found(text, ground)
    if len(found) == 1:
        return found[0], ""
    return None, say("people.several" if found else "people.unknown", who=text)


def remove(session: Session, heard: Heard, ground: Ground) -> Turn:
    """Somebody out of the draft, who is told; a unit by that name goes out of the form as ever."""
    said = pattern("clauses.remove").sub("", heard.text.strip(" 。！"))
    name = pattern("clauses.remove_tail").sub("", said).strip(" “”")
    got = understand(heard.text, Setting(ground.call, session.draft))
    if not _found(name, ground) and (got.says_facts or got.problems):
        return filling.facts(session, Heard("facts", heard.text, got), ground)
    person, why = _one_of(session, name, ground)
    refused = _owned(ground) or why
    if person is None or refused:
        return filling.told(session, refused, ground)
    word = Reply(say("people.removed_you", name=drafts.title(session.draft, ground.call)), chat=person.chat)
    after = session.doing(Deed(kind="remove", person=person.chat))
    return filling.told(after, say("people.removed", who=ground.team.called(person.chat)), ground, word)


def hand(session: Session, heard: Heard, ground: Ground) -> Turn:
    """The draft is somebody else's from now on; whoever had it stays as an editor."""
    person, why = _one_of(session, pattern("clauses.hand").sub("", heard.text).strip(" 。“”"), ground)
    refused = _owned(ground) or why
    if person is None or refused:
        return filling.told(session, refused, ground)
    word = Reply(say("people.handed_you", name=drafts.title(session.draft, ground.call)), chat=person.chat)
    after = session.doing(Deed(kind="hand", person=person.chat))
    return filling.told(after, say("people.handed", who=ground.team.called(person.chat)), ground, word)


def leave(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """Out of the draft; its owner hands it over first."""
    team = ground.team
    if team.me.role == "owner":
        return filling.told(session, say("people.hand_first" if team.others else "people.yours"), ground)
    name = drafts.title(session.draft, ground.call)
    gone = session.doing(Deed(kind="remove", person=team.me.chat)).moved("", Draft()).but(phase="idle")
    word = Reply(say("people.left", who=team.called(team.me.chat), name=name), chat=team.owner.chat)
    return Turn(gone, (Reply(say("people.left_you", name=name)), word))


def sure(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """Only somebody of a unit confirms what it fills."""
    return filling.told(session, say("people.not_unit"), ground)


def authors(session: Session, heard: Heard, _ground: Ground) -> Turn:
    """Who filled what is in the events."""
    return Turn(session, effect=Recall("notes", "authors", heard.text))
