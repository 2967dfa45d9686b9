"""The form in conversation: recording what was said, and the next question."""

from __future__ import annotations

from bot.hearing.routing import hear
from bot.hearing.signal import Heard
from bot.interview.asking import question
from bot.interview.paths import labels
from bot.interview.recording import Recorded, consent_buttons, recorded
from bot.interview.show import label
from bot.interview.standing import away, passed, where
from bot.turn.effects import Read
from bot.turn.events import Said, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Button, Reply
from bot.turn.session import TRAIL, Session
from bot.turn.wording import say
from drafting.application.whole_form import lacking
from drafting.changes.history import taken_back
from drafting.form.draft import Draft
from drafting.form.problem import Problem
from drafting.kinds.kind import shortened
from drafting.narrative.compose import gauge
from drafting.reading.setting import Setting
from drafting.reading.unused import unused
from knowledge.call.definition import Call


# ---------------------------------------------------------------- opening and going on
def start(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A new draft, with whatever facts came along."""
    if ground.barred:
        return Turn(session, (Reply(ground.barred),))
    opened = session.but(phase="filling")
    replies = (_opened(ground),)
    if heard.got.says_facts or heard.got.problems:
        turn = facts(opened, heard, ground)
        return Turn(turn.session, (*replies, *turn.replies))
    return go_on(opened, ground, replies)


def _opened(ground: Ground) -> Reply:
    seen = (say("draft.seen"),) if ground.overlay.active else ()
    return Reply("\n".join((say("draft.opened"), *passed(ground, coming=True), *seen)))


def greet(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A welcome; whoever left a draft is told so."""
    hello = Reply(say("greet.hello", call=ground.call.call.short_title))
    return Turn(session, (hello, Reply(say("draft.paused"))) if session.phase == "paused" else (hello,))


def resume(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """Back to the open question, with one line of where things stand."""
    if ground.barred:
        return Turn(session, (Reply(ground.barred),))
    left = lacking(session.draft, ground.call)
    if not left or ground.team.unit:
        return go_on(session, ground, ())
    item, done, of = where(session, ground.call)
    line = [] if away(session, ground) else [say("greet.resume", item=item, done=done, of=of), *passed(ground)]
    return go_on(session, ground, (Reply("\n".join(line)),) if line else (), keep=True)


def again(session: Session, ground: Ground) -> tuple[Reply, ...]:
    """The open question once more, nothing when none is open."""
    if session.phase != "filling" or not session.asking:
        return ()
    return (question(session.asking, session.draft, ground.call, brief=True),)


def after(session: Session, replies: tuple[Reply, ...], ground: Ground) -> Turn:
    """What is said, then the open question again."""
    return Turn(session, (*replies, *again(session, ground)))


def told(session: Session, text: str, ground: Ground, *more: Reply) -> Turn:
    """A short word, what else is said, then the open question again."""
    return Turn(session, (Reply(text), *more, *again(session, ground)))


# ---------------------------------------------------------------- recording
def facts(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What was said is recorded and repeated in a line, what breaks a rule is refused with the rule's words."""
    put = recorded(session, heard.got, ground.call)
    wanted = next_item(put, session, ground.call)
    left = beside(session, heard, ground.call)
    if not left:
        return go_on(put.session, ground, put.replies, wanted=wanted)
    named = say("draft.unread_clauses", clauses="".join(f"“{shortened(one)}”" for one in left))
    if ground.model:
        asked = Read("，".join(left), put.session.draft, session.asking, named, onward=True, wanted=wanted)
        return Turn(put.session, put.replies, effect=asked)
    return go_on(put.session, ground, (*put.replies, Reply(named)), wanted=wanted)


def beside(session: Session, heard: Heard, call: Call) -> tuple[str, ...]:
    """The clauses of a message that nothing was recorded from, beside those that something was."""
    return unused(heard.text, heard.got, Setting(call, session.draft, session.asking))


def gathered(session: Session, pieces: tuple[str, ...], ground: Ground) -> tuple[list[Heard], Recorded]:
    """Each part of a message as heard, and all facts of it put down in order; the first fact opens a draft."""
    heards: list[Heard] = []
    replies: list[Reply] = []
    problems: list[Problem] = []
    for piece in pieces:
        heard = hear(session, Said(piece), ground.call)
        heards.append(heard)
        begins = session.phase == "idle" and heard.signal in ("facts", "start")
        if begins and ground.barred:
            return [], Recorded(session, (Reply(ground.barred),), ())
        if begins:
            session, replies = session.but(phase="filling"), [_opened(ground)]
        if heard.signal == "facts":
            put = recorded(session.but(asking=""), heard.got, ground.call)
            session, replies, problems = put.session, [*replies, *put.replies], [*problems, *put.problems]
    return heards, Recorded(session, tuple(replies), tuple(problems))


def next_item(put: Recorded, before: Session, call: Call) -> str:
    """What is asked at once: the item a refusal is about, the promise's next point, the section's next aspect."""
    promise = call.of_kind("commitment")
    if promise and put.session.vowed > before.vowed:
        return promise.id
    left = lacking(put.session.draft, call) if put.problems else ()
    for problem in put.problems:
        for item in (problem.on, f"target/{problem.on}", f"unit/{problem.on}"):
            if item in left:
                return item
    return next_aspect(before, put.session.draft, call)


def next_aspect(before: Session, draft: Draft, call: Call) -> str:
    """The next aspect without a word when the open narrative was just told of one aspect alone; else empty."""
    id_ = before.asking.partition("/")[0]
    section = next((one for one in call.narratives() if one.id == id_), None)
    if section is None:
        return ""
    old = before.draft.points.get(id_, ())
    told = {point.aspect for point in draft.points.get(id_, ()) if point not in old}
    missing = [f"{id_}/{one.name}" for one in gauge(section, draft, call).missing]
    open_ = [item for item in missing if item not in before.skipped]
    return open_[0] if len(told) == 1 and "" not in told and open_ else ""


# ---------------------------------------------------------------- the next question
def go_on(
    session: Session, ground: Ground, replies: tuple[Reply, ...], *, wanted: str = "", keep: bool = False
) -> Turn:
    """Ask what the draft still lacks, in the order of the form; skipped items come last."""
    call = ground.call
    left = [item for item in lacking(session.draft, call) if not closed_to(item, session, ground)]
    if not left:
        done = _complete(session, ground)
        return Turn(session.but(phase="complete", asking="", skipped=()), (*replies, done))
    open_ = [item for item in left if item not in session.skipped]
    if not open_:
        named = "、".join(label(item, call) for item in left)
        replies = (*replies, Reply(say("draft.only_skipped", items=named)))
    item = wanted or (session.asking if keep and session.asking in left else (open_ or left)[0])
    skipped = session.skipped if open_ else ()
    return ask_for(session.but(skipped=skipped, phase="filling"), item, ground, replies)


def _complete(session: Session, ground: Ground) -> Reply:
    """What can be done once nothing lacks; of a unit's person, once nothing of the unit's does."""
    unit = ground.team.unit
    if not unit:
        return Reply(say("draft.complete"))
    if all(one.name != unit for one in session.draft.members):
        return Reply(say("unit.gone", unit=unit))
    return Reply(say("unit.complete", unit=unit), buttons=((Button("unit/confirm", say("unit.button")),),))


def closed_to(item: str, session: Session, ground: Ground) -> bool:
    """Personal fields are not asked for once they were refused, nor anything but their own of a unit's person."""
    if ground.team.unit:
        return item != f"unit/{ground.team.unit}"
    field = ground.call.field_by_id.get(item)
    return bool(field and field.personal and session.consent == "refused")


def ask_for(session: Session, item: str, ground: Ground, replies: tuple[Reply, ...]) -> Turn:
    """The question for an item, behind these replies; before the first personal field the notice."""
    promise = ground.call.of_kind("commitment")
    if promise and item == promise.id:
        item = f"{item}/{session.vowed + 1}"
    field = ground.call.field_by_id.get(item)
    if field and field.personal and session.consent == "none":
        replies = (*replies, Reply(say("consent.notice"), buttons=(consent_buttons(),)))
        session = session.but(consent="shown")
    trail = session.trail if session.asking in ("", item) else (*session.trail, session.asking)[-TRAIL:]
    asked = session.but(asking=item, trail=trail, phase="filling")
    brief = item == session.asking and bool(replies)
    return Turn(asked, (*replies, question(item, session.draft, ground.call, brief=brief)))


def back(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The question before this one; its answer stands until a new one comes."""
    known = [item for item in session.trail if exists(item, session.draft, ground.call)]
    if not known:
        return told(session, say("draft.first"), ground)
    item = known[-1]
    stepped = session.but(asking=item, trail=tuple(known[:-1]), phase="filling")
    return Turn(stepped, (question(item, session.draft, ground.call),))


def undo(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The person's last change of the draft taken back, exactly one; what colleagues changed since is left alone."""
    if not session.steps:
        return told(session, say("draft.no_steps"), ground)
    step = session.steps[-1]
    back, kept = taken_back(session.draft, step)
    earlier = session.but(draft=back, steps=session.steps[:-1])
    done = [path for path in step if path not in kept]
    lines = [say("draft.undone", what=what)] if (what := labels(done, ground.call)) else []
    lines += [say("together.left_alone", what=labels(kept, ground.call))] if kept else []
    return go_on(earlier, ground, (Reply("\n".join(lines)),), keep=True)


def exists(item: str, draft: Draft, call: Call) -> bool:
    """False for items that went away with a change, such as the figure of a task that was left since."""
    kind, _, rest = item.partition("/")
    if kind == "unit":
        return any(one.name == rest for one in draft.members)
    choice = draft.tasks.get(int(rest)) if kind == "target" else None
    return bool(choice and choice.selected) if kind == "target" else item != "cover"


def skip(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """Put the open item off until the rest is there."""
    if not session.asking:
        return go_on(session, ground, ())
    promise = ground.call.of_kind("commitment")
    put = promise.id if promise and session.asking.startswith(f"{promise.id}/") else session.asking
    skipped = (*(item for item in session.skipped if item != put), put)
    line = Reply(say("draft.skipped", item=label(session.asking, ground.call)))
    put_off = session.but(skipped=skipped)
    return go_on(put_off, ground, (line,), wanted=_aspect_behind(put_off, ground.call))


def _aspect_behind(session: Session, call: Call) -> str:
    """The next aspect that was neither told of nor put off, when an aspect is open; else empty."""
    id_, _, aspect = session.asking.partition("/")
    section = next((one for one in call.narratives() if one.id == id_ and aspect), None)
    missing = gauge(section, session.draft, call).missing if section else ()
    return next((item for one in missing if (item := f"{id_}/{one.name}") not in session.skipped), "")
