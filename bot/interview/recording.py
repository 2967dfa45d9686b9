"""What a message said put into the draft, and the line that says so."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.interview.findings import new_faults
from bot.interview.show import measured, noted, parted
from bot.turn.replies import Button, Reply
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.changes.additions import record
from drafting.form.problem import Problem
from drafting.form.understood import Understood
from drafting.form.values import full_label
from knowledge.call.definition import Call


@dataclass(frozen=True)
class Recorded:
    """The session with the facts of a message, what is said about them, and what was refused."""

    session: Session
    replies: tuple[Reply, ...]
    problems: tuple[Problem, ...]


def recorded(session: Session, understood: Understood, call: Call) -> Recorded:
    """What was said put down, with a line that repeats it, and a line on each thing that was refused."""
    before = session.draft
    got, session, notice = with_consent(session, understood, call)
    got, session, vowed = _vowed(got, session, call)
    after = record(before, got, call)
    # Prose is taken as it comes, and what is wrong in it is said at once.
    wrong = new_faults(before, after, call) if got.texts else []
    lines = [
        noted(got, before, after, call),
        *(say("draft.wrong", message=one.message, mend=one.mend) for one in wrong),
        vowed,
        *measured(got, after, call, session.asking),
        *parted(before, after, call),
        *refusals(got),
    ]
    lines = [line for line in lines if line]
    if not lines and not notice and understood.says_facts:
        lines = [say("promise.put_off" if understood.promised is False else "draft.same")]
    problems = (*got.problems, *(Problem(one.code, one.where, one.message, one.rule) for one in wrong))
    told = (Reply("\n".join(lines), problems=problems),) if lines else ()
    return Recorded(session.changed(after).but(phase="filling"), (*told, *notice), got.problems)


def _vowed(got: Understood, session: Session, call: Call) -> tuple[Understood, Session, str]:
    """The promise is confirmed point by point: only the last yes is a promise, a no begins anew."""
    promise, number = call.of_kind("commitment"), session.vowed + 1
    if promise is None or got.promised is None:
        return got, session, ""
    if not got.promised or number >= len(promise.statements):
        return got, session.but(vowed=0), ""
    return replace(got, promised=None), session.but(vowed=number), say("promise.noted", number=number)


def refusals(got: Understood) -> list[str]:
    """A line on each thing that was refused, with the rule's words."""
    return [_refusal(problem) for problem in got.problems]


def _refusal(problem: Problem) -> str:
    rule = say("draft.rule", rule=problem.rule) if problem.rule else ""
    return say("draft.refused", text=problem.text) + rule


def with_consent(session: Session, got: Understood, call: Call) -> tuple[Understood, Session, tuple[Reply, ...]]:
    """Personal fields wait until the notice stood before the person; then they come in, unless refused."""
    personal = {key: value for key, value in got.fields.items() if call.field_by_id[key].personal}
    others = {key: value for key, value in got.fields.items() if key not in personal}
    if session.consent in ("shown", "given"):
        merged = replace(got, fields={**others, **session.held, **personal})
        given = session.held or personal
        return merged, session.but(held={}, consent="given" if given else session.consent), ()
    if not personal:
        return got, session, ()
    without = replace(got, fields=others)
    if session.consent == "refused":
        return without, session, (Reply(say("consent.refused")),)
    held = session.but(held={**session.held, **personal}, consent="shown")
    what = "、".join(full_label(call.field_by_id[key]) for key in held.held)
    text = f"{say('consent.notice')}\n{say('consent.held', what=what)}"
    return without, held, (Reply(text, buttons=(consent_buttons(),)),)


def consent_buttons() -> tuple[Button, ...]:
    """Yes and no to the notice on personal data."""
    return Button("consent/yes", say("consent.button_yes")), Button("consent/no", say("consent.button_no"))
