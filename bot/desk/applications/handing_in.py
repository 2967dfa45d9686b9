"""An applicant hands in: what of it is told, seen again, and gone to when it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.desk.applications import life
from bot.desk.applications.life import Handing, Submission
from bot.desk.applications.page import checked, comment_line, names_of, opening, recommended, spot_buttons, state_of
from bot.desk.case import Action, Case, action, button
from bot.desk.display_names import plain
from bot.desk.life import desk_chat
from bot.desk.tickets.page import placed
from bot.hearing.cities import meant, office_name
from bot.interview import jumping, versions
from bot.interview.drafts import title
from bot.interview.findings import finding_line
from bot.interview.uploading import mark
from bot.turn.acts import Act
from bot.turn.days import moment
from bot.turn.events import Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.scope import Scope
from bot.turn.session import Session
from bot.turn.wish import Wish
from bot.turn.wording import say
from drafting.application.whole_form import check, form_of
from drafting.form.draft import Draft
from drafting.form.problem import Finding
from drafting.kinds.kind import shortened
from drafting.papers.report import weighed
from knowledge.call.definition import Call

MOST: Final = 30
SHOWN: Final = 5
OWN: Final = 10
INSISTING: Final = ("仍要", "仍然", "照样")
APPLICANTS: Final = ("submit", "handed", "withdraw", "spot")


def towards(wish: Wish, session: Session, ground: Ground) -> str:
    """The bureau a wish of an applicant's goes to: the one named with it, else the form's recommender; or empty."""
    if wish.kind not in APPLICANTS:
        return ""
    call = ground.call
    code = wish.text.partition("/")[0] if wish.kind in ("withdraw", "spot") else ""
    if code in {body.code for body in call.recommenders}:
        return code
    body = meant(wish.where, call)
    return recommended(session.draft, call) or (body.code if body else "")


# ---------------------------------------------------------------- handing in
def content_of(draft: Draft, call: Call, findings: Sequence[Finding] = (), hash_: str = "") -> life.Content:
    """What is kept of a draft that is handed in; the hash is that of a file where it came as one."""
    facts, form = draft.model_dump(mode="json"), life.edition(call)
    return life.Content(facts, form, hash_ or life.digest(facts, form), plain(title(draft, call), 80), tuple(findings))


def submit(case: Case[Handing]) -> Turn:
    """The draft as it stands goes to the bureau; what is wrong in it is said first, and asked about once more."""
    draft, call = case.session.draft, case.call
    if refusal := _barred(case) or _unneeded(case):
        return case.told(refusal)
    findings = weighed(check(form_of(draft, call), call))
    wrong = [finding for finding in findings if finding.severity == "error"]
    if not wrong or case.text in INSISTING or case.text == mark(case.session):
        return _handed(case, content_of(draft, call, findings))
    lines = [say("apply.wrong", bureau=case.office, count=len(wrong)), *map(finding_line, wrong[:SHOWN])]
    lines += [say("apply.more", count=len(wrong) - SHOWN)] if len(wrong) > SHOWN else []
    return case.said("\n".join((*lines, say("apply.sure"))), (button("submit", 0, mark(case.session)),))


def _barred(case: Case[Handing]) -> str:
    """Why nothing can be handed in here; empty when it can."""
    ground, session, bureau = case.ground, case.session, case.scope.bureau
    if ground.barred or session.phase == "idle" or not session.place:
        return ground.barred or say("draft.nothing_open")
    if ground.team.unit:
        return say("people.owner_only", who=ground.team.called(ground.team.owner.chat))
    if case.scope.serves:
        return say("apply.yourself")
    if not bureau:
        return say("apply.no_city")
    named = meant(case.wish.where, case.call)
    if named and named.code != bureau:
        return say("apply.other_bureau", bureau=case.office, other=named.name)
    return "" if case.event.overlay.active else say("apply.no_desk", bureau=case.office)


def _unneeded(case: Case[Handing]) -> str:
    """Why one more is not taken: it is there already, or there are too many; empty when it is."""
    own, mine = case.seen.own, content_of(case.session.draft, case.call).hash
    same = next((filed for filed in own if filed.state in life.LIVE and filed.hash == mine), None)
    if same:
        return say("apply.same", number=same.number, state=state_of(same))
    return say("apply.many", count=len(own)) if len(own) >= MOST else ""


def _handed(case: Case[Handing], content: life.Content) -> Turn:
    session, ground, number = case.session, case.ground, case.seen.number
    desk = Scope(case.scope.bureau, "operator", case.user)
    acted = case.acting(life.Applied(content, session.place), number=number).session
    acted = acted.acting(Act(desk, life.Renewed(session.place), number, name=ground.name))
    kept = Case(versions.kept(acted, ground), case.event, ground)
    waiting = [filed for filed in case.seen.own if filed.draft == session.place and filed.state in life.LIVE]
    lines = [say("apply.done", bureau=case.office, number=number)]
    lines += [say("apply.accepted_stays" if filed.state == "accepted" else "apply.replaces", number=filed.number)
              for filed in waiting]  # fmt: skip
    promise = case.call.of_kind("commitment")
    lines += [say("apply.unpromised", what=promise.title)] if promise and not session.draft.promised else []
    lines.append(say("apply.how", number=number))
    new = Submission(case.scope.bureau, number, "", findings=content.findings, facts=content.facts)
    return kept.told("\n".join(lines), *_letters(case, new, waiting))


def _letters(case: Case[Handing], new: Submission, waiting: Sequence[Submission]) -> tuple[Reply, ...]:
    """Word to the desk, and to the draft's owner where it was somebody else."""
    number, team = new.number, case.ground.team
    text = say("apply.to_desk", number=number, what=names_of(new, case.call), checked=checked(new))
    text += "\n" + say("filed.replaces", number=max(filed.number for filed in waiting)) if waiting else ""
    desk = Reply(text, chat=desk_chat(new.bureau), buttons=((opening(number),),))
    if not team.owner.chat or team.owner.chat == team.me.chat:
        return (desk,)
    sentence = say("apply.to_owner", who=team.called(team.me.chat), bureau=case.office, number=number)
    return desk, Reply(sentence, chat=team.owner.chat)


