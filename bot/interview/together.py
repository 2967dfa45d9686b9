"""Several people at one draft: what others did meanwhile, what was overwritten, and questions they answered first."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.hearing.routing import hear
from bot.interview import filling
from bot.interview.paths import labels, path_label, value_text
from bot.interview.show import label
from bot.interview.unit_part import guarded
from bot.turn.events import Pressed, Said, Sent, Turn
from bot.turn.ground import Ground
from bot.turn.replies import Reply
from bot.turn.session import Session
from bot.turn.team import Deed, Note, Person, Team, has_confirmed
from bot.turn.wording import say
from drafting.application.whole_form import lacking
from drafting.changes.history import ORDER, changes
from drafting.form.draft import Draft
from drafting.form.organisations import alike
from drafting.form.understood import Understood
from knowledge.call.definition import Call

SHOWN = 3


# ---------------------------------------------------------------- before a message is heard
def reopened(session: Session, ground: Ground) -> Session:
    """The session without its open question when a colleague answered that one meanwhile, or did away with it."""
    item, call = session.asking, ground.call
    if item.startswith("unit/") and not filling.exists(item, session.draft, call):
        return session.but(asking="")
    path, kind = _path(item, call), item.partition("/")[0]
    wanted = item if kind in ("target", "unit") else kind
    if path and last(ground.team, path) and wanted not in lacking(session.draft, call):
        return session.but(asking="")
    return session


def _path(item: str, call: Call) -> str:
    """The path that one answer to this question would overwrite; empty where answers add to each other."""
    kind, _, rest = item.partition("/")
    promise = call.of_kind("commitment")
    if item in call.field_by_id:
        return f"fields/{item}"
    if promise and kind == promise.id:
        return "promised"
    return {"target": f"tasks/{rest}", "unit": f"members/{rest}", "lead": "lead"}.get(kind, "")


def last(team: Team, path: str) -> Note | None:
    """Who of the others changed a path last since this person looked, None when nobody did."""
    return next((note for note in reversed(team.news) if path in note.changed), None)


def late(session: Session, event: Said | Pressed | Sent, ground: Ground) -> bool:
    """True for a bare answer to the question that a colleague answered first."""
    item = session.asking
    if isinstance(event, Pressed):
        return event.id.partition("/")[0] == item.partition("/")[0]
    if not isinstance(event, Said):
        return False
    asked, alone = (hear(one, event, ground.call) for one in (session, session.but(asking="")))
    return asked.signal == "facts" and _says(asked.got, item) and not _says(alone.got, item)


def _says(got: Understood, item: str) -> bool:
    kind, _, rest = item.partition("/")
    said = {
        "target": rest.isdigit() and int(rest) in got.targets,
        "unit": bool(got.members),
        "lead": any(one.leads for one in got.members),
    }
    return said.get(kind, item in got.fields or got.promised is not None) or any(one.on == rest for one in got.problems)


def refusal(item: str, ground: Ground) -> Reply:
    """The answer that came second is not put down, and what stands there is told."""
    path = _path(item, ground.call)
    note = last(ground.team, path)
    value = value_text(path, note.changed[path][1], ground.call) if note else ""
    who = ground.team.called(note.by) if note else ""
    return Reply(say("together.late", item=label(item, ground.call), who=who, value=f"“{value}”" if value else ""))


# ---------------------------------------------------------------- after it was dealt with
def finished(before: Session, turn: Turn, ground: Ground) -> Turn:
    """The turn with the next question where none is open, and with what others are to be told of it."""
    turn = guarded(before, turn, ground)
    after = turn.session
    if after.phase == "filling" and not after.asking and turn.effect is None:
        turn = replace(filling.go_on(after, ground, turn.replies), told=turn.told)
        after = turn.session
    if after.put_by is not None or after.draft == before.draft:
        return turn
    renamed = _renamed(before.draft, after.draft)
    for old, new in renamed.items():
        after = after.doing(Deed(kind="rename", unit=new, text=old))
    drafts = before.draft, after.draft
    letters = (_letter(one, drafts, renamed, ground) for one in ground.team.others if one.role == "unit")
    return replace(turn, session=after, replies=(*turn.replies, *(one for one in letters if one)))


def _renamed(before: Draft, after: Draft) -> dict[str, str]:
    """Units that go by another name now; one that was exchanged for another is not the same under a new name."""
    if len(before.members) != len(after.members):
        return {}
    old, new = {one.name for one in before.members}, {one.name for one in after.members}
    pairs = zip(before.members, after.members, strict=True)
    return {
        was.name: now.name
        for was, now in pairs
        if was.name not in new and now.name not in old and alike(was.name, now.name)
    }


def _letter(person: Person, drafts: tuple[Draft, Draft], renamed: dict[str, str], ground: Ground) -> Reply | None:
    """Word to a unit's person whose unit was taken out, or whose confirmation a change ended or brought back."""
    before, after = ({one.name for one in draft.members} for draft in drafts)
    now = replace(person, unit=renamed.get(person.unit, person.unit))
    who = ground.team.called(ground.team.me.chat)
    if person.unit in before and now.unit not in after:
        return Reply(say("unit.struck", who=who, unit=person.unit), chat=person.chat)
    was, is_ = has_confirmed(person, drafts[0]), has_confirmed(now, drafts[1])
    if was == is_:
        return None
    return Reply(say("unit.revived" if is_ else "unit.lapsed", who=who, unit=now.unit), chat=person.chat)


