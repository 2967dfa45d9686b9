"""Applications at a desk: listed, opened, sent back with comments, accepted, reopened."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from typing import Final

from bot.desk.applications.handing_in import checked, comment_line, names_of, recommended, spot_buttons, state_of
from bot.desk.applications.life import STATES, Comment, Doing, Submission, after, refused
from bot.desk.awaiting import awaits
from bot.desk.crew import done, title
from bot.desk.display_names import plain
from bot.desk.papers import Produce, Produced
from bot.hearing.cities import meant
from bot.interview import filling
from bot.interview.findings import finding_line
from bot.turn.days import moment
from bot.turn.effects import Consult
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.scope import PROVINCE
from bot.turn.session import Session
from bot.turn.wish import Consulted, Wish, press
from bot.turn.wording import say
from drafting.form.locating import remarks
from drafting.papers.report import weighed
from knowledge.call.definition import Call

SHOWN: Final = 10
ALL: Final = 60
FINDINGS: Final = 5
LONGEST: Final = 2000


# ---------------------------------------------------------------- listed
def filed(session: Session, event: Consulted, ground: Ground) -> Turn:
    """What was handed in by state, the newest first in each, with a button that opens it."""
    every: Sequence[Submission] = event.found
    wanted = [one for one in STATES if event.wish.text in (say(f"filed.{one}"), "")]
    lines, opened, most = [], [], ALL if event.wish.text else SHOWN
    for state in wanted:
        group = [one for one in every if one.state == state]
        if group:
            lines.append(say("filed.group", state=say(f"filed.{state}"), count=len(group)))
            lines += [_line(one, ground.call) for one in group[:most]]
            lines += [say("filed.more", count=len(group) - most, state=say(f"filed.{state}"))] * (len(group) > most)
            opened += group[:most] if state in ("submitted", "returned", "accepted") else []
    buttons = [Button(press("opened", one.number), say("buttons.opened", number=one.number)) for one in opened]
    rows = tuple(tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3))
    return Turn(session, (Reply("\n".join(lines) or say("filed.empty"), buttons=rows),))


def _line(one: Submission, call: Call) -> str:
    mail = say("filed.by_mail") if one.source == "mail" else ""
    rank = say("filed.ranked", rank=one.rank) if one.rank else ""
    newer = say("filed.newer", number=one.newer) if one.newer and one.state == "accepted" else ""
    marks = "，".join(part for part in (checked(one), mail, rank, newer, moment(one.made)) if part)
    return say("filed.line", number=one.number, what=names_of(one, call), marks=marks)


# ---------------------------------------------------------------- opened
def opened(session: Session, event: Consulted, ground: Ground) -> Turn:
    """One application with what its check found; that it was looked at is noted."""
    one: Submission | None = event.found
    hidden = barred(ground) or _hidden(one, event)
    if one is None or hidden:
        return filling.told(session, hidden, ground)
    return Turn(done(session, event, ground, "look", detail=say("filed.looked")), (card(one, ground.call),))


def _hidden(one: Submission | None, event: Consulted) -> str:
    """Why there is nothing to look at: no such number, or taken back by whose it is; empty where there is."""
    if one is None:
        return say("filed.unknown", number=event.wish.number)
    return say("refusal.withdrawn", number=one.number) if one.state == "withdrawn" else ""


def barred(ground: Ground) -> str:
    """Why no application is opened here: others read along, or the channel is closed to drafts; else empty."""
    if not ground.private:
        return say("filed.private")
    return "" if ground.drafting else say("filed.not_here")


def card(one: Submission, call: Call) -> Reply:
    """An application on a message: names, units, state, findings, and what can be done with it."""
    draft, field = one.content, call.field_of_kind("lead")
    came = "filed.came_by_mail" if one.source == "mail" else "filed.came"
    lines = [
        say("filed.head", number=one.number, state=state_of(one), at=moment(one.made)),
        *(
            say("filed.cell", label=call.field_by_id[key].cover or call.field_by_id[key].label, value=plain(said, 80))
            for key in call.cover
            if (said := draft.fields.get(key, "")) and call.field_by_id[key] != field
        ),
        say("filed.lead", lead=plain(draft.fields.get(field.id, "")) if field else ""),
        say("filed.units", count=len(draft.members), units="、".join(plain(unit.name) for unit in draft.members))
        if draft.members
        else say("filed.no_units"),
        say(came, who=plain(one.name) or say("desk.nameless"), hash=one.hash[:8]),
    ]
    lines += [say("filed.altered")] if not one.unaltered else []
    lines += [say("filed.renewed", number=one.newer)] if one.newer else []
    lines += [say("filed.replaces", number=one.before)] if one.before else []
    lines += [say("filed.elsewhere", name=name)] if (name := elsewhere(one, call)) else []
    lines += [say("filed.found", checked=checked(one)), *map(finding_line, weighed(one.findings)[:FINDINGS])]
    left = len(one.findings) - FINDINGS
    lines += [say("filed.rest", count=left)] if left > 0 else []
    lines += [say("filed.remark", at=moment(each.at), text=comment_line(each)) for each in one.comments]
    return Reply("\n".join(lines), buttons=_buttons(one))


def elsewhere(one: Submission, call: Call) -> str:
    """The recommender that an application names where that is another city's; else empty."""
    code = recommended(one.content, call)
    return title(code, call) if code and code != one.bureau else ""


def _buttons(one: Submission) -> tuple[tuple[Button, ...], ...]:
    kinds = {"submitted": ("accepts", "returns"), "returned": ("accepts", "reopens"), "accepted": ("reopens", "rank")}
    first = tuple(_button(one, kind, "in" if kind == "rank" else "") for kind in kinds.get(one.state, ()))
    return tuple(row for row in (first, (_button(one, "report"), _button(one, "word"))) if row)


