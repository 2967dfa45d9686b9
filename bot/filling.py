"""The form in conversation: recording what was said, and the next question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from bot.asking import question
from bot.events import Turn
from bot.heard import Heard
from bot.replies import Button, Reply
from bot.session import TRAIL, Session
from bot.show import label, noted, parts_label
from bot.wording import say
from drafting.draft import Draft
from drafting.history import restored
from drafting.interview import lacking, progress
from drafting.problem import Problem
from drafting.reading.understood import Understood
from drafting.record import record
from drafting.values import full_label
from knowledge.call import Call


@dataclass(frozen=True)
class Ground:
    """What a conversation stands on besides its session: the call, the day, whether drafting is allowed here, whether
    pictures can be seen."""

    call: Call
    today: date
    drafting: bool = True
    private: bool = True
    pictures: bool = False

    @property
    def barred(self) -> str:
        """Why nothing is drafted here: the channel is closed to drafts, or others read along; else empty."""
        if not self.private:
            return say("draft.private")
        return "" if self.drafting else say("draft.off")


# ---------------------------------------------------------------- opening and going on
def start(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A new draft, with whatever facts came along."""
    if ground.barred:
        return Turn(session, (Reply(ground.barred),))
    opened = session.but(phase="filling")
    replies = (Reply("\n".join((say("draft.opened"), *passed(ground, coming=True)))),)
    if heard.got.says_facts or heard.got.problems:
        turn = facts(opened, heard, ground)
        return Turn(turn.session, (*replies, *turn.replies))
    return go_on(opened, ground, replies)