def told(before: Session, after: Session, ground: Ground) -> tuple[Reply, ...]:
    """What the others did since this person looked, and what this turn put in its place."""
    lines = [news(ground)] if ground.team.news else []
    if after.put_by is None and ground.team.news:
        gone = {f"members/{name}" for name in _renamed(before.draft, after.draft)}
        step = changes(before.draft, after.draft)
        lines += _replaced({path: step[path] for path in step if path not in gone}, ground)
    text = "\n".join(filter(None, lines))
    return (Reply(text),) if text else ()


def news(ground: Ground) -> str:
    """您不在时：李四填了项目名称、任务5. Empty when all of it came to nothing."""
    first: dict[str, Any] = {}
    latest: dict[str, Note] = {}
    for note in ground.team.news:
        for path in note.changed:
            first.setdefault(path, note.changed[path][0])
            latest[path] = note
    net = {
        path: note for path, note in latest.items() if path != ORDER and _differs(first[path], note.changed[path][1])
    }
    parts = [_did(who, [path for path in net if net[path].by == who], net, ground) for who in _authors(net)]
    return say("together.news", what="；".join(parts)) if parts else ""


def _differs(old: Any, new: Any) -> bool:
    # A personal value is not told: that there was one before and after says nothing of whether it is the same.
    return bool(old != new or old is True)


def _authors(net: dict[str, Note]) -> list[str]:
    return list(dict.fromkeys(note.by for note in net.values()))


def _did(who: str, paths: list[str], net: dict[str, Note], ground: Ground) -> str:
    put = [path for path in paths if net[path].changed[path][1] is not None]
    gone = [path for path in paths if path not in put]
    said = [say("together.put", what=labels(put, ground.call))] if put else []
    said += [say("together.took", what=labels(gone, ground.call))] if gone else []
    return ground.team.called(who) + "，".join(said)


def _replaced(step: dict[str, Any], ground: Ground) -> list[str]:
    """A line on each thing that this turn put in the place of what a colleague had put there."""
    lines = []
    for path, (old, _) in step.items():
        note = last(ground.team, path)
        if note and old is not None and path != ORDER:
            value = value_text(path, note.changed[path][1], ground.call)
            key = "together.replaced" if value else "together.replaced_some"
            who = {"item": path_label(path, ground.call), "who": ground.team.called(note.by)}
            lines.append(say(key, **who, **({"value": value} if value else {})))
    more = [say("together.replaced_more", count=len(lines) - SHOWN)] if len(lines) > SHOWN else []
    return lines[:SHOWN] + more
