"""Buttons: each answers the item it names, if that is the one that is open."""

from __future__ import annotations

from bot.hearing.signal import Heard
from bot.interview import consent, filling
from bot.interview.asking import BOARD, board, chosen_cluster, question
from bot.interview.filling import Ground
from bot.turn.events import Turn
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.wording import say
from drafting.changes.additions import record
from drafting.form.draft import Draft
from drafting.form.understood import Understood
from drafting.form.values import check_choice
from knowledge.call.definition import Call


def stale(session: Session, _heard: Heard, ground: Ground) -> Turn:
    """A button of a question that is no longer open."""
    return filling.told(session, say("draft.stale"), ground)


def press_idle(session: Session, heard: Heard, ground: Ground) -> Turn:
    """Without a draft only the button that opens one does anything."""
    return filling.start(session, heard, ground) if heard.text == "start" else stale(session, heard, ground)


def press(session: Session, heard: Heard, ground: Ground) -> Turn:
    """A button answers the item it names, if that is the one that is open."""
    item, _, value = heard.text.partition("/")
    if item == "consent" and session.consent in ("none", "shown"):
        return (consent.confirm if value == "yes" else consent.deny)(session, heard, ground)
    if item not in (session.asking, session.asking.partition("/")[0]):
        return stale(session, heard, ground)
    got = _pressed(item, value, session.draft, ground.call)
    if got is None:
        return stale(session, heard, ground)
    tasks = ground.call.of_kind("tasks")
    if tasks and item == tasks.id and value != "done" and not got.problems:
        draft = record(session.draft, got, ground.call)
        reply = Reply(question(item, draft, ground.call).text, buttons=board(tasks, draft, ground.call), board=BOARD)
        return Turn(session.changed(draft), (reply,))
    return filling.facts(session, Heard("facts", got=got), ground)


def _pressed(item: str, value: str, draft: Draft, call: Call) -> Understood | None:
    """What a button says, None when its value means nothing here."""
    field = call.field_by_id.get(item)
    if field:
        return _picked(field.id, field.kind, value, draft, call)
    section = call.section(item)
    if section.kind == "commitment" and value in ("yes", "no"):
        return Understood(promised=value == "yes")
    if section.kind == "tasks" and value == "done":
        open_ = [task for task in call.tasks if task.number not in draft.tasks]
        return Understood(
            select=tuple(task.number for task in open_ if task.required),
            deselect=tuple(task.number for task in open_ if not task.required),
        )
    return _toggled(value, draft, call) if section.kind == "tasks" else None


def _picked(id_: str, kind: str, value: str, draft: Draft, call: Call) -> Understood | None:
    cluster = chosen_cluster(draft, call)
    chains = cluster.chains if cluster else ()
    names = {"cluster": tuple(one.name for one in call.clusters), "chain": chains}.get(kind, ())
    if not value.isdigit() or not 0 < int(value) <= len(names):
        return None
    return Understood(fields={id_: names[int(value) - 1]})


def _toggled(value: str, draft: Draft, call: Call) -> Understood | None:
    task = call.task_by_number.get(int(value)) if value.isdigit() else None
    if task is None:
        return None
    choice = draft.tasks.get(task.number)
    take = not (choice.selected if choice else task.required)
    problem = check_choice(task, take, call)
    if problem:
        return Understood(problems=(problem,))
    return Understood(select=(task.number,)) if take else Understood(deselect=(task.number,))