def greet(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A welcome; whoever left a draft is told so."""
    hello = Reply(say("greet.hello", call=ground.call.call.short_title))
    return Turn(session, (hello, Reply(say("draft.paused"))) if session.phase == "paused" else (hello,))


def resume(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """Back to the open question, with one line of where things stand."""
    if ground.barred:
        return Turn(session, (Reply(ground.barred),))
    there = progress(session.draft, ground.call)
    left = lacking(session.draft, ground.call)
    if not left:
        return go_on(session, ground, ())
    done, of = sum(one.done for one in there), sum(one.of for one in there)
    line = say("greet.resume", item=label(session.asking or left[0], ground.call), done=done, of=of)
    return go_on(session, ground, (Reply("\n".join((line, *passed(ground)))),), keep=True)


def passed(ground: Ground, *, coming: bool = False) -> tuple[str, ...]:
    """A line on each filing day that is over; `coming` ones too: what is due by then and whom it binds."""
    return tuple(
        say(
            _deadline(ground.today > one.day, one.binds),
            day=day_text(one.day),
            what=one.what,
        )
        for one in ground.call.deadlines
        if coming or ground.today > one.day
    )


def day_text(day: date) -> str:
    """2026年4月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def _deadline(over: bool, binds: str) -> str:
    return "greet.passed" if over else "greet.due_bureau" if binds == "bureau" else "greet.due"


def again(session: Session, ground: Ground) -> tuple[Reply, ...]:
    """The open question once more, nothing when none is open."""
    if session.phase != "filling" or not session.asking:
        return ()
    return (question(session.asking, session.draft, ground.call, brief=True),)


# ---------------------------------------------------------------- recording
def facts(session: Session, heard: Heard, ground: Ground) -> Turn:
    """What was said is recorded and repeated in a line, what breaks a rule is refused with the rule's words."""
    call, before = ground.call, session.draft
    got, session, notice = with_consent(session, heard.got, call)
    after = record(before, got, call)
    lines = [part for part in (noted(got, before, after, call), *map(_refusal, got.problems)) if part]
    if not lines and not notice and got.says_facts:
        lines = [say("draft.same")]
    replies = (*((Reply("\n".join(lines), problems=got.problems),) if lines else ()), *notice)
    return go_on(session.changed(after).but(phase="filling"), ground, replies, wanted=_item(got.problems, after, call))


def _refusal(problem: Problem) -> str:
    rule = say("draft.rule", rule=problem.rule) if problem.rule else ""
    return say("draft.refused", text=problem.text) + rule


def _item(problems: tuple[Problem, ...], draft: Draft, call: Call) -> str:
    """The open item the first problem is about, so that it is asked at once; empty when it is about none."""
    left = lacking(draft, call)
    for problem in problems:
        for item in (problem.on, f"target/{problem.on}", f"unit/{problem.on}"):
            if item in left:
                return item
    return ""


def with_consent(session: Session, got: Understood, call: Call) -> tuple[Understood, Session, tuple[Reply, ...]]:
    """Personal fields wait until the notice stood before the person; then they come in, unless refused."""
    personal = {key: value for key, value in got.fields.items() if call.field_by_id[key].personal}
    others = {key: value for key, value in got.fields.items() if key not in personal}
    if session.consent in ("shown", "given"):
        merged = but_fields(got, {**others, **session.held, **personal})
        given = session.held or personal
        return merged, session.but(held={}, consent="given" if given else session.consent), ()
    if not personal:
        return got, session, ()
    if session.consent == "refused":
        return but_fields(got, others), session, (Reply(say("consent.refused")),)
    held = session.but(held={**session.held, **personal}, consent="shown")
    what = "、".join(full_label(call.field_by_id[key]) for key in held.held)
    text = f"{say('consent.notice')}\n{say('consent.held', what=what)}"
    return but_fields(got, others), held, (Reply(text, buttons=(_consent_buttons(),)),)


def but_fields(got: Understood, fields: dict[str, str]) -> Understood:
    """What was understood with other field values."""
    return replace(got, fields=fields)


def _consent_buttons() -> tuple[Button, ...]:
    return Button("consent/yes", say("consent.button_yes")), Button("consent/no", say("consent.button_no"))


# ---------------------------------------------------------------- the next question
def go_on(
    session: Session, ground: Ground, replies: tuple[Reply, ...], *, wanted: str = "", keep: bool = False
) -> Turn:
    """Ask what the draft still lacks, in the order of the form; skipped items come last."""
    call = ground.call
    left = [item for item in lacking(session.draft, call) if not _barred(item, session, call)]
    if not left:
        done = Reply(say("draft.complete"))
        return Turn(session.but(phase="complete", asking="", skipped=()), (*replies, done))
    open_ = [item for item in left if item not in session.skipped]
    if not open_:
        named = "、".join(label(item, call) for item in left)
        replies = (*replies, Reply(say("draft.only_skipped", items=named)))
    item = wanted or (session.asking if keep and session.asking in left else (open_ or left)[0])
    skipped = session.skipped if open_ else ()
    return _ask(session.but(skipped=skipped, phase="filling"), item, ground, replies)


def _barred(item: str, session: Session, call: Call) -> bool:
    """Personal fields are not asked for once they were refused."""
    field = call.field_by_id.get(item)
    return bool(field and field.personal and session.consent == "refused")


def _ask(session: Session, item: str, ground: Ground, replies: tuple[Reply, ...]) -> Turn:
    field = ground.call.field_by_id.get(item)
    if field and field.personal and session.consent == "none":
        replies = (*replies, Reply(say("consent.notice"), buttons=(_consent_buttons(),)))
        session = session.but(consent="shown")
    trail = session.trail if session.asking in ("", item) else (*session.trail, session.asking)[-TRAIL:]
    asked = session.but(asking=item, trail=trail)
    brief = item == session.asking and bool(replies)
    return Turn(asked, (*replies, question(item, session.draft, ground.call, brief=brief)))


def back(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The question before this one; its answer stands until a new one comes."""
    known = [item for item in session.trail if _exists(item, session.draft, ground.call)]
    if not known:
        return Turn(session, (Reply(say("draft.first")), *again(session, ground)))
    item = known[-1]
    stepped = session.but(asking=item, trail=tuple(known[:-1]), phase="filling")
    return Turn(stepped, (question(item, session.draft, ground.call),))


def undo(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """The last change of the draft taken back, exactly one."""
    if not session.steps:
        return Turn(session, (Reply(say("draft.no_steps")), *again(session, ground)))
    step = session.steps[-1]
    earlier = session.but(draft=restored(session.draft, step), steps=session.steps[:-1])
    what = "、".join(parts_label(step, ground.call))
    return go_on(earlier, ground, (Reply(say("draft.undone", what=what)),), keep=True)


def _exists(item: str, draft: Draft, call: Call) -> bool:
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
    skipped = (*(item for item in session.skipped if item != session.asking), session.asking)
    line = Reply(say("draft.skipped", item=label(session.asking, ground.call)))
    return go_on(session.but(skipped=skipped), ground, (line,))


# ---------------------------------------------------------------- yes and no
def confirm(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A yes where the notice waits for one; elsewhere just on with the form."""
    if session.consent == "shown":
        return _consented(session, ground)
    return go_on(session, ground, (), keep=True)


def _consented(session: Session, ground: Ground) -> Turn:
    given = session.but(consent="given")
    if not given.held:
        return go_on(given, ground, (), keep=True)
    got = Understood(fields=given.held)
    return facts(given.but(held={}), Heard("facts", got=got), ground)


def deny(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A no where the notice waits for an answer; elsewhere nothing to say no to."""
    if session.consent in ("shown", "given") and _about_consent(session, ground.call):
        without = {key: v for key, v in session.draft.fields.items() if not ground.call.field_by_id[key].personal}
        # No way back leads to personal fields that were refused.
        struck = session.draft.model_copy(update={"fields": without})
        refused = session.but(consent="refused", held={}, steps=(), offered=None, left=(), draft=struck)
        return go_on(refused, ground, (Reply(say("consent.refused")),))
    return Turn(session, (Reply(say("draft.nothing_to_answer")), *again(session, ground)))


def _about_consent(session: Session, call: Call) -> bool:
    field = call.field_by_id.get(session.asking)
    return bool(session.held) or bool(field and field.personal)
