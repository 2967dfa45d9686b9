"""Applications at a desk: listed, opened, sent back with comments, accepted, reopened, taken back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Literal

from bot.desk.applications import life
from bot.desk.applications.life import Doing, FiledSeen, Submission
from bot.desk.applications.page import barred, card, comment_line, line, names_of, opening, spot_buttons
from bot.desk.bureau.life import Looked
from bot.desk.case import Action, Case, action, actions, button
from bot.desk.display_names import plain
from bot.desk.life import Doer, desk_chat
from bot.desk.papers import Produce, Produced
from bot.hearing.cities import meant, office_name
from bot.interview import filling
from bot.turn.effects import Consult
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.wish import Nothing
from bot.turn.wording import say
from drafting.form.locating import remarks

SHOWN: Final = 10
ALL: Final = 60
LONGEST: Final = 2000
INSISTING: Final = ("sure", "仍要")
Decide = Callable[[Case[FiledSeen]], Turn]


# ---------------------------------------------------------------- listed, opened
def listed(case: Case[life.Filed]) -> Turn:
    """What was handed in by state, the newest first in each, with a button that opens it."""
    lines, open_, most = [], [], ALL if case.text else SHOWN
    for state in (state for state in life.STATES if case.text in (say(f"filed.{state}"), "")):
        group = [filed for filed in case.seen.every if filed.state == state]
        if group:
            name = say(f"filed.{state}")
            lines += [say("filed.group", state=name, count=len(group)), *(line(one, case.call) for one in group[:most])]
            lines += [say("filed.more", count=len(group) - most, state=name)] if len(group) > most else []
            open_ += group[:most] if state in ("submitted", "returned", "accepted") else []
    buttons = [opening(filed.number) for filed in open_]
    rows = [buttons[at : at + 3] for at in range(0, len(buttons), 3)]
    return case.said("\n".join(lines) or say("filed.empty"), *rows)


def _hidden(case: Case[FiledSeen]) -> str:
    """Why there is nothing to look at: not here, no such number, or taken back by whose it is; empty where there is."""
    filed = case.seen.filed
    if shut := barred(case.ground):
        return shut
    if filed is None:
        return say("filed.unknown", number=case.number)
    return say("refusal.withdrawn", number=filed.number) if filed.state == "withdrawn" else ""


def opened(case: Case[FiledSeen]) -> Turn:
    """One application with what its check found; that it was looked at is noted."""
    if hidden := _hidden(case):
        return case.told(hidden)
    assert case.seen.filed is not None
    return Turn(case.acting(Looked(say("filed.looked"))).session, (card(case.seen.filed, case.call),))


def _produce(what: Literal["word", "report"]) -> Decide:
    """Has a file made of one application, the looking noted."""

    def decide(case: Case[FiledSeen]) -> Turn:
        if hidden := _hidden(case):
            return case.told(hidden)
        assert case.seen.filed is not None
        return case.acting(Looked(say(f"filed.got_{what}"))).asking(Produce(what, (case.seen.filed,)))

    return decide


def produced(session: Session, event: Produced, ground: Ground) -> Turn:
    """The file, with the number of what it is of."""
    number = event.asked.of[0].number
    if event.path is None:
        return filling.told(session, say("filed.no_file", number=number, why=event.why), ground)
    return Turn(session, (Reply(say(f"filed.file_{event.asked.what}", number=number), file=event.path),))


# ---------------------------------------------------------------- decided
def _deciding(doing: Doing) -> Decide:
    """Something is done to an application, if it can be."""

    def decide(case: Case[FiledSeen]) -> Turn:
        filed = case.seen.filed
        if filed is None:
            return case.told(say("filed.unknown", number=case.number))
        if why := _refused(filed, doing, Doer()):
            return case.told(why)
        return CHECKED[doing](case, filed)

    return decide


def _refused(filed: Submission, doing: Doing, doer: Doer) -> str:
    """Why this can't be done; of two versions of one draft the later is the one to be looked at."""
    if code := life.refused(filed, doing, doer):
        return say(f"refusal.{code}", number=filed.number)
    if doing == "accept" and filed.newer:
        return say("refusal.renewed", number=filed.number, newer=filed.newer)
    return ""


def _return(case: Case[FiledSeen], filed: Submission) -> Turn:
    said = remarks(case.text[:LONGEST], case.call)
    if not said:
        return case.awaiting("returns", filed.number).told(say("filed.how_return", number=filed.number))
    comments = tuple(life.Comment(where, item, text, case.event.at) for where, item, text in said)
    return _decided(case, filed, "return", comments)


