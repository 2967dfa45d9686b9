"""Who works at a desk, and what becomes of its groups: coming in by a code, leaving, what the desk can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, Literal

from bot.desk.bureau import life
from bot.desk.bureau.life import ROLES, Crew
from bot.desk.case import Action, Case, action, actions, button
from bot.desk.display_names import named
from bot.hearing.cities import office_name
from bot.interview.standing import passed
from bot.turn.acts import Act
from bot.turn.days import moment
from bot.turn.effects import Consult
from bot.turn.events import Turn
from bot.turn.replies import Reply
from bot.turn.scope import PROVINCE, Role, Scope
from bot.turn.session import MISSES
from bot.turn.wish import Nothing, Wish
from bot.turn.wording import say
from knowledge.language.folding import same


def guide(bureau: str) -> str:
    """What can be said at a desk."""
    return say("desk.help_province" if bureau == PROVINCE else "desk.help")


# ---------------------------------------------------------------- coming and going
def enter(case: Case[life.Pass]) -> Turn:
    """In by a code; a code that opens nothing counts as a guess."""
    session, opened = case.session, case.seen
    recent = session.missed(case.event.at)
    if len(recent) >= MISSES:
        return case.but(misses=recent).told(say("people.wait"))
    if opened.state != "open":
        return case.but(misses=(*recent, case.event.at)).told(say(f"people.{opened.state}"))
    if opened.already:
        key = "desk.already" if opened.already == opened.bureau else "desk.elsewhere"
        return case.told(say(key, bureau=office_name(opened.already, case.call)))
    scope = Scope(opened.bureau, "applicant", case.user)
    bureau = "" if opened.bureau == PROVINCE else opened.bureau
    after = session.acting(Act(scope, life.Joined(case.text), case.number, name=case.ground.name))
    after = after.but(desk=opened.bureau, bureau=bureau or session.bureau, misses=())
    text = say("desk.joined", bureau=office_name(opened.bureau, case.call), role=say(ROLES[opened.role]))
    return Turn(after, (Reply(f"{text}\n{guide(opened.bureau)}", menu="staff"),))


def welcome(case: Case[Nothing]) -> Turn:
    """What a bureau says to whoever chose it, and until when it takes applications; then what they chose it for."""
    overlay = case.event.overlay
    due = (
        passed(replace(case.ground, overlay=overlay), coming=True) if overlay.active and overlay.inner_deadline else ()
    )
    text = "\n".join(line for line in (overlay.greeting, *due) if line) if overlay.active else ""
    replies = (Reply(text),) if text else ()
    if case.session.onward:
        return Turn(case.session.but(onward=False), replies, effect=Consult(Wish("human")))
    return case.shown(*replies)


def recruit(case: Case[life.Recruiting]) -> Turn:
    """A code for one more; asked for as an administrator's or anybody else's."""
    role: Role = "admin" if "管理员" in case.text else "staff"
    code = case.seen.code
    letter = Reply(say("desk.letter", bureau=case.office, code=code, role=say(ROLES[role])))
    return Turn(case.acting(life.Recruited(code, role)).session, (Reply(say("desk.recruited")), letter))


def crew(case: Case[Crew]) -> Turn:
    """A line a person."""
    lines = [
        say("desk.clerk", number=number, who=named(clerk.name), role=say(ROLES[clerk.role]), since=moment(clerk.since))
        for number, clerk in enumerate(case.seen.clerks, 1)
    ]
    return case.told("\n".join((case.office, *lines)))


def dismiss(case: Case[Crew]) -> Turn:
    """Somebody who works there no longer, by number or name."""
    who = [
        clerk
        for place, clerk in enumerate(case.seen.clerks, 1)
        if case.text == str(place) or same(named(clerk.name), case.text)
    ]
    if len(who) != 1:
        return case.told(say("desk.whom" if who else "desk.nobody", who=case.text))
    if who[0].person == case.user:
        return case.told(say("desk.yourself"))
    word = Reply(say("desk.dismissed_you", bureau=case.office), chat=who[0].person, menu="person")
    name = named(who[0].name)
    return case.acting(life.Dismissed(who[0].person, name)).told(say("desk.dismissed", who=name), word)


def quit_(case: Case[Crew]) -> Turn:
    """Out of one's own accord; the last administrator stays until there is another."""
    others = [clerk for clerk in case.seen.clerks if clerk.person != case.user and clerk.role == "admin"]
    if case.scope.role == "admin" and not others:
        return case.told(say("desk.last"))
    gone = case.acting(life.Dismissed(case.user, case.ground.name)).but(desk="")
    return gone.shown(Reply(say("desk.left", bureau=case.office), menu="person"))


# ---------------------------------------------------------------- groups, and what the desk is
def bind(case: Case[life.Place]) -> Turn:
    """A group made the bureau's: its people's, or its applicants'."""
    ground, bureau = case.ground, case.scope.bureau
    if ground.private:
        return case.told(say("desk.in_group"))
    if case.seen.bureau and case.seen.bureau != bureau:
        return case.said(say("desk.taken"))
    use: Literal["staff", "public"] = "staff" if case.text == "工作群" else "public"
    after = case.acting(life.GroupBound(ground.chat, use))
    if use == "staff":
        after = after.acting(life.Settled({"staff_chat": ground.chat}))
    kept = after.session.but(desk=bureau if use == "staff" else "", bureau="" if case.above else bureau)
    menu = "staff" if use == "staff" else "person"
    return Turn(kept, (Reply(say(f"desk.bound_{use}", bureau=case.office), menu=menu),))


def desk(case: Case[Nothing]) -> Turn:
    """What can be done at the desk."""
    return case.told(f"{case.office}\n{guide(case.scope.bureau)}")


def privacy(case: Case[Nothing]) -> Turn:
    """Who sees what of a draft before and after it is handed in, and how to have it back or erased."""
    return case.told(say("privacy.told"))


def judged(case: Case[Nothing]) -> Turn:
    """Whether an answer helped, said by a button under it."""
    good = case.wish.kind == "good"
    if not case.text or not case.scope.bureau:
        return case.said(say("draft.stale"))
    kept = case.acting(life.Judged(case.text, good))
    human = (button("human"),) if not good and case.event.overlay.staffed else ()
    return kept.said(say("judging.good" if good else "judging.bad"), human)


ACTIONS: Final[Mapping[str, Action]] = {
    **actions("anyone", Nothing, {"welcome": welcome, "privacy": privacy, "good": judged, "bad": judged}),
    **actions("serves", Crew, {"crew": crew, "quit": quit_}), "desk": action("serves", Nothing, desk),
    "enter": action("anyone", life.Pass, enter), "recruit": action("heads", life.Recruiting, recruit),
    "dismiss": action("rules", Crew, dismiss), "bind": action("rules", life.Place, bind),
}  # fmt: skip