# ---------------------------------------------------------------- seen again
def handed(case: Case[life.HandedIn]) -> Turn:
    """A line for each of the person's own, the newest first, with what the bureau said of it."""
    shown, call = case.seen.own[:OWN], case.call
    if not case.ground.private:
        return case.told(say("apply.private"))
    if not shown:
        return case.told(say("apply.none"))
    lines = [where + _own_line(filed, call) for where, filed in placed(shown, call)]
    if len({filed.bureau for filed in shown}) == 1:
        lines.insert(0, office_name(shown[0].bureau, call))
    return case.shown(Reply("\n".join(lines), buttons=tuple(row for filed in shown for row in _own_rows(filed, call))))


def _own_line(filed: Submission, call: Call) -> str:
    line = say("apply.line", number=filed.number, what=names_of(filed, call), state=state_of(filed),
               at=moment(filed.made))  # fmt: skip
    comments = filed.comments if filed.state == "returned" else ()
    return "\n".join((line, *(say("apply.said", text=comment_line(comment)) for comment in comments)))


def _own_rows(filed: Submission, call: Call) -> tuple[tuple[Button, ...], ...]:
    if filed.state not in ("submitted", "returned"):
        return ()
    spots = spot_buttons(filed, call) if filed.state == "returned" else ()
    back = button("withdraw", filed.number, filed.bureau, say("buttons.withdraw", number=filed.number))
    return (*spots, (back,))


def spot(case: Case[life.FiledOwn]) -> Turn:
    """To the place in the draft that a comment is about, with the comment."""
    filed, place = case.seen.filed, case.text.rpartition("/")[2]
    comments = filed.comments if filed else ()
    comment = comments[int(place)] if place.isdecimal() and int(place) < len(comments) else None
    if filed is None or comment is None or not comment.item:
        return case.told(say("draft.stale"))
    if filed.draft != case.session.place:
        return case.told(say("apply.other_draft", what=shortened(filed.title)))
    return jumping.to(case.session, comment.item, case.ground, (Reply(comment_line(comment)),))


ACTIONS: Final[Mapping[str, Action]] = {
    "submit": action("anyone", Handing, submit), "handed": action("anyone", life.HandedIn, handed),
    "spot": action("anyone", life.FiledOwn, spot),
}  # fmt: skip