def _accept(case: Case[FiledSeen], filed: Submission) -> Turn:
    """Accepted; what speaks against it as it is is said first, and asked about once more."""
    doubt = ""
    if filed.state == "returned":
        doubt = say("decided.doubt_returned", number=filed.number)
    elif filed.errors:
        doubt = say("decided.doubt_wrong", number=filed.number, count=filed.errors)
    if doubt and case.text not in INSISTING:
        sure = button("accepts", filed.number, "sure", say("buttons.accepts_sure"))
        return case.said("\n".join((doubt, say("decided.sure"))), (sure,))
    return _decided(case, filed, "accept")


CHECKED: Final[Mapping[Doing, Callable[[Case[FiledSeen], Submission], Turn]]] = {
    "accept": _accept, "return": _return, "reopen": lambda case, filed: _decided(case, filed, "reopen"),
}  # fmt: skip


def returns(case: Case[FiledSeen]) -> Turn:
    """Sent back with comments; the province sends back tickets, as it has no applications."""
    if not case.above or case.text:
        return _deciding("return")(case)
    body = meant(case.wish.where, case.call)
    return case.asking(Consult(replace(case.wish, kind="back", where=body.code if body else "")))


def several(case: Case[Nothing]) -> Turn:
    """Several are accepted one by one, each by its button."""
    numbers = [int(number) for number in re.findall(r"\d+", case.text)][:SHOWN]
    rows = [(button("accepts", number, "", say("buttons.accepts_one", number=number)),) for number in numbers]
    return case.said(say("decided.one_by_one"), *rows)


def _decided(case: Case[FiledSeen], filed: Submission, doing: Doing, comments: Sequence[life.Comment] = ()) -> Turn:
    kept = case.acting(life.Vetted(doing, say(f"vetting.{doing}"), tuple(comments)), filed.version)
    mailed = filed.source == "mail"
    text = say("decided.by_mail" if mailed and doing == "return" else f"decided.{doing}", number=filed.number)
    if doing == "accept" and filed.older:
        text += say("decided.replaced", number=filed.older)
    # Nobody is there for one by mail.
    return kept.told(text, *(() if mailed else (_verdict(case, filed, doing, comments),)))


def _verdict(case: Case[FiledSeen], filed: Submission, doing: Doing, comments: Sequence[life.Comment]) -> Reply:
    """Word to the applicant, with a button to each place that was spoken of."""
    bureau, what = office_name(filed.bureau, case.call), plain(filed.title)
    lines = [say(f"verdict.{doing}", bureau=bureau, number=filed.number, what=what)]
    lines += [say("verdict.comment", place=at, text=comment_line(each)) for at, each in enumerate(comments, 1)]
    lines += [say("verdict.next")] if doing == "return" else []
    becomes = replace(life.after(filed, doing), comments=(*filed.comments, *comments))
    rows = spot_buttons(becomes, case.call, len(filed.comments)) if doing == "return" else ()
    return Reply("\n".join(lines), buttons=rows, chat=filed.person)


# ---------------------------------------------------------------- taken back
def withdraw(case: Case[FiledSeen]) -> Turn:
    """Taken back by whose it is before it is accepted; what came by mail by the desk."""
    filed, serves = case.seen.filed, case.scope.serves
    if not serves and not case.ground.private:
        return case.told(say("apply.private"))
    if filed is None:
        return case.told(say("filed.unknown", number=case.number) if case.number else say("apply.which"))
    if why := _refused(filed, "withdraw", Doer(applicant=not serves)):
        return case.told(why)
    word = Reply(say("apply.desk_withdrawn", number=filed.number, what=names_of(filed, case.call)),
                 chat=desk_chat(filed.bureau))  # fmt: skip
    kept = case.acting(life.Vetted("withdraw", say("vetting.withdraw")), filed.version)
    return kept.told(say("apply.withdrawn", number=filed.number), *(() if serves else (word,)))


ACTIONS: Final[Mapping[str, Action]] = {
    **actions("serves", FiledSeen, {
        "opened": opened, "report": _produce("report"), "accepts": _deciding("accept"), "returns": returns,
        "reopens": _deciding("reopen"), "removes": withdraw,
    }),
    "filed": action("serves", life.Filed, listed), "word": action("serves", life.FiledWhole, _produce("word")),
    "accepts_all": action("serves", Nothing, several), "withdraw": action("anyone", life.FiledOwn, withdraw),
}  # fmt: skip