def _button(one: Submission, kind: str, text: str = "") -> Button:
    return Button(press(kind, one.number, text), say(f"buttons.{kind}"))


def _made(what: str) -> Callable[[Session, Consulted, Ground], Turn]:
    """The handler that has a file made of one application, the looking noted."""

    def handled(session: Session, event: Consulted, ground: Ground) -> Turn:
        one: Submission | None = event.found
        hidden = barred(ground) or _hidden(one, event)
        if one is None or hidden:
            return filling.told(session, hidden, ground)
        kept = done(session, event, ground, "look", detail=say(f"filed.got_{what}"))
        return Turn(kept, effect=Produce("word" if what == "word" else "report", (one,)))

    return handled


def produced(session: Session, event: Produced, ground: Ground) -> Turn:
    """The file, with the number of what it is of."""
    one = event.asked.of[0]
    if event.path is None:
        return filling.told(session, say("filed.no_file", number=one.number, why=event.why), ground)
    return Turn(session, (Reply(say(f"filed.file_{event.asked.what}", number=one.number), file=event.path),))


# ---------------------------------------------------------------- decided
def _deciding(doing: Doing) -> Callable[[Session, Consulted, Ground], Turn]:
    """The handler of something done to an application."""

    def handled(session: Session, event: Consulted, ground: Ground) -> Turn:
        one: Submission | None = event.found
        if event.scope.bureau == PROVINCE and doing == "return" and not event.wish.text:
            return Turn(session, effect=Consult(_of_ticket(event.wish, ground.call)))
        if one is None:
            return filling.told(session, say("filed.unknown", number=event.wish.number), ground)
        code = refused(one, doing, serves=True) or ("renewed" if doing == "accept" and _outrun(one) else "")
        if code:
            values = {"number": one.number} | ({"newer": one.newer} if code == "renewed" else {})
            return filling.told(session, say(f"refusal.{code}", **values), ground)
        said = remarks(event.wish.text[:LONGEST], ground.call) if doing == "return" else ()
        if doing == "return" and not said:
            kept = awaits(session, event, Wish("returns", one.number))
            return filling.told(kept, say("filed.how_return", number=one.number), ground)
        if doing == "accept" and event.wish.text not in INSISTING and (doubt := _doubt(one)):
            return Turn(session, (_sure(one, doubt),))
        comments = tuple(Comment(where, item, text, event.at) for where, item, text in said)
        return _decided(session, event, ground, (doing, one, comments))

    return handled


INSISTING: Final = ("sure", "仍要")


def _doubt(one: Submission) -> str:
    """What speaks against accepting one as it is; empty for nothing."""
    if one.state == "returned":
        return say("decided.doubt_returned", number=one.number)
    return say("decided.doubt_wrong", number=one.number, count=one.errors) if one.errors else ""


def _sure(one: Submission, doubt: str) -> Reply:
    button = Button(press("accepts", one.number, "sure"), say("buttons.accepts_sure"))
    return Reply("\n".join((doubt, say("decided.sure"))), buttons=((button,),))


def several(session: Session, event: Consulted, ground: Ground) -> Turn:
    """Several are accepted one by one, each by its button."""
    numbers = [int(one) for one in re.findall(r"\d+", event.wish.text)]
    rows = tuple((Button(press("accepts", one), say("buttons.accepts_one", number=one)),) for one in numbers[:SHOWN])
    return Turn(session, (Reply(say("decided.one_by_one"), buttons=rows),))


def _outrun(one: Submission) -> bool:
    """Whether a later version of the same draft waits, which is the one to be looked at."""
    return bool(one.newer)


def _of_ticket(wish: Wish, call: Call) -> Wish:
    """The province sends back tickets: it has no applications."""
    found = meant(wish.where, call)
    return replace(wish, kind="back", where=found.code if found else "")


Deed = tuple[Doing, Submission, tuple[Comment, ...]]


def _decided(session: Session, event: Consulted, ground: Ground, deed: Deed) -> Turn:
    doing, one, comments = deed
    becomes = replace(after(one, doing), comments=(*one.comments, *comments))
    values = {
        "doing": doing,
        "state": becomes.state,
        "detail": say(f"vetting.{doing}"),
        "comments": [asdict(each) for each in comments],
    }
    kept = done(session, event, ground, "vet", one.version, **values)
    mailed = one.source == "mail" and doing == "return"
    told = say("decided.by_mail" if mailed else f"decided.{doing}", number=one.number)
    if doing == "accept" and one.older:
        told += say("decided.replaced", number=one.older)
    return filling.told(kept, told, ground, *_letter(becomes, doing, comments, ground))


def _letter(
    one: Submission, doing: Doing, comments: Sequence[Comment], ground: Ground
) -> tuple[Reply, ...]:  # fmt: skip
    """Word to the applicant, with a button to each place that was spoken of; nobody is there for one by mail."""
    if one.source == "mail":
        return ()
    lines = [say(f"verdict.{doing}", bureau=title(one.bureau, ground.call), number=one.number, what=plain(one.title))]
    lines += [say("verdict.comment", place=at, text=comment_line(each)) for at, each in enumerate(comments, 1)]
    lines += [say("verdict.next")] if doing == "return" else []
    rows = spot_buttons(one, ground.call, len(one.comments) - len(comments)) if doing == "return" else ()
    return (Reply("\n".join(lines), buttons=rows, chat=one.person),)


HANDLERS = {
    "filed": filed, "opened": opened, "report": _made("report"), "word": _made("word"),
    "accepts": _deciding("accept"), "returns": _deciding("return"), "reopens": _deciding("reopen"),
    "accepts_all": several,
}  # fmt: skip
